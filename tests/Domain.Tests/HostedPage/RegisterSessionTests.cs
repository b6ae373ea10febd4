using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.Tests.HostedPage.WebShop;

namespace JikoXpress.Domain.Tests.HostedPage;

/// <summary>A session at a register: what it is paid settles into the wallet that the register had at the opening.</summary>
public sealed class RegisterSessionTests
{
    private static readonly Guid Wallet = Id(91);
    private static readonly KnownRegister Register = new(2, Wallet, Active: true);
    private static readonly Account Claim = new(AccountKind.MobileMoney, MamaNtilie.Id);
    private static readonly Account InWallet = new(AccountKind.SettlementWallet, Wallet);

    private static readonly OpenHosted Ask = WebShop.Ask with { CheckoutId = 2 };

    [Fact]
    public void A_session_keeps_the_register_and_its_wallet() => Assert.Equal(
        new RegisterTerms(2, Wallet), ((Session.Opened)Open(Ask, Register).Next()).Opening.Hosted!.Register);

    [Fact]
    public void Its_money_comes_to_the_platform_and_not_to_an_account_of_the_stores_own()
    {
        Assert.True(((Session.Opened)Open(Ask, Register).Next()).Opening.IsPaidToPlatform);
        Assert.False(((Session.Opened)Open(Ask with { CheckoutId = null }, null).Next()).Opening.IsPaidToPlatform);
    }

    [Fact]
    public void A_register_that_is_not_there_or_off_opens_nothing()
    {
        Assert.Equal("checkout-not-found", Open(Ask, register: null).Code());
        Assert.Equal("checkout-not-active", Open(Ask, Register with { Active = false }).Code());
        Assert.Equal(
            "amount-out-of-range", Open(Ask with { Amount = Money.Zero }, register: null).Code());
        Assert.Null(((Session.Opened)Open(Ask with { CheckoutId = null }, null).Next()).Opening.Hosted!.Register);
    }

    [Fact]
    public void What_the_phone_has_paid_goes_on_into_the_wallet()
    {
        var paid = Paid(Open(Ask, Register)).Commit();

        Assert.Equal(
            [
                Moved(
                    Id(500), LedgerStep.Pay, PaymentMethod.MobileMoney, Claim,
                    new Account(AccountKind.Sales, MamaNtilie.Id), 50_000),
                Moved(Id(500), LedgerStep.Assign, PaymentMethod.MobileMoney, InWallet, Claim, 50_000),
            ],
            paid.Effects.OfType<Effect.Transfer>());
    }

    [Fact]
    public void Without_a_register_nothing_goes_into_a_wallet() => Assert.DoesNotContain(
        Paid(Open(Ask with { CheckoutId = null }, null)).Commit().Effects.OfType<Effect.Transfer>(),
        transfer => transfer.Movement.Step is LedgerStep.Assign);

    [Fact]
    public void What_the_network_takes_back_leaves_the_wallet()
    {
        var sale = Paid(Open(Ask, Register)).Next();

        var taken = sale.Report(
            new PaymentReport(Reference(1), PaymentOutcome.Reversed, Proof.Signed, new Money(50_000), "TZS"), OrderId,
            LateMoney.GoesBack, Noon + TimeSpan.FromHours(1)).Commit();

        Assert.Contains(
            taken.Effects,
            effect => effect == Moved(Id(601), LedgerStep.Assign, PaymentMethod.MobileMoney, Claim, InWallet, 50_000));
    }

    [Fact]
    public void What_a_card_has_paid_goes_into_the_wallet_from_the_gateway()
    {
        var opened = Session.Initial.OpenHosted(Ask, Facts with { TakesCards = true }, ShopIds, Noon, Register);

        var paid = Report(Pay(opened.Next(), ByCard).Next(), PaymentOutcome.Succeeded).Commit();

        Assert.Contains(paid.Effects, effect => effect == Moved(
            Id(500), LedgerStep.Assign, PaymentMethod.Card, InWallet,
            new Account(AccountKind.CardGateway, MamaNtilie.Id), 50_000));
    }

    private static Decision<Session> Open(OpenHosted command, KnownRegister? register) =>
        Session.Initial.OpenHosted(command, Facts, ShopIds, Noon, register);

    private static Decision<Session> Paid(Decision<Session> opened) =>
        Report(Pay(opened.Next()).Next(), PaymentOutcome.Succeeded);
}
