using JikoXpress.Domain;
using PhoneNumbers;
using PhoneNumber = JikoXpress.Domain.PhoneNumber;

namespace JikoXpress.WebApi.Binding;

/// <summary>Where the phones of a request are.</summary>
/// <param name="Country">Of numbers that are written without a country's code.</param>
/// <param name="OnlyThere">Those of other countries are refused, since the request is about a kitchen.</param>
internal readonly record struct PhonePlace(Country Country, bool OnlyThere = true);

/// <summary>
/// Reads phone numbers as people write them. Those of Tanzania are read by its numbering plan, which is younger than
/// the library's tables; those of other countries by libphonenumber.
/// </summary>
internal static class PhoneReading
{
    /// <summary>No way of writing a number is longer; a longer text is none.</summary>
    private const int Longest = 40;

    /// <summary>
    /// A mobile number in E.164. Any other text is given back, a number of a country that is not accepted without its
    /// plus: the rules refuse it.
    /// </summary>
    public static string Of(string text, PhonePlace place)
    {
        var read = Of(text, place.Country);
        if (place.OnlyThere || PhoneNumber.IsMobile(read) || !text.TrimStart().StartsWith('+')) return read;
        return Enum.GetValues<Country>().Select(country => Of(text, country)).FirstOrDefault(PhoneNumber.IsMobile)
            ?? read;
    }

    private static string Of(string text, Country country)
    {
        var read = country is Country.Tz ? PhoneNumber.Of(text) : Abroad(text, country);
        return PhoneNumber.IsOf(read, country) || !PhoneNumber.IsMobile(read) ? read : read.TrimStart('+');
    }

    private static string Abroad(string text, Country country)
    {
        if (text.Length > Longest) return text;
        var numbers = PhoneNumberUtil.GetInstance();
        try
        {
            var region = country.WireName;
            var number = numbers.Parse(text, region);
            var isMobile = numbers.GetNumberType(number)
                is PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE;
            return isMobile && !number.HasExtension && numbers.IsValidNumberForRegion(number, region)
                ? numbers.Format(number, PhoneNumberFormat.E164)
                : text.TrimStart('+');
        }
        catch (NumberParseException)
        {
            return text;
        }
    }
}
