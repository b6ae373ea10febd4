using System.Globalization;
using System.Text;

namespace JikoXpress.Domain;

/// <summary>
/// Mobile numbers in E.164. Those of Tanzania are +255, then nine digits beginning with 6 or 7 (TCRA numbering plan).
/// Of other countries only the form is checked here; which numbers are given out there is known where they are read.
/// </summary>
public static class PhoneNumber
{
    /// <summary>Digits of an E.164 number, with those of its country (ITU E.164: at most 15).</summary>
    private const int FewestDigits = 10, MostDigits = 15;

    private const string Tanzania = "255", Abroad = "00", Home = "0";
    private const int NationalLength = 9;

    /// <summary>No way of writing a number is longer; a longer text is none.</summary>
    private const int Longest = 40;

    public static bool IsTanzanianMobile(string text) =>
        text.Length == 13
        && text.StartsWith("+255", StringComparison.Ordinal)
        && text[4] is '6' or '7'
        && text.AsSpan(5).ContainsAnyExceptInRange('0', '9') is false;

    /// <summary>It has the form of a mobile number of a country in which kitchens are.</summary>
    public static bool IsMobile(string text) => CountryOf(text) is not null;

    public static bool IsOf(string text, Country country) => country is Country.Tz
        ? IsTanzanianMobile(text)
        : text is ['+', ..] && text.Length - 1 is >= FewestDigits and <= MostDigits
            && text.AsSpan(1).StartsWith(country.CallingCode)
            && !text.AsSpan(1).ContainsAnyExceptInRange('0', '9');

    /// <summary>The country of a number; null when it is of none in which kitchens are.</summary>
    public static Country? CountryOf(string text)
    {
        foreach (var country in Enum.GetValues<Country>())
        {
            if (IsOf(text, country)) return country;
        }

        return null;
    }

    /// <summary>
    /// The number in E.164, from the ways in which people write it: 0754 000 001, 255754000001, +255 (0)754-000-001,
    /// 00255754000001, 754000001. A text that is no Tanzanian mobile number is given back as it is, so that the rules
    /// refuse it.
    /// </summary>
    public static string Of(string text)
    {
        if (text.Length > Longest || IsTanzanianMobile(text)) return text;
        var digits = new StringBuilder();
        var international = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsDigit(rune)) digits.Append((int)Rune.GetNumericValue(rune));
            else if (rune.Value is '+' or '\uFF0B' && digits.Length == 0 && !international) international = true;
            else if (!IsSeparator(rune)) return text;
        }

        var number = $"+{Tanzania}{National(digits.ToString(), international)}";
        return IsTanzanianMobile(number) ? number : text;
    }

    /// <summary>The digits after the country's, without what is dialled before them; empty if they are none.</summary>
    private static string National(string digits, bool international)
    {
        if (!international && digits.StartsWith(Abroad, StringComparison.Ordinal))
            (digits, international) = (digits[Abroad.Length..], true);
        var hasCountry = digits.StartsWith(Tanzania, StringComparison.Ordinal) && digits.Length > NationalLength;
        if (international && !hasCountry) return "";
        if (hasCountry) digits = digits[Tanzania.Length..];
        return digits.Length == NationalLength + 1 && digits.StartsWith(Home, StringComparison.Ordinal)
            ? digits[Home.Length..]
            : digits;
    }

    /// <summary>Blanks, dashes, brackets, dots, and the direction marks of address books.</summary>
    private static bool IsSeparator(Rune rune) => rune.Value is '(' or ')' or '.' or '/' or '\t'
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation or UnicodeCategory.Format;
}
