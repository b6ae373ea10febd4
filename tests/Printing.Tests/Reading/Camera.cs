using ZXing;
using ZXing.Common;
using ZXing.OneD;

namespace JikoXpress.Printing.Tests.Reading;

/// <summary>Reads the codes of a printed slip with ZXing, which many scanners and phones use.</summary>
internal static class Camera
{
    /// <summary>ISO/IEC 18004: so many modules around a QR code stay white.</summary>
    private const int QuietModules = 4;

    /// <summary>The one text that the rows through the bars agree on.</summary>
    internal static string ReadBarcode(PngImage image)
    {
        var rows = Enumerable.Range(0, image.Height)
            .Select(y => ReadBars(image.Row(y)))
            .OfType<string>()
            .ToList();
        Assert.True(rows.Count >= 60, $"The bars are {rows.Count} dots high: too low for a scanner.");
        return Assert.Single(rows.Distinct());
    }

    /// <summary>The text of the Code 128 that a row of a picture crosses; null if it crosses none.</summary>
    internal static string? ReadBars(bool[] row)
    {
        var bits = new BitArray(row.Length);
        for (var x = 0; x < row.Length; x++) bits[x] = row[x];
        return new Code128Reader().decodeRow(0, bits, null)?.Text;
    }

    /// <summary>The text of the QR code among all that is printed; its quiet zone must be white.</summary>
    internal static string ReadQrCode(PngImage image) =>
        ReadQrCode([.. Enumerable.Range(0, image.Height).Select(image.Row)]);

    /// <param name="rows">The picture from top to bottom; true is black.</param>
    internal static string ReadQrCode(bool[][] rows)
    {
        var (width, height) = (rows[0].Length, rows.Length);
        byte[] grey = [.. rows.SelectMany(row => row.Select(black => black ? byte.MinValue : byte.MaxValue))];
        var reader = new BarcodeReaderGeneric
        {
            Options = new DecodingOptions { PossibleFormats = [BarcodeFormat.QR_CODE], TryHarder = true },
        };
        var found = reader.Decode(grey, width, height, RGBLuminanceSource.BitmapFormat.Gray8)
            ?? throw new Xunit.Sdk.XunitException("No QR code is on the slip.");

        // A reader mends what is spoilt. Paper is spoilt later: nothing may be wrong in what is printed.
        Assert.Equal("M", found.ResultMetadata[ResultMetadataType.ERROR_CORRECTION_LEVEL]);
        Assert.Equal(0, found.ResultMetadata.TryGetValue(ResultMetadataType.ERRORS_CORRECTED, out var mended) ? mended : 0);
        AssertQuiet(rows, found.ResultPoints);
        return found.Text;
    }

    /// <param name="points">The middles of the finder patterns: lower left, upper left, upper right.</param>
    private static void AssertQuiet(bool[][] rows, ResultPoint[] points)
    {
        var (x, y) = ((int)points[1].X, (int)points[1].Y);
        var run = 1;
        for (var left = x; rows[y][left - 1]; left--) run++;
        for (var right = x; rows[y][right + 1]; right++) run++;
        Assert.Equal(0, run % 3);

        // A finder pattern is seven modules wide; its middle, of three modules, is black.
        var module = run / 3;
        var (start, top) = (Edge(points[1].X, module), Edge(points[1].Y, module));
        var (end, bottom) = (Edge(points[2].X, module) + (7 * module), Edge(points[0].Y, module) + (7 * module));
        var quiet = QuietModules * module;
        for (var row = top - quiet; row < bottom + quiet; row++)
        {
            for (var column = start - quiet; column < end + quiet; column++)
            {
                var inside = column >= start && column < end && row >= top && row < bottom;
                Assert.True(inside || !rows[row][column], "The quiet zone of the QR code is not white.");
            }
        }
    }

    private static int Edge(float middle, int module) => (int)Math.Round(middle - (3.5 * module));
}
