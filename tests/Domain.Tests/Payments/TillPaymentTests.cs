using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Tests.Payments;

/// <summary>Payments on a till number: the guest pays from the phone's menu, and the till tells.</summary>
public sealed class TillPaymentTests
{
    private static readonly Decision<Session>.Commit Open = Tills.Opened(Cash(3_000), Tills.By(Tills.TillVoda, 5_000));
    private static readonly Session Waiting = Second(Open.Next);

    [Fact]
    public void It_waits_with_a_reference_and_rings_no_phone()
    {
        var pending = Assert.IsType<Session.Pending>(Open.Next);
        var payment = pending.Payments[1];

        Assert.Equal([PaymentStatus.Held, PaymentStatus.Pending], pending.PaymentStatuses);
        Assert.Equal((true, false, null), (payment.IsAtTill, payment.IsAttested, payment.DeviceId));
        var start = Assert.Single(Open.Effects.OfType<Effect.StartAttempt>());
        Assert.Equal((Tills.Till, AttemptStatus.Offered), (start.Attempt.Adapter, start.Attempt.Status));
    }

    [Fact]
    public void The_phone_that_is_to_pay_is_kept_for_the_match()
    {
        var open = Tills.Opened(Tills.By(Tills.TillVoda, 8_000, phone: "+255754000111"));

        var attempt = Assert.Single(open.Effects.OfType<Effect.StartAttempt>()).Attempt;
        Assert.Equal(("+255754000111", AttemptStatus.Offered), (attempt.PhoneNumber, attempt.Status));
    }

    [Fact]
    public void What_the_till_tells_confirms_and_is_booked_on_the_kitchens_channel()
    {
        var told = Waiting.Hears(Tills.Told(5_000, reference: Phones.Second)).Commit();

        Assert.IsType<Session.Confirmed>(told.Next);
        Assert.Equal(5_000, told.Effects.Balance(AccountKind.KitchenChannel));
        Assert.Equal(0, told.Effects.Balance(AccountKind.MobileMoney));
        Assert.All(
            told.Effects.OfType<Effect.Transfer>().Where(each => each.Movement.Debit.Kind is AccountKind.KitchenChannel),
            each => Assert.Null(each.Movement.TillId));
        Assert.IsType<Decision<Session>.Unchanged>(told.Next.Hears(Tills.Told(5_000, reference: Phones.Second)));
    }

    [Fact]
    public void More_than_is_due_goes_back_from_the_channel()
    {
        var told = Waiting.Hears(Tills.Told(5_500, reference: Phones.Second)).Commit();

        var refund = Assert.Single(told.Effects.OfType<Effect.StartRefund>());
        Assert.Equal((Tills.Till, new Money(500)), (refund.Attempt.Adapter, refund.Refund.Amount));
        Assert.Equal(5_500, told.Effects.Balance(AccountKind.KitchenChannel));
        Assert.Equal(-500, told.Effects.Balance(AccountKind.Suspense));
        var back = told.Next.Refunded(refund.Refund.Reference, Noon + 2.Minutes).Commit();
        Assert.Equal((-500, 500), (
            back.Effects.Balance(AccountKind.KitchenChannel), back.Effects.Balance(AccountKind.Suspense)));
    }

    [Fact]
    public void Less_than_is_due_is_in_suspense_until_the_rest_comes()
    {
        var little = Waiting.Hears(Tills.Told(4_000, reference: Phones.Second)).Commit();
        var rest = little.Next.Hears(Tills.Told(1_000, "9A12BC3DEG", Phones.Second)).Commit();

        Assert.IsType<Session.Confirmed>(rest.Next);
        Assert.Equal(5_000, little.Effects.Concat(rest.Effects).Balance(AccountKind.KitchenChannel));
        Assert.Equal(0, little.Effects.Concat(rest.Effects).Balance(AccountKind.Suspense));
    }

    [Fact]
    public void Too_late_it_goes_back()
    {
        var over = Waiting.AsOf(Noon + 7.Minutes);
        var late = over.Hears(Tills.Told(5_000, reference: Phones.Second), Noon + 8.Minutes).Commit();

        Assert.Equal(SessionStatus.Expired, Assert.IsType<Session.Ended>(late.Next).Status);
        Assert.Equal(-5_000, late.Effects.Balance(AccountKind.Suspense));
        Assert.Single(late.Effects.OfType<Effect.StartRefund>());
    }

    [Fact]
    public void When_it_is_over_its_reference_fits_no_notification_any_more()
    {
        var cancelled = Waiting.Cancel(new CancelSession(Cashier), Noon + 1.Minutes).Commit();

        Assert.Contains(new Effect.CloseAttempt(Phones.Second, AttemptStatus.Failed), cancelled.Effects);
        Assert.Equal(
            [PaymentStatus.ToReturn, PaymentStatus.Released], cancelled.Next.PaymentStatuses);
    }

