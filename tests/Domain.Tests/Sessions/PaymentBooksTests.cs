using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using static JikoXpress.Domain.Ledger.AccountKind;

namespace JikoXpress.Domain.Tests.Sessions;

/// <summary>Where each kind of money stands, step by step.</summary>
public sealed class PaymentBooksTests
{
    private static readonly Guid Kitchen = MamaNtilie.Id;

    public static TheoryData<PaymentMethod, Account> Sources => new()
    {
        { PaymentMethod.Cash, new(Drawer, Till) },
        { PaymentMethod.Card, new(CardTerminal, MamaNtilie.Id) },
        { PaymentMethod.MobileMoney, new(MobileMoney, MamaNtilie.Id) },
        { PaymentMethod.KitchenChannel, new(AccountKind.KitchenChannel, LipaVoda.Id) },
        { PaymentMethod.KitchenWallet, new(AccountKind.KitchenWallet, Fatuma) },
    };

    [Theory, MemberData(nameof(Sources))]
    public void What_is_paid_at_once_becomes_sales(PaymentMethod method, Account source) =>
        Assert.Equal([Step(LedgerStep.Pay, method, source, new(Sales, Kitchen))], PaymentOf(method).Pay(Kitchen));

    [Theory]
    [InlineData(PaymentMethod.Cash)]
    [InlineData(PaymentMethod.Card)]
    [InlineData(PaymentMethod.KitchenChannel)]
    public void What_staff_took_waits_and_then_becomes_sales(PaymentMethod method) => Assert.Equal(
        [Step(LedgerStep.Settle, method, new(Pending, Kitchen), new(Sales, Kitchen))],
        PaymentOf(method).Capture(Kitchen));

    [Fact]
    public void What_a_wallet_held_becomes_sales() => Assert.Equal(
        [Step(LedgerStep.Settle, PaymentMethod.KitchenWallet, new(KitchenWalletHold, Fatuma), new(Sales, Kitchen))],
        PaymentOf(PaymentMethod.KitchenWallet).Capture(Kitchen));

    [Fact]
    public void What_an_app_wallet_held_becomes_sales_through_what_the_platform_owes() => Assert.Equal(
        [
            Step(
                LedgerStep.Settle, PaymentMethod.PlatformWallet, new(PlatformReceivable, Kitchen), new(Sales, Kitchen)),
            Step(
                LedgerStep.Settle, PaymentMethod.PlatformWallet,
                new(PlatformWalletHold, Neema.Id), new(KitchenPayable, Kitchen), part: 1),
        ],
        PaymentOf(PaymentMethod.PlatformWallet).Capture(Kitchen));

    [Fact]
    public void An_app_wallet_s_hold_goes_back_to_the_wallet() => Assert.Equal(
        [
            Step(
                LedgerStep.Release, PaymentMethod.PlatformWallet,
                new(PlatformWalletHold, Neema.Id), new(PlatformWallet, Neema.Id)),
        ],
        PaymentOf(PaymentMethod.PlatformWallet).Release(Kitchen));

    [Theory]
    [InlineData(PaymentMethod.Cash, true, true, true)]
    [InlineData(PaymentMethod.Card, true, true, true)]
    [InlineData(PaymentMethod.KitchenChannel, true, true, true)]
    [InlineData(PaymentMethod.KitchenWallet, true, true, false)]
    [InlineData(PaymentMethod.PlatformWallet, true, false, false)]
    [InlineData(PaymentMethod.MobileMoney, false, false, false)]
    public void Who_has_to_act_is_known_of_every_method(
        PaymentMethod method, bool onTheApp, bool elsewhere, bool attested)
    {
        Assert.Equal(onTheApp, PaymentOf(method).IsFinalAtOnce(Channel.App));
        foreach (var channel in Enum.GetValues<Channel>().Except([Channel.App]))
            Assert.Equal(elsewhere, (PaymentOf(method) with { AccountId = null }).IsFinalAtOnce(channel));
        Assert.Equal(attested, PaymentOf(method).IsAttested);
    }

    [Theory]
    [InlineData(PaymentMethod.KitchenWallet)]
    [InlineData(PaymentMethod.KitchenChannel)]
    [InlineData(PaymentMethod.PlatformWallet)]
    public void Money_of_nobody_never_moves(PaymentMethod method)
    {
        var nobodys = PaymentOf(
            method) with
        { KitchenCustomerId = null, KitchenPaymentMethodId = null, AccountId = null };

        Assert.Throws<InvalidOperationException>(() => nobodys.Pay(Kitchen).ToList());
    }

    private static Payment PaymentOf(PaymentMethod method) => new(
        Id(300), method, new Money(500), PaymentStatus.Held, Fatuma, LipaVoda.Id, Neema.Id, Till, null, null);

    private static Effect.Transfer Step(
        LedgerStep step, PaymentMethod method, Account debit, Account credit, int part = 0) =>
        Moved(Id(300), step, method, debit, credit, 500, part);
}
