using System.Globalization;

namespace JikoXpress.Domain.Sessions;

/// <summary>
/// The slip's number for people: four digits or more, counted per business day, and a Luhn check digit.
/// </summary>
public static class SlipNumber
{
    public static string Of(int number)
    {
        var digits = number.ToString("D4", CultureInfo.InvariantCulture);
        return $"{digits}-{Luhn.CheckDigit(DigitsOf(digits))}";
    }

    /// <summary>
    /// The number without its check digit; null when the text is not a slip number, or the check digit is wrong.
    /// </summary>
    public static int? Parse(string text)
    {
        if (text.Length is < 6 or > 11 || text[^2] != '-'
            || text.Remove(text.Length - 2, 1).Any(c => !char.IsAsciiDigit(c)))
            return null;
        return int.TryParse(text[..^2], CultureInfo.InvariantCulture, out var number)
            && number > 0 && Of(number) == text
            ? number
            : null;
    }

    private static List<int> DigitsOf(string digits) => [.. digits.Select(digit => digit - '0')];
}

/// <summary>The text of a slip's barcode: 64 random bits as 13 characters of Crockford's base32.</summary>
public static class SlipCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 13;

    public static string Of(ulong bits)
    {
        Span<char> code = stackalloc char[Length];
        for (var place = Length - 1; place >= 0; place--, bits >>= 5) code[place] = Alphabet[(int)(bits & 31)];
        return new string(code);
    }

    /// <summary>
    /// The code as printed, from typed text: lower case is accepted, and I, L, O are read as 1, 1, 0 (Crockford).
    /// </summary>
    public static string? Parse(string typed)
    {
        var code = typed.ToUpperInvariant().Replace('O', '0').Replace('I', '1').Replace('L', '1');
        return code.Length == Length && code.All(character => Alphabet.Contains(character, StringComparison.Ordinal))
            ? code
            : null;
    }
}
