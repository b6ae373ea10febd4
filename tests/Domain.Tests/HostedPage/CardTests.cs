using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.Tests.HostedPage.WebShop;

namespace JikoXpress.Domain.Tests.HostedPage;

/// <summary>A customer pays on a card gateway's page, or thinks better of it.</summary>
public sealed class CardTests
{
    private const string Page = "https://gateway.example/page/1";

    private static readonly SessionFacts Cards = Facts with { TakesCards = true };
    private static readonly Account AtGateway = new(AccountKind.CardGateway, MamaNtilie.Id);

    [Theory]
    [InlineData(true, true, "mobile_money card")]
    [InlineData(true, false, "card")]
    [InlineData(false, true, "mobile_money")]
    public void A_session_has_the_methods_that_work(bool cards, bool phones, string methods) => Assert.Equal(
        methods.Split(' '),
        Opened(Open(Ask, Facts with { TakesCards = cards, TakesMobileMoney = phones })).Opening.Hosted!.Methods);

    [Fact]
    public void A_subscription_is_begun_by_the_phone_that_is_asked_later()
    {
        var monthly = Ask with { Mode = "subscription", Plan = new SubscriptionPlan("month") };

        Assert.Equal([HostedWords.MobileMoney], Opened(Open(monthly, Cards)).Opening.Hosted!.Methods);
        Assert.Equal(
            "payment-method-not-allowed", Open(monthly with { PaymentMethodTypes = ["card"] }, Cards).Code());
    }

    [Theory]
    [InlineData("card", true, null)]
    [InlineData("card", false, "payment-method-not-allowed")]
    [InlineData("mobile_money", true, "mobile-money-unavailable")]
    public void A_shop_that_names_its_methods_gets_one_of_them_or_a_refusal(string named, bool cards, string? code)
    {
        var facts = Facts with { TakesCards = cards, TakesMobileMoney = false };
        var opened = Open(Ask with { PaymentMethodTypes = [named] }, facts);

        if (code is null) opened.Commit();
        else Assert.Equal(code, opened.Code());
    }

    [Fact]
    public void The_gateway_makes_a_page_and_its_yes_is_a_sale()
    {
        var asking = Pay(Open(Ask, Cards).Next(), ByCard).Commit();
        var start = Assert.Single(asking.Effects.OfType<Effect.StartAttempt>());
        Assert.Equal(("cards", null), (start.Attempt.Adapter, start.Attempt.PhoneNumber));
        Assert.Equal(new CardPage(PageUrl), start.Attempt.Card);
        Assert.Equal("pending", Opened(asking).HostedPaymentStatus);
        Assert.Null(Opened(asking).CardPage);

        var shown = Shown(asking.Next);
        Assert.Equal(Page, ((Session.Opened)shown).CardPage);
        Assert.Equal(shown, StateJson.Read<Session>(StateJson.Write(shown)));

        var paid = Report(shown, PaymentOutcome.Succeeded).Commit();
        var sale = Assert.IsType<Session.Confirmed>(paid.Next);
        Assert.Equal((PaymentMethod.Card, PaymentStatus.Paid), (sale.Payments[0].Method, sale.Payments[0].Status));
        Assert.Null(sale.CardPage);
        Assert.Contains(paid.Effects, effect => effect == Moved(
            Id(500), LedgerStep.Pay, PaymentMethod.Card, AtGateway,
            new Account(AccountKind.Sales, MamaNtilie.Id), 50_000));
    }

    [Fact]
    public void The_customer_comes_back_where_the_page_says()
    {
        var asking = Pay(Open(Ask, Cards).Next(), ByCard with { ReturnUrl = "https://shop.example/back" });

        Assert.Equal("https://shop.example/back", Opened(asking).CardPageOf(Reference(1))?.ReturnTo);
        Assert.Null(Opened(Pay(Open(Ask).Next())).CardPageOf(Reference(1)));
        Assert.Null(Opened(asking).CardPageOf(Reference(2)));
    }

    [Fact]
    public void A_page_that_is_open_is_the_same_page_until_the_time_to_pay_is_over()
    {
        var shown = Shown(Pay(Open(Ask, Cards).Next(), ByCard).Next());

        Assert.IsType<Decision<Session>.Unchanged>(Pay(shown, ByCard, Noon + 4.Minutes + 59.Seconds, push: 2));
        var again = Opened(Pay(shown, ByCard, Noon + 5.Minutes, push: 2));
        Assert.Equal(2, again.Payments[0].Attempts!.Count);
        Assert.Null(again.CardPage);
    }

