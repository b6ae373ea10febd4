using System.Buffers;
using System.Globalization;
using System.Text;

namespace JikoXpress.Domain;

/// <summary>What free text may contain. These rules apply to all input.</summary>
public static class TextRules
{
    private const int ShortestCardNumber = 13;
    private const int LongestCardNumber = 19;
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    /// <summary>
    /// No control or format characters (they would reach printers and logs); line breaks only in notes.
    /// </summary>
    public static bool IsPrintable(string text, bool lineBreaks) =>
        !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
        || text.EnumerateRunes().All(rune => IsPrintable(rune) || (lineBreaks && rune.Value == '\n'));

    /// <summary>
    /// True when the text contains 13 to 19 digits that could be a card number (ISO/IEC 7812: they pass Luhn's check),
    /// in one piece or in groups.
    /// </summary>
    public static bool LooksLikeCardNumber(string text)
    {
        if (text.AsSpan().CountAny(Digits) < ShortestCardNumber) return false;
        var digits = new List<int>();
        var groups = new List<int>(); // where each begins
        var between = true;
        foreach (var character in text + "\n")
        {
            if (char.IsAsciiDigit(character))
            {
                if (between) groups.Add(digits.Count);
                digits.Add(character - '0');
                between = false;
                continue;
            }

            if (!between && EndInCardNumber(digits, groups)) return true;
            between = true;
            if (character is ' ' or '-') continue;
            digits.Clear();
            groups.Clear();
        }

        return false;
    }

    /// <summary>Other groups of digits may come before or after the number, such as a card's date and code.</summary>
    private static bool EndInCardNumber(List<int> digits, List<int> groups)
    {
        for (var group = groups.Count - 1; group >= 0; group--)
        {
            var length = digits.Count - groups[group];
            if (length > LongestCardNumber) return false;
            if (length >= ShortestCardNumber && Luhn.Holds(digits[groups[group]..])) return true;
        }

        return false;
    }

    // The replacement character means that input could not be decoded, for example half of a surrogate pair.
    private static bool IsPrintable(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}

/// <summary>
/// Luhn's check digit (ISO/IEC 7812-1, annex B): finds any single wrong digit and most swapped neighbours.
/// </summary>
public static class Luhn
{
    /// <summary>The digit that makes the number pass the check when it is appended.</summary>
    public static int CheckDigit(IReadOnlyList<int> digits) => (10 - Sum(digits, doubleLast: true) % 10) % 10;

    public static bool Holds(IReadOnlyList<int> digits) => Sum(digits, doubleLast: false) % 10 == 0;

    private static int Sum(IReadOnlyList<int> digits, bool doubleLast)
    {
        var sum = 0;
        var doubles = doubleLast;
        for (var index = digits.Count - 1; index >= 0; index--, doubles = !doubles)
        {
            var digit = doubles ? digits[index] * 2 : digits[index];
            sum += digit > 9 ? digit - 9 : digit;
        }

        return sum;
    }
}
