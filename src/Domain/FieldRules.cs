using static JikoXpress.Domain.Sessions.SessionRefusals;

namespace JikoXpress.Domain;

/// <summary>
/// Rules of single members, which the rules of commands use. A null member was not given and breaks no rule.
/// </summary>
internal static class FieldRules
{
    public const int LongestName = 80;

    public static IEnumerable<Refusal> Name(string? name) => Text(name, "/name", LongestName);

    /// <summary>
    /// A dish's name may hold a long number, such as the one on its package, and one in ten of those would pass for a
    /// card number. A name that is nothing but such a number is refused.
    /// </summary>
    public static IEnumerable<Refusal> DishName(string? name) =>
        Text(name, "/name", LongestName, longNumbers: name?.Any(char.IsLetter) is true);

    /// <summary>A text that says something.</summary>
    /// <param name="longNumbers">The text may hold numbers that could be those of cards.</param>
    public static IEnumerable<Refusal> Text(string? text, string pointer, int longest, bool longNumbers = false)
    {
        if (text is null) yield break;
        if (string.IsNullOrWhiteSpace(text) || !TextRules.Fits(text, longest))
            yield return InvalidText(pointer, $"1 to {longest} characters that say something.");
        else if (!TextRules.IsPrintable(text, lineBreaks: false))
            yield return InvalidText(pointer, "Control and formatting characters are not accepted.");
        else if (!longNumbers && TextRules.LooksLikeCardNumber(text))
            yield return CardDataNotAccepted(pointer);
    }

    /// <summary>A text that may be left out.</summary>
    public static IEnumerable<Refusal> Note(string? text, string pointer, int longest, bool lineBreaks = false)
    {
        if (text is null) yield break;
        if (text.Length == 0 || !TextRules.Fits(text, longest))
            yield return InvalidText(pointer, $"1 to {longest} characters, or leave it out.");
        else if (!TextRules.IsPrintable(text, lineBreaks))
            yield return InvalidText(pointer, "Control and formatting characters are not accepted.");
        if (TextRules.LooksLikeCardNumber(text))
            yield return CardDataNotAccepted(pointer);
    }

    public static IEnumerable<Refusal> Amount(Money? amount, string pointer, long least = 1) =>
        amount < new Money(least) || amount > Money.Largest
            ? [BrokenRule("amount-out-of-range", pointer, $"An amount must be {least} to {Money.Largest}.")]
            : [];

    /// <param name="country">The kitchen's, where it is known; else any country in which kitchens are.</param>
    public static IEnumerable<Refusal> Phone(string? phone, string pointer = "/phone", Country? country = null) =>
        phone is null || (country is { } one ? PhoneNumber.IsOf(phone, one) : PhoneNumber.IsMobile(phone))
            ? []
            : [PhoneInvalid(pointer, country ?? Country.Tz)];
}
