using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Domain.Tests.Kitchens;

/// <summary>Registers, the wallets they settle into, and what is paid out of those.</summary>
public sealed class RegisterRulesTests
{
    private static readonly Guid Kariakoo = Id(81);
    private static readonly Guid Mbezi = Id(82);

    private static readonly PayoutPlan Paid = new(new Money(5_000), "CRDB-17", Noon);

    public static TheoryData<PayoutPlan, string?> Payouts => new()
    {
        { Paid, null },
        { Paid with { PaidAt = Noon + TimeSpan.FromTicks(1) }, "time-in-future" },
        { Paid with { Amount = new Money(1) }, null },
        { Paid with { Amount = Money.Zero }, "amount-out-of-range" },
        { Paid with { Amount = Money.Largest }, null },
        { Paid with { Amount = Money.Largest + new Money(1) }, "amount-out-of-range" },
        { Paid with { Reference = new string('7', 100) }, null },
        { Paid with { Reference = new string('7', 101) }, "invalid-text" },
        { Paid with { Reference = " " }, "invalid-text" },
    };

    [Theory, MemberData(nameof(Payouts))]
    public void A_payout_says_what_was_sent_and_when(PayoutPlan plan, string? code) =>
        Assert.Equal(code, RegisterRules.Broken(plan, Noon).Select(refusal => refusal.Code).FirstOrDefault());

    [Theory]
    [InlineData("QUJDREVGR0hJSktMTU5P-_", true)]
    [InlineData("QUJDREVGR0hJSktMTU5PU", false)]
    [InlineData("QUJDREVGR0hJSktMTU5PUAA", false)]
    [InlineData("QUJDREVGR0hJSktMTU5P..", false)]
    [InlineData("QUJDREVGR0hJSktMTU5Pé0", false)]
    public void A_registers_code_is_22_letters_of_an_address(string code, bool could) =>
        Assert.Equal(could, RegisterRules.IsCode(code));

    [Theory]
    [InlineData(0, "invalid-text")]
    [InlineData(1, null)]
    [InlineData(100, null)]
    [InlineData(101, "invalid-text")]
    public void A_register_has_a_description(int length, string? code)
    {
        var text = new string('a', length);
        Assert.Equal(code, RegisterRules.Broken(new RegisterPlan(text, Kariakoo)).Select(refusal => refusal.Code).FirstOrDefault());
        Assert.Equal(code, RegisterRules.Broken(new RegisterChange(text)).Select(refusal => refusal.Code).FirstOrDefault());
        Assert.Empty(RegisterRules.Broken(new RegisterChange()));
    }

    [Theory]
    [InlineData(80, 0)]
    [InlineData(81, 1)]
    public void A_wallet_has_a_name(int length, int broken) =>
        Assert.Equal(broken, RegisterRules.Broken(new SettlementWalletPlan(new string('a', length), Currency.Tzs)).Count);

    [Theory]
    [InlineData(300, 500, 300, 300, 0)]
    [InlineData(300, 500, 301, 300, 1)]
    [InlineData(300, 500, 800, 300, 500)]
    [InlineData(-100, 500, 400, 0, 400)]
    [InlineData(300, -100, 200, 200, 0)]
    public void A_payout_is_of_the_stores_whose_money_it_is(
        long first, long second, long amount, long ofFirst, long ofSecond)
    {
        var shares = RegisterRules.SharesOf(Balances(first, second), new Money(amount));

        Assert.NotNull(shares);
        Assert.Equal(ofFirst, Of(shares, Kariakoo));
        Assert.Equal(ofSecond, Of(shares, Mbezi));
        Assert.All(shares, share => Assert.True(share.Share > Money.Zero));

        static long Of(Sequence<(Guid StoreId, Money Share)> shares, Guid store) =>
            shares.Where(share => share.StoreId == store).Sum(share => share.Share).Shillings;
    }

    [Theory]
    [InlineData(300, 500, 801)]
    [InlineData(-100, 500, 401)]
    [InlineData(-500, 500, 1)]
    public void No_more_is_paid_out_than_there_is(long first, long second, long amount) =>
        Assert.Null(RegisterRules.SharesOf(Balances(first, second), new Money(amount)));

    [Fact]
    public void A_day_begins_with_what_the_day_before_has_left()
    {
        var (monday, tuesday) = (new DateOnly(2026, 3, 9), new DateOnly(2026, 3, 10));
        var statement = WalletStatement.Of(
            monday, tuesday.AddDays(1), new Money(1_000),
            [
                new WalletMovementSum(monday, WalletEntryKind.Received, new Money(5_000)),
                new WalletMovementSum(monday, WalletEntryKind.Commission, new Money(-500)),
                new WalletMovementSum(tuesday, WalletEntryKind.Refunded, new Money(-2_000)),
                new WalletMovementSum(tuesday, WalletEntryKind.Commission, new Money(200)),
                new WalletMovementSum(tuesday, WalletEntryKind.PaidOut, new Money(-3_000)),
            ]);

        Assert.Equal(
            [
                new WalletDay(monday, new(1_000), new(5_000), Money.Zero, new(500), Money.Zero),
                new WalletDay(tuesday, new(5_500), Money.Zero, new(2_000), new(-200), new(3_000)),
                new WalletDay(tuesday.AddDays(1), new(700), Money.Zero, Money.Zero, Money.Zero, Money.Zero),
            ],
            statement.Days);
        Assert.Equal(new Money(700), statement.Days[^1].ClosingBalance);
    }

    private static Sequence<(Guid StoreId, Money Balance)> Balances(long first, long second) =>
        [(Kariakoo, new Money(first)), (Mbezi, new Money(second))];
}
