using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.Sessions.Payments.PaymentOutcome;

namespace JikoXpress.Domain.Tests.Payments;

/// <summary>Mobile money that no order can have as it came, and who decides about it.</summary>
public sealed class ParkingTests
{
    private static readonly Guid Customer = Id(77);
    private static readonly Session Waiting = Phones.Ringing(Mobile(8_000));
    private static readonly Session Over = Waiting.AsOf(Noon + 6.Minutes);
    private static readonly LateMoney Manual = new(LatePaymentPolicy.Manual);

    private static readonly Session LateAndWaiting = Late(Manual).Next();
    private static readonly Session Short = Waiting.Hears(Phones.Says(Succeeded, 7_900)).Next();

    [Theory]
    [InlineData(LatePaymentPolicy.Refund, true)]
    [InlineData(LatePaymentPolicy.Refund, false)]
    [InlineData(LatePaymentPolicy.CreditKitchenWallet, false)]
    public void Late_money_goes_back_unless_a_balance_may_have_it(LatePaymentPolicy policy, bool known)
    {
        var late = Late(new LateMoney(policy, known ? Customer : null)).Commit();

        Assert.Equal(new Money(8_000), Assert.Single(late.Effects.OfType<Effect.StartRefund>()).Refund.Amount);
        Assert.Equal(0, late.Effects.Balance(AccountKind.KitchenWallet));
        Assert.Equal(-8_000, late.Effects.Balance(AccountKind.Suspense));
    }

    [Fact]
    public void It_goes_onto_the_balance_of_whom_the_phone_belongs_to()
    {
        var late = Late(new LateMoney(LatePaymentPolicy.CreditKitchenWallet, Customer)).Commit();

        Assert.Equal(SessionStatus.Expired, Assert.IsType<Session.Ended>(late.Next).Status);
        Assert.Equal(new WalletCredit(Customer, new Money(8_000)), late.Next.Attempt().Credit);
        Assert.Equal(-8_000, late.Effects.Balance(AccountKind.KitchenWallet));
        Assert.Contains(
            new Effect.Publish(
                MamaNtilie.Id,
                new KitchenEvent.PaymentInSuspense(SessionId, Phones.First, new Money(8_000), "LATE")),
            late.Effects);
        Assert.Equal(0, late.Effects.Balance(AccountKind.Suspense));
        Assert.Empty(late.Effects.OfType<Effect.StartRefund>());
        Assert.IsType<Decision<Session>.Unchanged>(late.Next.Hears(Phones.Says(Succeeded, 8_000)));
    }

    [Fact]
    public void It_waits_for_a_decision_where_the_kitchen_wants_to_decide()
    {
        var late = Late(Manual).Commit();

        Assert.Equal(SuspenseReason.Late, late.Next.Attempt().InSuspense);
        Assert.Contains(
            new Effect.CloseAttempt(
                Phones.First, AttemptStatus.Succeeded,
                new SuspendedMoney(SuspenseReason.Late, new Money(8_000), "+255700000000", Noon + 7.Minutes)),
            late.Effects);
        Assert.Empty(late.Effects.OfType<Effect.StartRefund>());
    }

    [Fact]
    public void Whoever_decides_is_on_the_timeline_and_the_second_comes_too_late()
    {
        var refunded = Decide(LateAndWaiting, SuspenseDecision.Refund).Commit();

        Assert.Equal(new Money(8_000), Assert.Single(refunded.Effects.OfType<Effect.StartRefund>()).Refund.Amount);
        Assert.Contains(new Effect.CloseAttempt(Phones.First, AttemptStatus.Succeeded), refunded.Effects);
        var last = ((Session.Opened)refunded.Next).Timeline[^1];
        Assert.Equal((TimelineEntryKind.RefundDecided, Cashier), (last.What, last.By));
        Assert.Equal("payment-not-parked", Decide(refunded.Next, SuspenseDecision.Refund).Code());
        Assert.Equal("payment-not-parked", Decide(refunded.Next, SuspenseDecision.CreditKitchenWallet).Code());
    }

