namespace JikoXpress.Printing.Tests.Reading;

/// <summary>Finds the codes of a printed slip among its text.</summary>
internal static class Camera
{
    /// <summary>The one text that the rows through the bars agree on.</summary>
    internal static string ReadBarcode(PngImage image)
    {
        var rows = Enumerable.Range(0, image.Height)
            .Select(y => Code128Reader.Read(image.Row(y)))
            .OfType<string>()
            .ToList();
        Assert.True(rows.Count >= 60, $"The bars are {rows.Count} dots high: too low for a scanner.");
        return Assert.Single(rows.Distinct());
    }

    /// <summary>The text of the QR code, found by its finder patterns; its quiet zone must be white.</summary>
    internal static string ReadQrCode(PngImage image)
    {
        for (var y = 0; y < image.Height; y++)
        {
            if (Finders(image.Row(y)) is not [var (left, module), .., var (right, other)] || other != module)
                continue;
            var upperEdge = image.Row(y - (2 * module));
            if (new[] { left, right }.Any(x => upperEdge.AsSpan(x, 7 * module).Contains(false)))
                continue;
            var size = (right + (7 * module) - left) / module;
            var top = y - (2 * module);
            AssertQuiet(image, left, top, size, module);
            var modules = new bool[size, size];
            for (var row = 0; row < size; row++)
            {
                for (var column = 0; column < size; column++)
                    modules[row, column] = image[left + (column * module), top + (row * module)];
            }

            return QrReader.Read(modules);
        }

        throw new Xunit.Sdk.XunitException("No QR code is on the slip.");
    }

    /// <summary>Where a row crosses black, white, black, white, black as 1:1:3:1:1, and the width of one.</summary>
    private static List<(int Left, int Module)> Finders(bool[] row)
    {
        var starts = Enumerable.Range(0, row.Length)
            .Where(x => x == 0 || row[x] != row[x - 1])
            .Append(row.Length)
            .ToList();
        return
        [
            .. from index in Enumerable.Range(0, Math.Max(0, starts.Count - 5))
               let module = starts[index + 1] - starts[index]
               let widths = Enumerable.Range(index, 5).Select(run => starts[run + 1] - starts[run])
               where row[starts[index]] && module >= 4
               where widths.SequenceEqual([module, module, 3 * module, module, module])
               select (starts[index], module),
        ];
    }

    private static void AssertQuiet(PngImage image, int left, int top, int size, int module)
    {
        var quiet = 4 * module;
        for (var y = top - quiet; y < top + (size * module) + quiet; y++)
        {
            for (var x = left - quiet; x < left + (size * module) + quiet; x++)
            {
                var inside = x >= left && x < left + (size * module) && y >= top && y < top + (size * module);
                Assert.True(inside || !image[x, y], "The quiet zone of the QR code is not white.");
            }
        }
    }
}
