using System.Globalization;
using System.Text;

namespace JikoXpress.Printing.Text;

/// <summary>Takes out of a text what is not text: what commands a printer, turns the writing round or hides.</summary>
internal static class SlipText
{
    /// <summary>The longest text of a slip in Unicode scalars: as long as a guest's instructions may be.</summary>
    internal const int MaximumLength = 500;

    /// <summary>A letter may carry this many marks; more is a prank that paints over the lines around it.</summary>
    private const int MaximumMarks = 2;

    /// <summary>
    /// One line of text: accents joined to their letters, any white space one space, control, format (direction
    /// overrides and joiners), private and unassigned characters gone, the end of what is too long replaced by "...".
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

    /// <summary>As <see cref="Clean"/>; nothing where the text holds nothing that can be seen.</summary>
    internal static string? CleanOrNothing(string? text) =>
        text is not null && Clean(text) is [_, ..] clean ? clean : null;
}
