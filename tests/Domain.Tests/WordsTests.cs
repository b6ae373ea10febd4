namespace JikoXpress.Domain.Tests;

/// <summary>The words that travel are the reference's, exactly.</summary>
public sealed class WordsTests
{
    [Fact]
    public void Words_are_those_of_the_reference()
    {
        Assert.Equal(["IMMEDIATE", "SLIP", "TAB"], WireNames.All<SessionType>());
        // The last one is not of that reference: web shops of merchants.
        Assert.Equal(["POS", "KIOSK", "TABLE_QR", "APP", "WHATSAPP", "HOSTED"], WireNames.All<Channel>());
        Assert.Equal(["DINE_IN", "PICKUP", "DELIVERY", "DRIVE_THROUGH"], WireNames.All<FulfillmentType>());
        Assert.Equal(
            ["CASH", "MOBILE_MONEY", "CARD", "PLATFORM_WALLET", "KITCHEN_WALLET", "KITCHEN_CHANNEL"],
            WireNames.All<PaymentMethod>());
        Assert.Equal(
            ["PENDING_PAYMENT", "CONFIRMED", "EXPIRED", "CANCELLED", "FAILED"], WireNames.All<SessionStatus>());
        Assert.Equal(["CASHIER", "MANAGER", "KITCHEN"], WireNames.All<StaffRole>());
    }

    [Fact]
    public void A_word_reads_back_as_its_member()
    {
        foreach (var method in Enum.GetValues<PaymentMethod>())
            Assert.Equal(method, WireNames.Parse<PaymentMethod>(method.WireName));
    }

    [Theory]
    [InlineData("")]
    [InlineData("pos")]
    [InlineData("Pos")]
    [InlineData(" POS")]
    [InlineData("P\u041ES")] // A Cyrillic O.
    [InlineData("1")]
    [InlineData("DRONE")]
    public void Nothing_else_is_a_word(string word) => Assert.Null(WireNames.Parse<Channel>(word));

    [Fact]
    public void No_word_stands_for_zero_so_that_a_missing_one_cannot_pass_for_one()
    {
        Type[] kinds =
        [
            .. typeof(Channel).Assembly.GetExportedTypes().Where(type => type.IsEnum),
        ];

        Assert.All(kinds, kind => Assert.False(Enum.IsDefined(kind, 0)));
    }
}
