using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace JikoXpress.Domain;

/// <summary>What free text may contain. These rules apply to all input.</summary>
public static partial class TextRules
{
    private const int ShortestCardNumber = 13;
    private const int LongestCardNumber = 19;
    private const int Joiner = 0x200D, BlackFlag = 0x1F3F4, FirstTag = 0xE0020, LastTag = 0xE007F;

    /// <summary>How many UTF-16 units a character may have on average: joined emoji have up to some twenty.</summary>
    private const int MostUnits = 8;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    /// <summary>
    /// No control or format characters (they would reach printers and logs), other than those inside an emoji; line
    /// breaks only in notes.
    /// </summary>
    public static bool IsPrintable(string text, bool lineBreaks)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return true;
        Rune[] runes = [.. text.EnumerateRunes()];
        return runes.Index().All(rune => IsPrintable(rune.Item)
            || (lineBreaks && rune.Item.Value == '\n')
            || IsInsideEmoji(runes, rune.Index));
    }

    /// <summary>
    /// The text as it is kept: what comes with copying and pasting is mended, and the rules refuse the rest. Tabs and
    /// line breaks become blanks, or one line break each where there may be some; direction marks, soft hyphens and
    /// joiners that join nothing are left out.
    /// </summary>
    public static string Clean(string text, bool lineBreaks)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text;
        Rune[] runes = [.. text.ReplaceLineEndings("\n").EnumerateRunes()];
        var cleaned = new StringBuilder(text.Length);
        foreach (var (index, rune) in runes.Index())
        {
            if (rune.Value is '\n' && !lineBreaks) cleaned.Append(' ');
            else if (rune.Value is '\t') cleaned.Append(' ');
            else if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format || IsInsideEmoji(runes, index))
                cleaned.Append(rune);
        }

        return cleaned.ToString();
    }

    /// <summary>
    /// Whether the text has at most so many characters as a person counts them: an emoji is one, and so is a letter
    /// with its accents. Marks that pile up on one letter count as more.
    /// </summary>
    public static bool Fits(string text, int longest) => text.Length <= longest
        || (text.Length <= longest * MostUnits && new StringInfo(text).LengthInTextElements <= longest);

    /// <summary>
    /// True when the text contains 13 to 19 digits that could be a card number (ISO/IEC 7812: they pass Luhn's check,
    /// and a card scheme's numbers begin so), in one piece or in groups. Shops send what they have as references: of
    /// UUIDs one in some hundred, of times in milliseconds one in ten would pass the check alone.
    /// </summary>
    public static bool LooksLikeCardNumber(string text)
    {
        if (text.AsSpan().CountAny(Digits) < ShortestCardNumber) return false;
        var digits = new List<int>();
        var groups = new List<int>(); // where each begins
        var between = true;
        foreach (var character in Identifier().Replace(text, "\n") + "\n")
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
            if (length >= ShortestCardNumber && IsCardNumber(digits[groups[group]..])) return true;
        }

        return false;
    }

    /// <summary>
    /// Of what begins with 2, 22 to 27 are Mastercard's and Mir's; no card to pay with begins with 1 or 7.
    /// </summary>
    private static bool IsCardNumber(List<int> digits)
    {
        // Tables fill numbers up with zeros, which change nothing of the check.
        List<int> number = [.. digits.SkipWhile(digit => digit is 0)];
        return number.Count >= ShortestCardNumber
            && number is not ([1 or 7, ..] or [2, 0 or 1 or 8 or 9, ..])
            && Luhn.Holds(number);
    }

    /// <summary>A UUID, or a word of 24 hexadecimal digits and more: a key of a database, a digest.</summary>
    [GeneratedRegex(
        "(?<![0-9a-z])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{24,})(?![0-9a-z])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    /// <summary>A joiner between two symbols, or a letter of a region's flag.</summary>
    private static bool IsInsideEmoji(Rune[] runes, int index) => runes[index].Value switch
    {
        Joiner => index > 0 && index + 1 < runes.Length
            && IsSymbol(runes[index + 1])
            && IsSymbol(runes[..index].Last(rune => !IsVariation(rune) || rune == runes[0])),
        >= FirstTag and <= LastTag =>
            Array.FindLast(runes[..index], rune => rune.Value is < FirstTag or > LastTag).Value is BlackFlag,
        _ => false,
    };

    private static bool IsSymbol(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol;

    /// <summary>A variation selector, or the skin colour of the emoji before it.</summary>
    private static bool IsVariation(Rune rune) => rune.Value is 0xFE0F or (>= 0x1F3FB and <= 0x1F3FF);

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
