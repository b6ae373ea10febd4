namespace JikoXpress.Printing.Tests.Reading;

/// <summary>Reads Code 128, subset B, from one row of a picture as a scanner would.</summary>
internal static class Code128Reader
{
    private const int Modules = 11;
    private const int StartB = 104;
    private const string Stop = "1100011101011";

    /// <summary>Every symbol as its eleven modules, a set bit for each black one, by symbol value.</summary>
    private static readonly int[] Symbols =
    [
        0x6CC, 0x66C, 0x666, 0x498, 0x48C, 0x44C, 0x4C8, 0x4C4, 0x464, 0x648, 0x644, 0x624,
        0x59C, 0x4DC, 0x4CE, 0x5CC, 0x4EC, 0x4E6, 0x672, 0x65C, 0x64E, 0x6E4, 0x674, 0x76E,
        0x74C, 0x72C, 0x726, 0x764, 0x734, 0x732, 0x6D8, 0x6C6, 0x636, 0x518, 0x458, 0x446,
        0x588, 0x468, 0x462, 0x688, 0x628, 0x622, 0x5B8, 0x58E, 0x46E, 0x5D8, 0x5C6, 0x476,
        0x776, 0x68E, 0x62E, 0x6E8, 0x6E2, 0x6EE, 0x758, 0x746, 0x716, 0x768, 0x762, 0x71A,
        0x77A, 0x642, 0x78A, 0x530, 0x50C, 0x4B0, 0x486, 0x42C, 0x426, 0x590, 0x584, 0x4D0,
        0x4C2, 0x434, 0x432, 0x612, 0x650, 0x7BA, 0x614, 0x47A, 0x53C, 0x4BC, 0x49E, 0x5E4,
        0x4F4, 0x4F2, 0x7A4, 0x794, 0x792, 0x6DE, 0x6F6, 0x7B6, 0x578, 0x51E, 0x45E, 0x5E8,
        0x5E2, 0x7A8, 0x7A2, 0x5DE, 0x5EE, 0x75E, 0x7AE, 0x684, 0x690, 0x69C,
    ];

    /// <summary>The text of the bars that a row crosses; nothing if what it crosses is no valid Code 128.</summary>
    internal static string? Read(bool[] row)
    {
        var first = Array.IndexOf(row, true);
        if (first < 0)
            return null;
        var black = row[first..(Array.LastIndexOf(row, true) + 1)];
        var module = Enumerable.Range(0, black.Length).TakeWhile(x => black[x]).Count() / 2;
        if (module == 0 || black.Length % module != 0)
            return null;
        var bars = string.Concat(black.Chunk(module).Select(dots => dots[0] ? '1' : '0'));
        return bars.EndsWith(Stop, StringComparison.Ordinal) ? Text(bars[..^Stop.Length]) : null;
    }

    private static string? Text(string bars)
    {
        var values = bars.Chunk(Modules).Select(symbol => Value(new string(symbol))).ToArray();
        if (values is not [StartB, .. var text, var check] || values.Contains(-1))
            return null;
        var checksum = (StartB + text.Select((value, index) => value * (index + 1)).Sum()) % 103;
        return checksum == check ? string.Concat(text.Select(value => (char)(' ' + value))) : null;
    }

    private static int Value(string symbol) =>
        symbol.Length == Modules ? Array.IndexOf(Symbols, Convert.ToInt32(symbol, 2)) : -1;
}
