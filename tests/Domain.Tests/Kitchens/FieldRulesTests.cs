using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Domain.Tests.Kitchens;

/// <summary>Texts and phones in the commands of managers and operators.</summary>
public sealed class FieldRulesTests
{
    public static TheoryData<string, string?> Names => new()
    {
        { "Mama Fatuma", null },
        { "pilau \ud83c\udf5b", null },
        { new string('a', 80), null },
        { "", "invalid-text" },
        { "   ", "invalid-text" },
        { new string('a', 81), "invalid-text" },
        { "a\u0000b", "invalid-text" },
        { "a\nb", "invalid-text" },
        { "a\u202eb", "invalid-text" },
        { "a\u200bb", "invalid-text" },
        { "4111 1111 1111 1111", "card-data-not-accepted" },
    };

    [Theory, MemberData(nameof(Names))]
    public void A_text_is_short_printable_and_no_card_number(string text, string? code) =>
        Assert.Equal(code is null ? [] : [code], StaffRules.BrokenName(text).Select(refusal => refusal.Code));

    [Theory]
    [InlineData("+255700000000", null)]
    [InlineData("+255600000000", null)]
    [InlineData("0700000000", "phone-invalid")]
    [InlineData("+255 700000000", "phone-invalid")]
    [InlineData("+25570000000x", "phone-invalid")]
    [InlineData("+254700000000", null)] // Of Kenya: whether that is the kitchen's country, only the facts say.
    [InlineData("+999700000000", "phone-invalid")]
    public void A_phone_is_a_mobile_of_a_country_with_kitchens(string phone, string? code) => Assert.Equal(
        code is null ? [] : [code],
        WalletRules.Broken(new NewCustomer("Fatuma", phone)).Select(refusal => refusal.Code));
}
