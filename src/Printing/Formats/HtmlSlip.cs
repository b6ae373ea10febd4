using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using JikoXpress.Printing.Barcodes;
using JikoXpress.Printing.Text;

namespace JikoXpress.Printing.Formats;

/// <summary>
/// The slip as a page that needs nothing else: no script, no picture, no font is loaded, and the page itself forbids
/// it. The page is well-formed XML too. Texts are isolated (bdi), so that one written from right to left leaves the
/// amounts beside it alone.
/// </summary>
internal static class HtmlSlip
{
    private const int BarcodeHeight = 48;

    internal static byte[] Render(SlipDocument document, Paper paper)
    {
        var parts = SlipParts.Of(document).Select(Element);
        return Encoding.UTF8.GetBytes($$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>{{Encode(document.SlipNumber)}}</title>
            <style>
            @page { size: {{paper.Millimetres}}mm auto; margin: 0; }
            * { box-sizing: border-box; }
            body { margin: 0; color: #000; background: #fff; font: 13px/1.4 system-ui, sans-serif; }
            main { width: {{paper.Millimetres}}mm; margin: 0 auto; padding: 4mm; text-align: center; }
            h1 { margin: 0; font-size: 18px; overflow-wrap: anywhere; }
            p { margin: 0; overflow-wrap: anywhere; }
            hr { margin: 2mm 0; border: 0; border-top: 1px dashed #000; }
            svg { display: block; margin: 2mm auto 0; }
            .number { font-size: 44px; line-height: 1.2; font-weight: 800; font-variant-numeric: tabular-nums; }
            .notice { font-size: 15px; font-weight: 700; }
            .item, .total { display: flex; gap: 2mm; text-align: start; font-variant-numeric: tabular-nums; }
            .item { margin: 1mm 0; break-inside: avoid; }
            .quantity { min-width: 4ch; }
            .name { flex: 1; min-width: 0; overflow-wrap: anywhere; }
            .name small { display: block; }
            .total { justify-content: space-between; font-size: 20px; font-weight: 800; }
            .code { font-family: monospace; letter-spacing: 0.1em; }
            .bars { width: 100%; }
            .qr { width: 32mm; }
            </style>
            </head>
            <body>
            <main>
            {{string.Join('\n', parts)}}
            </main>
            </body>
            </html>

            """.ReplaceLineEndings("\n"));
    }

    private static string Element(SlipPart part) => part switch
    {
        SlipPart.Title(var text) => $"<h1>{Isolated(text)}</h1>",
        SlipPart.Number(var text) => $"""<p class="number">{Isolated(text)}</p>""",
        SlipPart.Notice(var text) => $"""<p class="notice">{Isolated(text)}</p>""",
        SlipPart.Remark(var text) => $"<p>{Isolated(text)}</p>",
        SlipPart.Rule => "<hr/>",
        SlipPart.Item(var line) => Item(line),
        SlipPart.Total(var label, var amount) =>
            $"""<div class="total"><span>{Encode(label)}</span><span>{Encode(amount)}</span></div>""",
        SlipPart.Barcode(var code) => $"""{Bars(code)}<p class="code">{Encode(code)}</p>""",
        SlipPart.QrCode(var content) => Matrix(content),
        _ => throw new UnreachableException(),
    };

    private static string Item(SlipLine line)
    {
        var price = line.Quantity > 1 ? $"<small>@ {Amount.Text(line.UnitPrice)}</small>" : "";
        var instructions = line.Instructions is { } text ? $"<small>- {Isolated(text)}</small>" : "";
        return $"""
            <div class="item"><span class="quantity">{Amount.Text(line.Quantity)}</span>
            <span class="name">{Isolated(line.Name)}{price}{instructions}</span>
            <span>{Amount.Text(line.LineTotal)}</span></div>
            """;
    }

    private static string Bars(string code)
    {
        var widths = Code128.Widths(code);
        var rectangles = new StringBuilder();
        var left = Code128.QuietZone;
        for (var index = 0; index < widths.Count; left += widths[index++])
        {
            if (index % 2 == 0)
                AppendRectangle(rectangles, left, 0, widths[index], BarcodeHeight);
        }

        return Drawing("bars", left + Code128.QuietZone, BarcodeHeight, rectangles);
    }

    private static string Matrix(string content)
    {
        var matrix = QrMatrix.Of(content);
        var rectangles = new StringBuilder();
        foreach (var (row, column, length) in matrix.Runs())
            AppendRectangle(rectangles, column, row, length, 1);
        return Drawing("qr", matrix.Size, matrix.Size, rectangles);
    }

    private static string Drawing(string name, int width, int height, StringBuilder rectangles) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""<svg class="{name}" viewBox="0 0 {width} {height}" shape-rendering="crispEdges">{rectangles}</svg>""");

    private static void AppendRectangle(StringBuilder svg, int left, int top, int width, int height) =>
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""<rect x="{left}" y="{top}" width="{width}" height="{height}"/>""");

    private static string Isolated(string text) => $"<bdi>{Encode(text)}</bdi>";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
