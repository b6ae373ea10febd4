using System.Text;
using JikoXpress.Printing.Barcodes;
using JikoXpress.Printing.Drawing;
using JikoXpress.Printing.Formats;

namespace JikoXpress.Printing;

/// <summary>A QR code without a slip, for a table or a wall.</summary>
public static class QrCode
{
    /// <summary>Dots per module: sharp at the size of a hand.</summary>
    private const int Module = 10;

    public static byte[] Png(string content)
    {
        var matrix = QrMatrix.Of(content);
        var bitmap = new Bitmap(matrix.Size * Module);
        bitmap.GrowTo(bitmap.Width);
        foreach (var (row, column, length) in matrix.Runs())
            bitmap.Fill(column * Module, row * Module, length * Module, Module);
        return PngFile.Write(bitmap);
    }

    public static string Svg(string content)
    {
        const string Element = "<svg ";
        var drawing = new StringBuilder(HtmlDrawing.Matrix(content));
        return drawing.Insert(Element.Length, "xmlns=\"http://www.w3.org/2000/svg\" ").ToString();
    }
}
