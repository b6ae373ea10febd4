using System.Globalization;

namespace JikoXpress.Printing.Formats;

/// <summary>
/// The page around a slip. It is as long as the slip, as on a roll. CSS has no page with a fixed width and a free
/// length ("80mm auto" is ignored and prints on Letter), so the length is computed from the text sizes below. If the
/// font is wider than assumed, the slip needs a second page, but no text is lost.
/// </summary>
internal static class HtmlPage
{
    internal const double TitleSize = 4.8;
    internal const double NumberSize = 11.5;
    internal const double NoticeSize = 4;
    internal const double TextSize = 3.4;
    internal const double SmallSize = 2.9;
    internal const double TotalSize = 4.2;
    internal const double LineHeight = 1.4;
    internal const double QrSide = 32;
    internal const double Padding = 4;

    /// <summary>Space for the last line to pass the knife, in millimetres.</summary>
    private const double Tail = 6;

    /// <summary>A whole page, from the HTML of a slip's parts and their length in millimetres.</summary>
    internal static string Of(string title, string body, double length, Paper paper) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>{{title}}</title>
        <style>
        @page { size: {{paper.Millimetres}}mm {{Math.Ceiling(length + (2 * Padding) + Tail)}}mm; margin: 0; }
        * { box-sizing: border-box; }
        body { margin: 0; color: #000; background: #fff; font: {{TextSize}}mm/{{LineHeight}} system-ui, sans-serif; }
        main { width: {{paper.Millimetres}}mm; margin: 0 auto; padding: {{Padding}}mm; text-align: center; }
        h1 { margin: 0; font-size: {{TitleSize}}mm; overflow-wrap: anywhere; }
        p { margin: 0; overflow-wrap: anywhere; }
        hr { margin: 2mm 0; border: 0; border-top: 0.3mm dashed #000; }
        small { display: block; font-size: {{SmallSize}}mm; }
        svg { display: block; margin: 2mm auto 0; }
        .number { font-size: {{NumberSize}}mm; font-weight: 800; font-variant-numeric: tabular-nums; }
        .notice { font-size: {{NoticeSize}}mm; font-weight: 700; }
        .item, .total { display: flex; gap: 0 1.5mm; text-align: start; font-variant-numeric: tabular-nums; }
        .item { margin: 1mm 0; break-inside: avoid; }
        .quantity { min-width: 3ch; text-align: end; }
        .name { flex: 1; min-width: 0; overflow-wrap: anywhere; }
        .total { flex-wrap: wrap; font-size: {{TotalSize}}mm; font-weight: 800; white-space: nowrap; }
        .amount { margin-inline-start: auto; }
        .code { font-family: monospace; letter-spacing: 0.1em; }
        .bars { width: 100%; }
        .qr { width: {{QrSide}}mm; }
        </style>
        </head>
        <body>
        <main>
        {{body}}
        </main>
        </body>
        </html>

        """);
}
