using System.Diagnostics;
using JikoXpress.Printing.Barcodes;
using JikoXpress.Printing.Drawing;
using JikoXpress.Printing.Text;

namespace JikoXpress.Printing.Formats;

/// <summary>The slip as a picture, drawn from top to bottom.</summary>
internal sealed class PngSlip
{
    /// <summary>
    /// Dots per module: a quarter of a millimetre, the narrowest bar that every scanner reads. The bars are then 356
    /// dots wide. The rest of a 58 mm roll's 384 dots, and the margin of paper beside them, are the quiet zone.
    /// </summary>
    private const int BarcodeModule = 2;

    private const int BarcodeHeight = 80;
    private const int LargestQrModule = 6;
    private const int LargestNumberScale = 6;
    private const int Gap = 10;

    private readonly Paper paper;
    private readonly Bitmap bitmap;
    private int top = 2 * Gap;

    private PngSlip(Paper paper)
    {
        this.paper = paper;
        bitmap = new Bitmap(paper.Dots);
    }

    internal static byte[] Render(SlipDocument document, Paper paper)
    {
        var slip = new PngSlip(paper);
        foreach (var part in SlipParts.Of(document))
            slip.Draw(part);
        slip.bitmap.GrowTo(slip.top + (2 * Gap));
        return PngFile.Write(slip.bitmap);
    }

    private void Draw(SlipPart part)
    {
        switch (part)
        {
            case SlipPart.Title(var text):
                DrawCentred(text, scale: 2, bold: false);
                top += Gap;
                break;
            case SlipPart.Number(var text):
                DrawCentred(text, Math.Min(LargestNumberScale, paper.Columns / text.Length), bold: true);
                break;
            case SlipPart.Notice(var text):
                DrawCentred(text, scale: 1, bold: true);
                break;
            case SlipPart.Remark(var text):
                DrawCentred(text, scale: 1, bold: false);
                break;
            case SlipPart.Rule:
                DrawRule();
                break;
            case SlipPart.Item(var line):
                DrawLines(Typesetting.Item(line, paper.Columns), scale: 1, bold: false);
                top += Gap / 2;
                break;
            case SlipPart.Total(var label, var amount):
                DrawTotal(label, amount);
                break;
            case SlipPart.Barcode(var code):
                DrawBarcode(code);
                break;
            case SlipPart.QrCode(var content):
                DrawQrCode(content);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void DrawCentred(string text, int scale, bool bold)
    {
        foreach (var line in Typesetting.Wrap(text, paper.Columns / scale))
        {
            var width = line.Length * StrokeFont.CellWidth * scale;
            StrokeFont.Draw(bitmap, line, (paper.Dots - width) / 2, top, scale, bold);
            top += StrokeFont.CellHeight * scale;
        }
    }

    private void DrawLines(IReadOnlyList<string> lines, int scale, bool bold)
    {
        foreach (var line in lines)
        {
            StrokeFont.Draw(bitmap, line, 0, top, scale, bold);
            top += StrokeFont.CellHeight * scale;
        }
    }

    private void DrawTotal(string label, string amount)
    {
        var scale = label.Length + 1 + amount.Length <= paper.Columns / 2 ? 2 : 1;
        DrawLines(Typesetting.Opposite(label, amount, paper.Columns / scale), scale, bold: true);
    }

    private void DrawRule()
    {
        for (var left = 2; left < paper.Dots - 2; left += 8)
            bitmap.Fill(left, top + Gap, columns: 4, lines: 2);
        top += 2 * Gap;
    }

    private void DrawBarcode(string code)
    {
        var widths = Code128.Widths(code);
        var left = (paper.Dots - (widths.Sum() * BarcodeModule)) / 2;
        top += Gap;
        for (var index = 0; index < widths.Count; index++)
        {
            var width = widths[index] * BarcodeModule;
            if (index % 2 == 0)
                bitmap.Fill(left, top, width, BarcodeHeight);
            left += width;
        }

        top += BarcodeHeight;
        DrawCentred(code, scale: 1, bold: false);
    }

    private void DrawQrCode(string content)
    {
        var matrix = QrMatrix.Of(content);
        var module = Math.Min(LargestQrModule, paper.Dots / matrix.Size);
        var left = (paper.Dots - (matrix.Size * module)) / 2;
        foreach (var (row, column, length) in matrix.Runs())
            bitmap.Fill(left + (column * module), top + (row * module), length * module, module);
        top += matrix.Size * module;
    }
}
