using System.Text;

namespace JikoXpress.Printing.Tests.Reading;

/// <summary>
/// Reads QR codes of versions 1 to 10 with error correction M whose modules are exact: it unmasks, collects, sorts and
/// decodes the codewords (ISO/IEC 18004) and corrects nothing.
/// </summary>
internal static class QrReader
{
    private const int FormatMask = 0b101010000010010;
    private const string Alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    /// <summary>The data codewords of each block for error correction M, by version from 1.</summary>
    private static readonly int[][] Blocks =
    [
        [16], [28], [44], [32, 32], [43, 43], [27, 27, 27, 27], [31, 31, 31, 31], [38, 38, 39, 39],
        [36, 36, 36, 37, 37], [43, 43, 43, 43, 44],
    ];

    /// <summary>The centres of alignment patterns along a side, by version from 1.</summary>
    private static readonly int[][] Alignments =
        [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

    /// <summary>The text of a code whose modules are [row, column], without quiet zone.</summary>
    internal static string Read(bool[,] modules)
    {
        var size = modules.GetLength(0);
        var version = (size - 17) / 4;
        Assert.Equal((size, size), ((version * 4) + 17, modules.GetLength(1)));
        var format = Format(modules);
        Assert.Equal(0b00, format >> 13);
        return Decode(Sorted(Codewords(modules, version, (format >> 10) & 7), Blocks[version - 1]), version);
    }

    /// <summary>Both copies of the fifteen format bits, which must agree.</summary>
    private static int Format(bool[,] modules)
    {
        var size = modules.GetLength(0);
        var first = 0;
        var second = 0;
        for (var bit = 0; bit < 15; bit++)
        {
            var row = bit < 6 ? bit : bit < 8 ? bit + 1 : 8;
            var column = bit < 8 ? 8 : bit == 8 ? 7 : 14 - bit;
            first |= (modules[row, column] ? 1 : 0) << bit;
            second |= ((bit < 8 ? modules[8, size - 1 - bit] : modules[size - 15 + bit, 8]) ? 1 : 0) << bit;
        }

        Assert.Equal(first, second);
        return first ^ FormatMask;
    }

    private static byte[] Codewords(bool[,] modules, int version, int mask)
    {
        var size = modules.GetLength(0);
        var bits = new StringBuilder();
        var upwards = true;
        for (var right = size - 1; right > 0; right -= 2)
        {
            if (right == 6)
                right--;
            for (var step = 0; step < size; step++)
            {
                var row = upwards ? size - 1 - step : step;
                foreach (var column in new[] { right, right - 1 })
                {
                    if (!IsFunction(row, column, version))
                        bits.Append(modules[row, column] ^ IsMasked(mask, row, column) ? '1' : '0');
                }
            }

            upwards = !upwards;
        }

        return
        [
            .. bits.ToString().Chunk(8).Where(bits => bits.Length == 8)
                .Select(bits => Convert.ToByte(new string(bits), 2)),
        ];
    }

    private static bool IsMasked(int mask, int row, int column) => 0 == mask switch
    {
        0 => (row + column) % 2,
        1 => row % 2,
        2 => column % 3,
        3 => (row + column) % 3,
        4 => ((row / 2) + (column / 3)) % 2,
        5 => (row * column % 2) + (row * column % 3),
        6 => ((row * column % 2) + (row * column % 3)) % 2,
        _ => (((row + column) % 2) + (row * column % 3)) % 2,
    };

    private static bool IsFunction(int row, int column, int version)
    {
        var last = (version * 4) + 16;
        if ((row < 9 && (column < 9 || column > last - 8)) || (row > last - 8 && column < 9) || row == 6 || column == 6)
            return true;
        if (version >= 7 && ((row < 6 && column > last - 11) || (column < 6 && row > last - 11)))
            return true;
        var centres = Alignments[version - 1];
        return centres.Any(y => centres.Any(x =>
            Math.Abs(row - y) <= 2 && Math.Abs(column - x) <= 2 && !IsFinder(y, x, last)));
    }

    private static bool IsFinder(int row, int column, int last) =>
        (row == 6 && column is 6) || (row == 6 && column == last - 6) || (row == last - 6 && column == 6);

    /// <summary>The data codewords block by block; they are stored with the blocks interleaved.</summary>
    private static byte[] Sorted(byte[] codewords, int[] blocks)
    {
        var sorted = blocks.Select(_ => new List<byte>()).ToArray();
        var next = 0;
        for (var place = 0; place < blocks.Max(); place++)
        {
            for (var block = 0; block < blocks.Length; block++)
            {
                if (place < blocks[block])
                    sorted[block].Add(codewords[next++]);
            }
        }

        return [.. sorted.SelectMany(block => block)];
    }

    private static string Decode(byte[] data, int version)
    {
        var bits = string.Concat(data.Select(value => Convert.ToString(value, 2).PadLeft(8, '0')));
        var text = new StringBuilder();
        var at = 0;
        int Take(int count)
        {
            at += count;
            return Convert.ToInt32(bits[(at - count)..at], 2);
        }

        while (at + 4 <= bits.Length)
        {
            switch (Take(4))
            {
                case 0:
                    return text.ToString();
                case 2:
                    for (var left = Take(version < 10 ? 9 : 11); left > 0; left -= 2)
                    {
                        var pair = Take(left > 1 ? 11 : 6);
                        if (left > 1)
                            text.Append(Alphanumeric[pair / 45]);
                        text.Append(Alphanumeric[pair % 45]);
                    }

                    break;
                case 4:
                    for (var left = Take(version < 10 ? 8 : 16); left > 0; left--)
                        text.Append((char)Take(8));
                    break;
                case var mode:
                    Assert.Fail($"The QR code holds mode {mode}, which slips do not need.");
                    break;
            }
        }

        return text.ToString();
    }
}
