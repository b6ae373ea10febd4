using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.Sessions.Payments.PaymentOutcome;

namespace JikoXpress.Domain.Tests.Payments;

/// <summary>What a decision about money in suspense leaves in the books, in the lists and for the kitchen.</summary>
public sealed class DecisionTests
{
    private static readonly Guid Customer = Id(77);
    private static readonly Session Waiting = Phones.Ringing(Mobile(8_000));
    private static readonly Session Short = Waiting.Hears(Phones.Says(Succeeded, 7_900)).Next();

    private static readonly Session Late = Waiting.AsOf(Noon + 6.Minutes).Hears(
        Phones.Says(Succeeded, 8_000), Noon + 7.Minutes, new LateMoney(LatePaymentPolicy.Manual)).Next();

    [Fact]
    public void A_credit_is_booked_listed_no_more_and_told_to_the_kitchen()
    {
        var credited = Decide(Late, SuspenseDecision.CreditKitchenWallet).Commit();

        Assert.Equal(
            [
                new Effect.CloseAttempt(Phones.First, AttemptStatus.Succeeded),
                Moved(
                    Id(401), LedgerStep.Credit, PaymentMethod.MobileMoney, new(AccountKind.Suspense, MamaNtilie.Id),
                    new(AccountKind.KitchenWallet, Customer), 8_000),
                new Effect.Publish(
                    MamaNtilie.Id,
                    new KitchenEvent.PaymentCredited(SessionId, Phones.First, new Money(8_000), Customer)),
            ],
            credited.Effects);
        Assert.Equal(
            new TimelineEntry(TimelineEntryKind.MoneyCredited, Noon + 8.Minutes, Cashier),
            ((Session.Opened)credited.Next).Timeline[^1]);
        Assert.Equal((new WalletCredit(Customer, new Money(8_000)), null), Of(credited.Next));
    }

    [Fact]
    public void Late_money_that_a_balance_has_at_once_is_on_the_timeline_twice_and_listed_nowhere()
    {
        var late = Waiting.AsOf(Noon + 6.Minutes).Hears(
            Phones.Says(Succeeded, 8_000), Noon + 7.Minutes,
            new LateMoney(LatePaymentPolicy.CreditKitchenWallet, Customer)).Commit();

        Assert.Equal(
            [TimelineEntryKind.MoneyParked, TimelineEntryKind.MoneyCredited], late.Next.Story.TakeLast(2));
        Assert.Equal(
            [new Effect.CloseAttempt(Phones.First, AttemptStatus.Succeeded)],
            late.Effects.OfType<Effect.CloseAttempt>());
        Assert.Contains(
            new Effect.Publish(
                MamaNtilie.Id, new KitchenEvent.PaymentCredited(SessionId, Phones.First, new Money(8_000), Customer)),
            late.Effects);
    }

    [Fact]
    public void The_rest_of_a_payment_in_two_goes_is_what_both_left_and_none_of_them_waits_any_more()
    {
        var first = Phones.Says(Succeeded, 5_000, proof: Proof.Signed);
        var twice = Waiting.Hears(first).Next()
            .Hears(first with { Amount = new Money(2_000), ProviderReference = "SIM-2" }).Next();
        var further = twice.Attempt().Reference;

        Assert.Equal(
            "payments-total-mismatch", Decide(twice, SuspenseDecision.TakeRest, payments: [Cash(3_000)]).Code());
        var taken = Decide(twice, SuspenseDecision.TakeRest, payments: [Cash(1_000)]).Commit();

        Assert.Equal(
            [
                new Effect.CloseAttempt(Phones.First, AttemptStatus.Succeeded),
                new Effect.CloseAttempt(further, AttemptStatus.Succeeded),
            ],
            taken.Effects.OfType<Effect.CloseAttempt>());
        Assert.Equal(
            [new Money(7_000), new Money(1_000)], ((Session.Confirmed)taken.Next).Payments.Select(one => one.Amount));
        Assert.Equal(7_000, taken.Effects.Balance(AccountKind.Suspense));
    }

    [Fact]
    public void A_rest_is_held_against_wallets_as_any_payment_is()
    {
        var much = Waiting.Hears(Phones.Says(Succeeded, 1_000)).Next();

        Assert.Equal(
            ["insufficient-wallet-balance"],
            Decide(much, SuspenseDecision.TakeRest, payments: [Wallet(3_001), Cash(3_999)]).Refusals()
                .Select(refusal => refusal.Code));
        Assert.IsType<Session.Confirmed>(
            Decide(much, SuspenseDecision.TakeRest, payments: [Wallet(3_000), Cash(4_000)]).Next());
    }

    [Fact]
    public void Only_money_that_waits_is_decided_about()
    {
        Assert.Equal("not-found", Decide(Late, SuspenseDecision.Refund, reference: Phones.Second).Code());
        Assert.Equal("payment-not-parked", Decide(Waiting, SuspenseDecision.Refund).Code());
        Assert.Equal(
            "Only TAKE_REST takes further payments.",
            Decide(Short, SuspenseDecision.Refund, payments: [Cash(1)]).Refusals()[0].Sentence);
        Assert.Equal(
            "Say how the rest is paid.",
            Decide(Short, SuspenseDecision.TakeRest).Refusals()[0].Sentence);
    }

    private static (WalletCredit? Credit, SuspenseReason? Why) Of(Session session) =>
        (session.Attempt().Credit, session.Attempt().InSuspense);

    private static Decision<Session> Decide(
        Session session, SuspenseDecision decision, Sequence<PaymentRequest>? payments = null,
        string reference = Phones.First) => session.ResolveSuspense(
        new ResolveSuspense(Cashier, reference, decision, Payments: payments), Customer, Facts,
        new PaymentIds(OrderId, Ids(330)), Noon + (session is Session.Pending ? 2 : 8).Minutes);
}
