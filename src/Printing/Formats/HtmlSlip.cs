using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using JikoXpress.Printing.Text;
using static JikoXpress.Printing.Formats.HtmlPage;

namespace JikoXpress.Printing.Formats;

/// <summary>
/// The slip as a complete page: it loads no script, picture or font, and its content security policy forbids that. The
/// page is well-formed XML, too. Texts are isolated (bdi), so that a right-to-left text does not move the amounts
/// beside it.
/// </summary>
internal static class HtmlSlip
{
    private const double RuleHeight = 4.3;
    private const double ItemMargins = 2;

    /// <summary>Width of the quantity and the gaps beside an item's name, in millimetres.</summary>
    private const double ItemSides = 10;

    /// <summary>Letter width as a part of its height, for a wide font, so that few pages are too short.</summary>
    private const double LetterWidth = 0.64;

    internal static byte[] Render(SlipDocument document, Paper paper)
    {
        var width = paper.Millimetres - (2 * Padding);
        var blocks = SlipParts.Of(document).Select(part => Of(part, width)).ToList();
        var body = string.Join('\n', blocks.Select(block => block.Html));
        return Encoding.UTF8.GetBytes(
            HtmlPage.Of(Encode(document.SlipNumber), body, blocks.Sum(block => block.Height), paper)
                .ReplaceLineEndings("\n"));
    }

    private static Block Of(SlipPart part, double width) => part switch
    {
        SlipPart.Title(var text) => new($"<h1>{Isolated(text)}</h1>", Height(text, TitleSize, width)),
        SlipPart.Number(var text) =>
            new($"""<p class="number">{Isolated(text)}</p>""", Height(text, NumberSize, width)),
        SlipPart.Notice(var text) =>
            new($"""<p class="notice">{Isolated(text)}</p>""", Height(text, NoticeSize, width)),
        SlipPart.Remark(var text) => new($"<p>{Isolated(text)}</p>", Height(text, TextSize, width)),
        SlipPart.Rule => new("<hr/>", RuleHeight),
        SlipPart.Item(var line) => Item(line, width),
        SlipPart.Total(var label, var amount) => new(
            $"""<div class="total"><span>{Encode(label)}</span> <span class="amount">{Encode(amount)}</span></div>""",
            Height($"{label} {amount}", TotalSize, width)),
        SlipPart.Barcode(var code) => new(
            $"""{HtmlDrawing.Bars(code)}<p class="code">{Encode(code)}</p>""",
            HtmlDrawing.BarsHeight(code, width) + Height(code, TextSize, width)),
        SlipPart.QrCode(var content) => new(HtmlDrawing.Matrix(content), HtmlDrawing.Margin + QrSide),
        _ => throw new UnreachableException(),
    };

    private static Block Item(SlipLine line, double width)
    {
        var price = line.Quantity > 1 ? $"@ {Amount.Text(line.UnitPrice, line.Digits)}" : "";
        var instructions = line.Instructions is { } text ? $"- {text}" : "";
        var amount = Amount.Text(line.LineTotal, line.Digits);
        var names = width - ItemSides - (amount.Length * LetterWidth * TextSize);
        var html = $"""
            <div class="item"><span class="quantity">{Amount.Text(line.Quantity)}</span>
            <span class="name">{Isolated(line.Name)}{Small(price)}{Small(instructions)}</span>
            <span>{amount}</span></div>
            """;
        var heights = Height(line.Name, TextSize, names) + Height(price, SmallSize, names)
            + Height(instructions, SmallSize, names);
        return new(html, ItemMargins + Math.Max(heights, TextSize * LineHeight));
    }

    /// <summary>The height of a text in a width, all in millimetres.</summary>
    private static double Height(string text, double size, double width) =>
        Typesetting.Wrap(text, Math.Max(1, (int)(width / (size * LetterWidth)))).Count * size * LineHeight;

    private static string Small(string text) => text.Length > 0 ? $"<small>{Isolated(text)}</small>" : "";

    private static string Isolated(string text) => $"<bdi>{Encode(text)}</bdi>";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    /// <summary>A part of the page and the height it takes, in millimetres.</summary>
    private sealed record Block(string Html, double Height);
}