    [Fact]
    public void No_phone_can_be_rung_for_it()
    {
        var ring = new InitiatePayment(Cashier, Id(301), "+255754000111");

        Assert.Equal("payment-not-pending", Waiting.Initiate(ring, Phones.Later, Noon + 1.Minutes).Code());
    }

    [Fact]
    public void An_order_that_it_has_paid_is_refunded_through_suspense()
    {
        var paid = Tills.Opened(Tills.By(Tills.TillVoda, 8_000)).Next.Hears(Tills.Told(8_000)).Next();
        var back = paid.RefundOrder(
            new RefundOrder(Cashier, null, new Money(3_000), "Cold"), Noon + 5.Minutes).Commit();

        Assert.Equal(-3_000, back.Effects.Balance(AccountKind.Suspense));
        Assert.Equal(Tills.Till, Assert.Single(back.Effects.OfType<Effect.StartRefund>()).Attempt.Adapter);
    }

    [Fact]
    public void The_kitchens_own_account_rings_the_phone_without_any_other_aggregator()
    {
        var open = Tills.Opened(Tills.By(Tills.OwnAccount, 8_000, phone: "+255754000111"));

        var start = Assert.Single(open.Effects.OfType<Effect.StartAttempt>());
        Assert.Equal(
            ("mama", AttemptStatus.Sent, "+255754000111"),
            (start.Attempt.Adapter, start.Attempt.Status, start.Attempt.PhoneNumber));
        var paid = open.Next.Hears(Phones.Says(PaymentOutcome.Succeeded, 8_000)).Commit();
        Assert.IsType<Session.Confirmed>(paid.Next);
        Assert.Equal(8_000, paid.Effects.Balance(AccountKind.KitchenChannel));
        var declined = open.Next.Hears(Phones.Says(PaymentOutcome.Failed)).Next();
        Assert.Equal(SessionStatus.Failed, Assert.IsType<Session.Ended>(declined).Status);
    }

    [Fact]
    public void Without_a_phone_the_own_account_has_a_reference_and_can_be_rung_later()
    {
        var open = Tills.Opened(Tills.By(Tills.OwnAccount, 8_000)).Next;
        var pushes = Phones.Later with { Adapter = null };

        var rung = open.Initiate(new InitiatePayment(Cashier, Id(300), "+255754000111"), pushes, Noon + 1.Minutes).Next();
        Assert.Equal(("mama", AttemptStatus.Sent), (rung.Attempt().Adapter, rung.Attempt().Status));
    }

    [Fact]
    public void An_account_that_the_installation_does_not_have_takes_nothing()
    {
        var facts = Tills.Facts with { Accounts = new HashSet<string>() };

        Assert.Equal(
            ["mobile-money-unavailable"],
            SessionQuotes.Price(PayNow(Tills.By(Tills.OwnAccount, 8_000)), facts).Refusals.Select(each => each.Code));
    }

    [Fact]
    public void Each_shape_has_what_it_needs_and_nothing_else()
    {
        Assert.Empty(ChannelShapeRules.Broken(Tills.TillVoda));
        Assert.Empty(ChannelShapeRules.Broken(Tills.OwnAccount));
        Assert.Empty(ChannelShapeRules.Broken(LipaVoda));
        Assert.Equal(["field-required"], Codes(Tills.TillVoda with { TillNumber = null }));
        Assert.Equal(["till-number-invalid"], Codes(Tills.TillVoda with { TillNumber = "12" }));
        Assert.Equal(["till-number-invalid"], Codes(LipaVoda with { TillNumber = "12a4" }));
        Assert.Equal(["network-unknown"], Codes(Tills.TillVoda with { Provider = "SAFARICOM" }));
        Assert.Empty(Codes(Tills.TillVoda with { Provider = "Mixx by Yas" }));
        Assert.Equal(["field-required"], Codes(Tills.OwnAccount with { Account = null }));
        Assert.Equal(["account-unknown"], Codes(LipaVoda with { Account = "mama" }));
        Assert.Null(new PaymentMethodChange(Shape: ChannelShape.Attested).Of(Tills.OwnAccount).Account);

        static IEnumerable<string> Codes(KitchenPaymentMethod method) =>
            ChannelShapeRules.Broken(method).Select(each => each.Code);
    }

    /// <summary>The second payment has the second reference; the first one rings nothing.</summary>
    private static Session Second(Session session)
    {
        Assert.Equal(Phones.Second, session.Attempt(1).Reference);
        return session;
    }
}