    [Fact]
    public void A_decision_that_is_repeated_with_its_key_is_answered_again()
    {
        var command = new ResolveSuspense(
            Cashier, Phones.First, SuspenseDecision.Refund, Operation: new Operation(Id(900), Id(901)));
        var decided = LateAndWaiting.ResolveSuspense(command, null, Facts, Ids(), Noon + 8.Minutes).Next();

        Assert.IsType<Decision<Session>.Replay>(decided.ResolveSuspense(command, null, Facts, Ids(), Noon + 9.Minutes));
    }

    [Fact]
    public void A_credit_needs_somebody_who_has_a_balance()
    {
        Assert.Equal(
            "kitchen-customer-not-found",
            Decide(LateAndWaiting, SuspenseDecision.CreditKitchenWallet, known: false).Code());
        var credited = Decide(LateAndWaiting, SuspenseDecision.CreditKitchenWallet).Commit();
        Assert.Equal(-8_000, credited.Effects.Balance(AccountKind.KitchenWallet));
        Assert.Equal(8_000, credited.Effects.Balance(AccountKind.Suspense));
    }

    [Fact]
    public void What_fell_short_counts_when_the_rest_is_paid_at_the_till()
    {
        var taken = Decide(Short, SuspenseDecision.TakeRest, payments: [Cash(100)]).Commit();

        var confirmed = Assert.IsType<Session.Confirmed>(taken.Next);
        Assert.Equal([PaymentStatus.Paid, PaymentStatus.Paid], confirmed.PaymentStatuses);
        Assert.Equal([new Money(7_900), new Money(100)], confirmed.Payments.Select(payment => payment.Amount));
        Assert.Equal(-8_000, taken.Effects.Balance(AccountKind.Sales));
        Assert.Equal(100, taken.Effects.Balance(AccountKind.Drawer));
        Assert.Equal(7_900, taken.Effects.Balance(AccountKind.Suspense));
        Assert.Single(taken.Effects.OfType<Effect.PlaceOrder>());
        Assert.Equal(
            [TimelineEntryKind.RestTaken, TimelineEntryKind.Confirmed], confirmed.Timeline.TakeLast(2).Select(line =>
                line.What));
    }

    [Fact]
    public void With_another_phone_missing_it_waits_and_goes_back_when_that_one_declines()
    {
        var two = Phones.Ringing(Mobile(3_000), OtherMobile(5_000)).Hears(Phones.Says(Succeeded, 2_900)).Next();
        var taken = Decide(two, SuspenseDecision.TakeRest, payments: [Cash(100)]).Commit();

        Assert.Equal([PaymentStatus.Held, PaymentStatus.Pending, PaymentStatus.Held], taken.Next.PaymentStatuses);
        Assert.Equal(-3_000, taken.Effects.Balance(AccountKind.Pending));
        var over = taken.Next.Hears(Phones.Says(PaymentOutcome.Failed, reference: Phones.Second)).Commit();
        Assert.Equal(
            [PaymentStatus.Refunding, PaymentStatus.Released, PaymentStatus.ToReturn], over.Next.PaymentStatuses);
        Assert.Equal(new Money(2_900), Assert.Single(over.Effects.OfType<Effect.StartRefund>()).Refund.Amount);
    }

    [Fact]
    public void The_rest_is_the_rest_to_the_shilling_in_what_is_there_at_once()
    {
        Assert.Equal("payments-required", Decide(Short, SuspenseDecision.TakeRest).Code());
        Assert.Equal("payments-total-mismatch", Decide(Short, SuspenseDecision.TakeRest, payments: [Cash(99)]).Code());
        Assert.Equal("payments-total-mismatch", Decide(Short, SuspenseDecision.TakeRest, payments: [Cash(101)]).Code());
        Assert.IsType<Session.Confirmed>(
            Decide(Short, SuspenseDecision.TakeRest, payments: [Cash(60), Card(40)]).Next());
        Assert.Equal(
            "payment-method-not-allowed", Decide(Short, SuspenseDecision.TakeRest, payments: [Mobile(100)]).Code());
        Assert.Equal("payments-not-allowed", Decide(Short, SuspenseDecision.Refund, payments: [Cash(100)]).Code());
        Assert.Equal(
            "payment-not-pending", Decide(LateAndWaiting, SuspenseDecision.TakeRest, payments: [Cash(100)]).Code());
    }

