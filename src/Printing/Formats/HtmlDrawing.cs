using System.Globalization;
using System.Text;
using JikoXpress.Printing.Barcodes;

namespace JikoXpress.Printing.Formats;

/// <summary>Barcodes as SVG, one unit to a module, quiet zones included.</summary>
internal static class HtmlDrawing
{
    /// <summary>Space above a drawing on the page, in millimetres.</summary>
    internal const double Margin = 2;

    private const int BarHeight = 48;

    internal static string Bars(string code)
    {
        var rectangles = new StringBuilder();
        var left = Code128.QuietZone;
        foreach (var pair in Code128.Widths(code).Chunk(2))
        {
            AppendRectangle(rectangles, left, 0, pair[0], BarHeight);
            left += pair.Sum();
        }

        return Drawing("bars", left + Code128.QuietZone, BarHeight, rectangles);
    }

    /// <summary>The height of the bars for a width, both in millimetres, with the margin.</summary>
    internal static double BarsHeight(string code, double width) =>
        Margin + (width * BarHeight / (Code128.Widths(code).Sum() + (2 * Code128.QuietZone)));

    internal static string Matrix(string content)
    {
        var matrix = QrMatrix.Of(content);
        var rectangles = new StringBuilder();
        foreach (var (row, column, length) in matrix.Runs())
            AppendRectangle(rectangles, column, row, length, 1);
        return Drawing("qr", matrix.Size, matrix.Size, rectangles);
    }

    private static string Drawing(string name, int width, int height, StringBuilder rectangles) => string.Create(
        CultureInfo.InvariantCulture,
        $"""<svg class="{name}" viewBox="0 0 {width} {height}" shape-rendering="crispEdges">{rectangles}</svg>""");

    private static void AppendRectangle(StringBuilder svg, int left, int top, int width, int height) => svg.Append(
        CultureInfo.InvariantCulture,
        $"""<rect x="{left}" y="{top}" width="{width}" height="{height}"/>""");
}
