using static JikoXpress.Domain.Kitchens.KitchenRefusals;

namespace JikoXpress.Domain.Kitchens;

/// <summary>
/// Rules of single members, which the rules of commands use. A null member was not given and breaks no rule.
/// </summary>
internal static class FieldRules
{
    public const int LongestName = 80;

    public static IEnumerable<Refusal> Name(string? name, string pointer = "/name") => Text(name, pointer, LongestName);

    /// <summary>
    /// A dish's name may hold a long number, such as the one on its package, and one in ten of those would pass for a
    /// card number. A name that is nothing but such a number is refused.
    /// </summary>
    public static IEnumerable<Refusal> DishName(string? name) =>
        Text(name, "/name", LongestName, longNumbers: name?.Any(char.IsLetter) is true);

    public static IEnumerable<Refusal> Text(string? text, string pointer, int longest, bool longNumbers = false)
    {
        if (text is null) yield break;
        if (string.IsNullOrWhiteSpace(text) || text.Length > longest)
            yield return InvalidText(pointer, $"1 to {longest} characters that say something.");
        else if (!TextRules.IsPrintable(text, lineBreaks: false))
            yield return InvalidText(pointer, "Control and formatting characters are not accepted.");
        else if (!longNumbers && TextRules.LooksLikeCardNumber(text))
            yield return CardDataNotAccepted(pointer);
    }

    public static IEnumerable<Refusal> Amount(Money? amount, string pointer) =>
        amount is { } given && (given <= Money.Zero || given > Money.Largest) ? [AmountOutOfRange(pointer)] : [];

    public static IEnumerable<Refusal> Phone(string phone) =>
        PhoneNumber.IsTanzanianMobile(phone) ? [] : [PhoneInvalid("/phone")];
}