    [Fact]
    public void Given_back_it_leaves_the_session_waiting_for_another_phone()
    {
        var back = Decide(Short, SuspenseDecision.Refund).Commit();

        Assert.Equal([PaymentStatus.Pending], Assert.IsType<Session.Pending>(back.Next).PaymentStatuses);
        var again = back.Next.Initiate(
            new InitiatePayment(Cashier, Id(300), "+255754000111"), Phones.Later, Noon + 2.Minutes).Next();
        Assert.Equal(Noon + 6.Minutes, again.Deadline);
        Assert.Equal(
            "payment-in-progress",
            again.Initiate(new InitiatePayment(Cashier, Id(300), "+255754000111"), Phones.Pushes, Noon + 2.Minutes)
                .Code());
        var paid = again.Hears(Phones.Says(Succeeded, 8_000, Phones.Third), Noon + 3.Minutes);
        Assert.IsType<Session.Confirmed>(paid.Next());
    }

    [Theory]
    [InlineData(SuspenseDecision.Refund)]
    [InlineData(SuspenseDecision.CreditKitchenWallet)]
    public void A_session_that_is_over_waits_for_nobody_after_a_decision(SuspenseDecision decision) =>
        Assert.Equal(LateAndWaiting.PaymentStatuses, Decide(LateAndWaiting, decision).Next().PaymentStatuses);

    [Fact]
    public void Credited_it_leaves_the_session_waiting_too()
    {
        var credited = Decide(Short, SuspenseDecision.CreditKitchenWallet).Next();

        Assert.Equal([PaymentStatus.Pending], Assert.IsType<Session.Pending>(credited).PaymentStatuses);
    }

    [Fact]
    public void Undecided_it_goes_back_with_the_end_of_the_session_and_waits_no_longer()
    {
        var ended = Short.Expire(Noon + 5.Minutes).Commit();

        Assert.Equal(new Money(7_900), Assert.Single(ended.Effects.OfType<Effect.StartRefund>()).Refund.Amount);
        Assert.Contains(new Effect.CloseAttempt(Phones.First, AttemptStatus.Succeeded), ended.Effects);
        Assert.Equal("payment-not-parked", Decide(ended.Next, SuspenseDecision.Refund).Code());
    }

    [Fact]
    public void Who_may_not_see_the_session_decides_nothing() => Assert.Equal(
        "not-found",
        LateAndWaiting.ResolveSuspense(
            new ResolveSuspense(
                Stranger, Phones.First, SuspenseDecision.Refund), null, Facts, Ids(), Noon + 8.Minutes).Code());

    [Fact]
    public void What_is_wrong_with_a_decision_is_said_before_who_may_make_it() => Assert.Equal(
        "payments-required",
        Short.ResolveSuspense(
            new ResolveSuspense(Stranger, Phones.First, SuspenseDecision.TakeRest), null, Facts, Ids(),
            Noon + 2.Minutes).Code());

    private static Decision<Session> Late(LateMoney late) =>
        Over.Hears(Phones.Says(Succeeded, 8_000), Noon + 7.Minutes, late);

    private static Decision<Session> Decide(
        Session session, SuspenseDecision decision, Sequence<PaymentRequest>? payments = null, bool known = true) =>
        session.ResolveSuspense(
            new ResolveSuspense(
                Cashier, Phones.First, decision, Payments: payments), known ? Customer : null, Facts, Ids(),
            Noon + (session is Session.Pending ? 2 : 8).Minutes);

    private static PaymentIds Ids() => new(OrderId, Fixtures.Ids(330));
}
