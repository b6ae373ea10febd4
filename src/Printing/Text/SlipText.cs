using System.Globalization;
using System.Text;

namespace JikoXpress.Printing.Text;

/// <summary>Removes characters that command a printer, change the direction of text, or are invisible.</summary>
internal static class SlipText
{
    /// <summary>The longest text of a slip in Unicode scalars: as long as a guest's instructions may be.</summary>
    internal const int MaximumLength = 500;

    /// <summary>Most combining marks on a letter; more would paint over the lines around it.</summary>
    private const int MaximumMarks = 2;

    /// <summary>
    /// Makes one line of text: joins accents to their letters, makes any white space one space, and removes control,
    /// format (direction overrides and joiners), private and unassigned characters. Text that is too long is cut and
    /// ends in "...".
    /// </summary>
    internal static string Clean(string text)
    {
        var clean = new List<Rune>(text.Length);
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (clean is [.., not { Value: ' ' }])
                    clean.Add(new Rune(' '));
                continue;
            }

            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                    or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned:
                    break;

                case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark:
                    if (clean is [.., var letter] && LatinLetters.Join(letter, rune) is { } joined)
                        clean[^1] = joined;
                    else if (clean.Count > 0 && ++marks <= MaximumMarks)
                        clean.Add(rune);
                    break;

                default:
                    marks = 0;
                    clean.Add(rune);
                    break;
            }
        }

        return clean.Count <= MaximumLength
            ? string.Concat(clean).TrimEnd(' ')
            : string.Concat(clean.Take(MaximumLength - 3)) + "...";
    }

    /// <summary>As <see cref="Clean"/>; null if the text has no visible character.</summary>
    internal static string? CleanOrNothing(string? text) =>
        text is not null && Clean(text) is [_, ..] clean ? clean : null;
}

internal static class Amount
{
    /// <summary>With thousands separators: 17,500 and, with two digits, 175.00.</summary>
    /// <param name="units">In the smallest unit of the currency.</param>
    /// <param name="digits">The digits of the currency after the point.</param>
    internal static string Text(long units, int digits = 0) =>
        (units / (decimal)Math.Pow(10, digits)).ToString($"N{digits}", CultureInfo.InvariantCulture);

    internal static long NotNegative(long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        return amount;
    }
}
