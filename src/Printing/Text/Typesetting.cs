namespace JikoXpress.Printing.Text;

/// <summary>Sets text in columns of equal width. No line is wider than the given columns.</summary>
internal static class Typesetting
{
    /// <summary>Column where names begin: after a quantity of up to three digits and a space.</summary>
    private const int Indent = 4;

    /// <summary>Fills lines with words; a word wider than a line is cut.</summary>
    internal static IReadOnlyList<string> Wrap(string text, int columns)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in LatinLetters.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length <= columns)
            {
                line = $"{line} {word}";
                continue;
            }

            if (line.Length > 0)
                lines.Add(line);
            var pieces = word.Chunk(columns).Select(piece => new string(piece)).ToArray();
            lines.AddRange(pieces[..^1]);
            line = pieces[^1];
        }

        return line.Length > 0 ? [.. lines, line] : lines;
    }

    /// <summary>Text at the left edge and text at the right edge: in one line if both fit, else in two.</summary>
    internal static IReadOnlyList<string> Opposite(string left, string right, int columns) =>
        left.Length + 1 + right.Length <= columns
            ? [left + right.PadLeft(columns - left.Length)]
            : [left, right.PadLeft(columns)];

    /// <summary>
    /// Quantity, name and amount. Below the name come the unit price, if the quantity is above one, and the
    /// instructions.
    /// </summary>
    internal static IReadOnlyList<string> Item(SlipLine item, int columns)
    {
        var quantity = $"{Amount.Text(item.Quantity),Indent - 1} ";
        var amount = Amount.Text(item.LineTotal, item.Digits);
        var names = Wrap(item.Name, columns - quantity.Length - 1 - amount.Length);
        var first = names is [var name, ..] ? name : "";
        var lines = new List<string>(Opposite(quantity + first, amount, columns));
        lines.AddRange(names.Skip(1).Select(Indented));
        if (item.Quantity > 1)
            lines.Add(Indented($"@ {Amount.Text(item.UnitPrice, item.Digits)}"));
        if (item.Instructions is { } instructions)
        {
            lines.AddRange(Wrap(instructions, columns - Indent - 2)
                .Select((text, index) => Indented((index == 0 ? "- " : "  ") + text)));
        }

        return lines;
    }

    /// <summary>Text in the middle of each line.</summary>
    internal static IEnumerable<string> Centred(string text, int columns) =>
        Wrap(text, columns).Select(line => line.PadLeft((columns + line.Length) / 2));

    /// <summary>A label of any length, with its amount at the right edge of the last line.</summary>
    internal static IReadOnlyList<string> Figure(string label, string amount, int columns)
    {
        var lines = Wrap(label, columns - amount.Length - 1);
        return lines is [.., var last]
            ? [.. lines.SkipLast(1), .. Opposite(last, amount, columns)]
            : [amount.PadLeft(columns)];
    }

    private static string Indented(string text) => new string(' ', Indent) + text;
}