    [Fact]
    public void After_a_no_of_the_bank_the_customer_pays_by_phone()
    {
        var refused = Report(Shown(Pay(Open(Ask, Cards).Next(), ByCard).Next()), PaymentOutcome.Failed).Next();
        Assert.Equal(("open", "failed"), (Opened(refused).HostedStatus, Opened(refused).HostedPaymentStatus));

        var paid = Report(Pay(refused, at: Noon + 7.Minutes, push: 2).Next(), PaymentOutcome.Succeeded, push: 2);
        Assert.Equal(PaymentMethod.MobileMoney, Opened(paid).Payments[0].Method);
        Assert.Contains(paid.Commit().Effects, effect => effect == Moved(
            Id(500), LedgerStep.Pay, PaymentMethod.MobileMoney, new Account(AccountKind.MobileMoney, MamaNtilie.Id),
            new Account(AccountKind.Sales, MamaNtilie.Id), 50_000));
    }

    [Fact]
    public void Who_left_the_page_and_pays_by_phone_gets_back_what_the_card_pays_later()
    {
        var both = Pay(Shown(Pay(Open(Ask, Cards).Next(), ByCard).Next()), at: Noon + 1.Minutes, push: 2).Next();
        var paid = Report(both, PaymentOutcome.Succeeded, push: 2).Next();

        var late = Report(paid, PaymentOutcome.Succeeded).Commit();

        var refund = Assert.Single(late.Effects.OfType<Effect.StartRefund>());
        Assert.Equal(("cards", new Money(50_000)), (refund.Attempt.Adapter, refund.Refund.Amount));
        Assert.Contains(late.Effects, effect => effect is Effect.Transfer { Movement: { Method: PaymentMethod.Card } move }
            && move.Debit == AtGateway && move.Credit.Kind is AccountKind.Suspense);
        Assert.Equal(PaymentMethod.MobileMoney, Opened(late).Payments[0].Method);

        var back = late.Next.Refunded(refund.Refund.Reference, Noon + 8.Minutes).Commit();
        Assert.Contains(back.Effects, effect => effect is Effect.Transfer { Movement.Credit: var to } && to == AtGateway);
        Assert.Equal(PaymentMethod.MobileMoney, Opened(back).Payments[0].Method);
    }

    [Fact]
    public void A_phone_that_rings_is_waited_for_before_a_card_is_asked() => Assert.Equal(
        "payment-in-progress",
        Pay(Pay(Open(Ask, Cards).Next()).Next(), ByCard, Noon + 1.Minutes, push: 2).Code());

    [Fact]
    public void What_the_session_does_not_take_is_refused()
    {
        Assert.Equal("payment-method-not-allowed", Pay(Open(Ask).Next(), ByCard).Code());
        Assert.Equal(
            "payment-method-not-allowed",
            Open(Ask, Cards).Next().PayHosted(ByCard, MamaNtilie, pushes: null, Noon).Code());
    }

    [Fact]
    public void A_card_on_the_kitchens_terminal_is_what_staff_say_it_is()
    {
        var card = new Payment(
            Id(1), PaymentMethod.Card, new Money(1_000), PaymentStatus.Pending, null, null, null, null, null, null);

        Assert.Equal((true, false), (card.IsAttested, card.IsByPhone));
        Assert.True(card.IsFinalAtOnce(Channel.Pos));
        var atGateway = card with { Attempts = [] };
        Assert.Equal((false, true), (atGateway.IsAttested, atGateway.IsByPhone));
        Assert.False(atGateway.IsFinalAtOnce(Channel.Hosted));
    }

    private static Session Shown(Session asking) => asking.Report(
        new PaymentReport(Reference(1), PaymentOutcome.Pending, Proof.Queried, ProviderReference: "SIM-1", CardPage: Page),
        OrderId, LateMoney.GoesBack, Noon).Next();

    private static Session.Opened Opened(Decision<Session> decision) => (Session.Opened)decision.Next();

    private static Session.Opened Opened(Session session) => (Session.Opened)session;
}
