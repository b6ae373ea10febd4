using System.Diagnostics;
using System.Text;
using JikoXpress.Printing.Text;

namespace JikoXpress.Printing.Formats;

/// <summary>The slip as text, in as many columns as the paper has. Barcode and QR code become text.</summary>
internal static class PlainTextSlip
{
    internal static byte[] Render(SlipDocument document, Paper paper)
    {
        var text = new StringBuilder();
        foreach (var line in SlipParts.Of(document).SelectMany(part => Lines(part, document, paper.Columns)))
            text.Append(line.TrimEnd(' ')).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static IEnumerable<string> Lines(SlipPart part, SlipDocument document, int columns) => part switch
    {
        SlipPart.Title(var text) => Typesetting.Centred(text, columns),
        SlipPart.Number(var text) => ["", .. Typesetting.Centred(text, columns), ""],
        SlipPart.Notice(var text) => Typesetting.Centred(text, columns),
        SlipPart.Remark(var text) => Typesetting.Centred(text, columns),
        SlipPart.Rule => [new string('-', columns)],
        SlipPart.Item(var line) => Typesetting.Item(line, columns),
        SlipPart.Total(var label, var amount) => Typesetting.Opposite(label, amount, columns),
        SlipPart.Barcode(var code) => ["", .. Typesetting.Centred(code, columns), ""],
        SlipPart.QrCode(var content) =>
            content == document.SlipCode ? [] : [.. Typesetting.Centred(content, columns), ""],
        _ => throw new UnreachableException(),
    };
}
