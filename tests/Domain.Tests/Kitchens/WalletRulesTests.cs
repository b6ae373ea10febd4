using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;

namespace JikoXpress.Domain.Tests.Kitchens;

public sealed class WalletRulesTests
{
    public static TheoryData<TopUp, string[]> TopUps => new()
    {
        { new TopUp(PaymentMethod.Cash, new Money(1)), [] },
        { new TopUp(PaymentMethod.Cash, Money.Largest), [] },
        { new TopUp(PaymentMethod.Cash, new Money(0)), ["amount-out-of-range"] },
        { new TopUp(PaymentMethod.Cash, Money.Largest + new Money(1)), ["amount-out-of-range"] },
        { new TopUp(PaymentMethod.Card, new Money(1)), [] },
        { new TopUp(PaymentMethod.KitchenChannel, new Money(1), LipaVoda.Id), [] },
        {
            new TopUp(PaymentMethod.KitchenChannel, new Money(0)),
            ["amount-out-of-range", "kitchen-payment-method-required"]
        },
        { new TopUp(PaymentMethod.MobileMoney, new Money(1)), ["payment-method-not-allowed"] },
        { new TopUp(PaymentMethod.PlatformWallet, new Money(1)), ["payment-method-not-allowed"] },
        {
            new TopUp(PaymentMethod.KitchenWallet, new Money(-1), LipaVoda.Id),
            ["payment-method-not-allowed", "amount-out-of-range", "kitchen-payment-method-not-allowed"]
        },
    };

    [Theory, MemberData(nameof(TopUps))]
    public void Staff_put_on_a_balance_what_they_have_in_their_hands(TopUp topUp, string[] codes) =>
        Assert.Equal(codes, WalletRules.Broken(topUp).Select(refusal => refusal.Code));

    [Fact]
    public void A_customer_and_an_app_user_have_a_name_and_a_phone()
    {
        Assert.Empty(WalletRules.Broken(new NewCustomer("Fatuma", "+255700000000")));
        Assert.Equal(
            [("invalid-text", "/name"), ("phone-invalid", "/phone")],
            WalletRules.Broken(new NewCustomer("", "0700000000")).Select(refusal => (refusal.Code, refusal.Pointer)));
        Assert.Equal(
            [("invalid-text", "/name"), ("phone-invalid", "/phone")],
            WalletRules.Broken(new NewAccount("", "0700000000", LiveMode: true)).Select(no => (no.Code, no.Pointer)));
    }

    [Fact]
    public void Money_put_on_a_balance_comes_from_where_staff_put_it()
    {
        Assert.Equal(new Account(AccountKind.Drawer, Till), From(new TopUp(PaymentMethod.Cash, new Money(500)), Till));
        Assert.Equal(
            new Account(AccountKind.Drawer, MamaNtilie.Id), From(new TopUp(PaymentMethod.Cash, new Money(500))));
        Assert.Equal(
            new Account(AccountKind.CardTerminal, MamaNtilie.Id),
            From(new TopUp(PaymentMethod.Card, new Money(500)), Till));
        Assert.Equal(
            new Account(AccountKind.KitchenChannel, LipaVoda.Id),
            From(new TopUp(PaymentMethod.KitchenChannel, new Money(500), LipaVoda.Id), Till));
        Assert.Throws<InvalidOperationException>(() => From(new TopUp(PaymentMethod.MobileMoney, new Money(500))));
    }

    [Fact]
    public void An_app_user_s_money_lies_in_the_platform_s_bank() => Assert.Equal(
        new LedgerTransfer(
            Id(1), LedgerStep.TopUp, 0, Guid.Empty, PaymentMethod.PlatformWallet,
            new Account(AccountKind.PlatformBank, Guid.Empty), new Account(AccountKind.PlatformWallet, Neema.Id),
            new Money(500)),
        WalletRules.PlatformMovement(Id(1), Neema.Id, new Money(500)));

    private static Account From(TopUp topUp, Guid? device = null)
    {
        var movement = WalletRules.Movement(Id(1), MamaNtilie.Id, Fatuma, topUp, device);

        Assert.Equal(
            (LedgerStep.TopUp, MamaNtilie.Id, new Account(AccountKind.KitchenWallet, Fatuma), new Money(500)),
            (movement.Step, movement.KitchenId, movement.Credit, movement.Amount));
        return movement.Debit;
    }
}
