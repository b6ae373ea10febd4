using System.Diagnostics;
using JikoXpress.Printing.Text;

namespace JikoXpress.Printing.Formats;

/// <summary>The slip as ESC/POS commands; the printer draws the barcode and the QR code itself.</summary>
internal static class EscPosSlip
{
    internal static byte[] Render(SlipDocument document, Paper paper)
    {
        var printer = new EscPosCommands();
        foreach (var part in SlipParts.Of(document))
            Print(part, printer, paper.Columns);
        return printer.FeedAndCut();
    }

    private static void Print(SlipPart part, EscPosCommands printer, int columns)
    {
        switch (part)
        {
            case SlipPart.Title(var text):
                PrintCentred(text, printer, columns, emphasised: true);
                break;
            case SlipPart.Number(var text):
                printer.Size(2);
                PrintCentred(text, printer, columns / 2, emphasised: true);
                printer.Size(1);
                break;
            case SlipPart.Notice(var text):
                PrintCentred(text, printer, columns, emphasised: true);
                break;
            case SlipPart.Remark(var text):
                PrintCentred(text, printer, columns, emphasised: false);
                break;
            case SlipPart.Rule:
                printer.Centre(false).Line(new string('-', columns));
                break;
            case SlipPart.Item(var line):
                printer.Centre(false).Lines(Typesetting.Item(line, columns));
                break;
            case SlipPart.Total(var label, var amount):
                printer.Centre(false).Emphasise(true).Lines(Typesetting.Opposite(label, amount, columns));
                printer.Emphasise(false);
                break;
            case SlipPart.Barcode(var code):
                printer.Centre(true).Barcode(code).Line(code);
                break;
            case SlipPart.QrCode(var content):
                printer.Centre(true).QrCode(content).Line("");
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void PrintCentred(string text, EscPosCommands printer, int columns, bool emphasised) =>
        printer.Centre(true).Emphasise(emphasised).Lines(Typesetting.Wrap(text, columns)).Emphasise(false);
}
