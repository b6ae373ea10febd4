using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.Tests.HostedPage.WebShop;
using static JikoXpress.Domain.Tests.Orders.TableOrders;

namespace JikoXpress.Domain.Tests.HostedPage;

/// <summary>A guest pays a slip by phone on its page, before the cashier's turn or instead of it.</summary>
public sealed class SlipPageTests
{
    private static readonly HostedTerms Terms = Assert.IsType<HostedTerms>(((Session.Opened)Slip).PageTerms);

    private static readonly PayHosted PayByPhone =
        new(HostedDecisions.PageOf(SessionId), Terms.PageKey, HostedWords.MobileMoney, Phone);

    private static TimeSpan Timeout => MamaNtilie.Settings.PaymentTimeout;

    [Fact]
    public void The_page_says_what_the_slip_does()
    {
        Assert.Equal(("0147-9", "TZS", Noon + 15.Minutes), (Terms.CheckoutRef, Terms.Currency, Terms.ExpiresAt));
        Assert.Equal([new ShopLine("Pilau", new Money(4_000), 2)], Terms.LineItems);
        Assert.Equal([HostedWords.MobileMoney], Terms.Methods);
        Assert.Equal(22, Terms.PageKey.Length);
        Assert.DoesNotContain("0123456789ABC", Terms.PageKey, StringComparison.Ordinal);
        Assert.Null(((Session.Opened)Open(PayNow(Mobile(8_000))).Next()).PageTerms);
    }

    [Fact]
    public void The_phone_is_rung_for_the_whole_slip_which_is_locked_to_it()
    {
        var (next, effects) = Pay(PayByPhone, Noon + 2.Minutes).Commit();

        var locked = Assert.IsType<Session.Pending>(next);
        Assert.Equal(new SlipAttempt(Id(201), PayByPhone.By, Noon + 2.Minutes + Timeout), locked.Attempt);
        var payment = Assert.Single(locked.Payments);
        Assert.Equal(
            (PaymentMethod.MobileMoney, new Money(8_000), PaymentStatus.Pending, Phone),
            (payment.Method, payment.Amount, payment.Status, payment.PhoneNumber));
        Assert.Single(effects.OfType<Effect.StartAttempt>());
        Assert.Single(effects.OfType<Effect.ExtendReserved>());
        Assert.Equal(HostedStand.Asking, locked.StandOnPage(Timeout, Noon + 3.Minutes));
        Assert.Equal("pending", locked.HostedPaymentStatus);
        Assert.Equal(
            "slip-payment-in-progress", Fixtures.Pay(next, PaySlip(Cash(8_000)), Noon + 3.Minutes).Code());
        Assert.Equal("slip-payment-in-progress", Pay(PayByPhone, Noon + 3.Minutes, locked).Code());
    }

    [Fact]
    public void The_phones_money_makes_the_order()
    {
        var ringing = Pay(PayByPhone, Noon + 2.Minutes).Next();

        var (paid, effects) = Told(ringing, PaymentOutcome.Succeeded, Noon + 3.Minutes).Commit();

        Assert.IsType<Session.Confirmed>(paid);
        Assert.Equal(OrderStatus.Placed, Assert.Single(effects.OfType<Effect.PlaceOrder>()).Order.Status);
        Assert.Contains(new Effect.SellReserved(SessionId), effects);
        Assert.Equal("already-confirmed", Pay(PayByPhone, Noon + 4.Minutes, paid).Code());
        Assert.Equal(HostedStand.Paid, ((Session.Opened)paid).StandOnPage(Timeout, Noon + 4.Minutes));
    }

    [Fact]
    public void After_a_no_the_slip_is_as_before_and_the_page_says_why()
    {
        var ringing = Pay(PayByPhone, Noon + 2.Minutes).Next();

        var declined = Assert.IsType<Session.Pending>(
            Told(ringing, PaymentOutcome.Failed, Noon + 3.Minutes).Next());

        Assert.Null(declined.Attempt);
        Assert.Equal(HostedStand.Payable, declined.StandOnPage(Timeout, Noon + 3.Minutes));
        Assert.Equal(("failed", "Wrong PIN"), (declined.HostedPaymentStatus, declined.HostedFailureReason));
        Assert.IsType<Session.Confirmed>(
            Fixtures.Pay(declined, PaySlip(Cash(8_000)), Noon + 4.Minutes, attempt: 2).Next());
        Assert.IsType<Session.Pending>(Pay(PayByPhone, Noon + 4.Minutes, declined, attempt: 2).Next());
    }

    [Fact]
    public void While_a_cashier_takes_the_money_the_page_waits()
    {
        var atTill = (Session.Opened)Fixtures.Pay(
            Slip, PaySlip(Cash(3_000), AppWallet(5_000)), Noon + 2.Minutes).Next();

        Assert.Equal(HostedStand.AtCashier, atTill.StandOnPage(Timeout, Noon + 3.Minutes));
        Assert.Equal("pending", atTill.HostedPaymentStatus);
        Assert.Equal("slip-payment-in-progress", Pay(PayByPhone, Noon + 3.Minutes, atTill).Code());
    }

    [Fact]
    public void A_silent_phone_keeps_the_slip_until_the_network_was_asked_a_last_time_and_everybody_is_told_so()
    {
        var ringing = (Session.Pending)Pay(PayByPhone, Noon + 2.Minutes).Next();
        var until = Noon + 2.Minutes + Timeout + SessionDeadlines.Grace;

        var refused = Assert.IsType<Decision<Session>.Refuse>(
            Fixtures.Pay(ringing, PaySlip(Cash(8_000)), until - 1.Seconds)).Refusals[0];
        Assert.Equal(SessionRefusals.SlipPaymentInProgress(until), refused);
        Assert.Equal(HostedStand.Asking, ringing.StandOnPage(Timeout, until - 1.Seconds));
        Assert.Equal(Phone, ringing.AskedPhone(Timeout, until - 1.Seconds)?.PhoneNumber);

        var free = (Session.Opened)ringing.AsOf(until);
        Assert.Equal(HostedStand.Payable, free.StandOnPage(Timeout, until));
        Assert.IsType<Session.Confirmed>(Fixtures.Pay(free, PaySlip(Cash(8_000)), until, attempt: 2).Next());
    }

    [Fact]
    public void A_cashier_takes_the_money_instead_of_a_phone_and_what_that_pays_goes_back()
    {
        var ringing = Pay(PayByPhone, Noon + 2.Minutes).Next();

        var (sold, effects) = Fixtures.Pay(
            ringing, PaySlip(Cash(8_000)) with { InsteadOfPhone = true }, Noon + 3.Minutes, attempt: 2).Commit();

        var confirmed = Assert.IsType<Session.Confirmed>(sold);
        Assert.Single(effects.OfType<Effect.SellReserved>());
        Assert.Single(effects.OfType<Effect.PlaceOrder>());
        Assert.Contains(
            new TimelineEntry(TimelineEntryKind.PaymentLapsed, Noon + 3.Minutes, Cashier), confirmed.Timeline);
        var (late, back) = Told(confirmed, PaymentOutcome.Succeeded, Noon + 4.Minutes).Commit();
        Assert.Equal(new Money(8_000), Assert.Single(back.OfType<Effect.StartRefund>()).Refund.Amount);
        Assert.Equal((new Money(8_000), true), (((Session.Opened)late).MoneyGivenBack, ((Session.Opened)late).IsGivingBack));
    }

    [Fact]
    public void A_cashier_who_asked_the_wrong_phone_asks_another_one_and_gives_back_what_was_taken()
    {
        var first = Slip.ConfirmSlip(
            PaySlip(Cash(3_000), Mobile(5_000) with { PhoneNumber = Phone }), Facts, Ids(1), Noon + 2.Minutes).Next();
        var instead = PaySlip(Mobile(8_000) with { PhoneNumber = Phone }) with { InsteadOfPhone = true };

        var (next, effects) = first.ConfirmSlip(instead, Facts, Ids(2), Noon + 3.Minutes).Commit();

        var locked = Assert.IsType<Session.Pending>(next);
        Assert.Equal(Noon + 3.Minutes + Timeout, locked.Attempt?.ExpiresAt);
        Assert.Equal(new Money(8_000), Assert.Single(effects.OfType<Effect.StartAttempt>()).Amount);
        Assert.Equal(PaymentStatus.ToReturn, locked.Payments[0].Status);
    }

    [Fact]
    public void Nothing_else_ends_a_payment_that_waits()
    {
        var ringing = Pay(PayByPhone, Noon + 2.Minutes).Next();

        Assert.Equal(
            "payments-total-mismatch",
            Fixtures.Pay(
                ringing, PaySlip(Cash(7_000)) with { InsteadOfPhone = true }, Noon + 3.Minutes, attempt: 2).Code());
        Assert.Equal("slip-payment-in-progress", Pay(PayByPhone, Noon + 3.Minutes, ringing, attempt: 2).Code());
    }

    [Fact]
    public void The_page_says_what_the_phone_is_asked_for_and_not_what_the_slip_costs()
    {
        var payments = PaySlip(Cash(3_000), Mobile(5_000) with { PhoneNumber = Phone });
        var split = (Session.Opened)Slip.ConfirmSlip(payments, Facts, Ids(1), Noon + 2.Minutes).Next();

        var asked = split.AskedPhone(Timeout, Noon + 2.Minutes);

        Assert.Equal(new Money(5_000), split.AmountOf(asked!));
    }

    [Fact]
    public void A_page_does_not_keep_a_slip_alive_for_ever()
    {
        var late = Pay(PayByPhone, Noon + 14.Minutes).Next();
        var declined = Told(late, PaymentOutcome.Failed, Noon + 16.Minutes).Next();

        Assert.IsType<Session.Pending>(declined);
        Assert.False(((Session.Opened)declined).IsPastItsPage(MamaNtilie.Settings, Noon + 14.Minutes));
        Assert.True(((Session.Opened)declined).IsPastItsPage(MamaNtilie.Settings, Noon + 15.Minutes));
        Assert.Equal("slip-expired", Pay(PayByPhone, Noon + 16.Minutes, declined, attempt: 2).Code());
        Assert.IsType<Session.Confirmed>(
            Fixtures.Pay(declined, PaySlip(Cash(8_000)), Noon + 16.Minutes, attempt: 2).Next());
    }

    [Fact]
    public void At_a_table_staff_approve_what_the_guests_phone_has_paid_and_not_what_a_cashier_has_taken()
    {
        var slip = Open(AtTheTable() with { SessionType = SessionType.Slip, Payments = null }).Next();

        var byGuest = Told(Pay(PayByPhone, Noon + 2.Minutes, slip).Next(), PaymentOutcome.Succeeded, Noon + 3.Minutes);
        var ringing = slip.ConfirmSlip(
            PaySlip(Mobile(8_000) with { PhoneNumber = Phone }), Facts, Ids(1), Noon + 2.Minutes).Next();
        var byCashier = Told(ringing, PaymentOutcome.Succeeded, Noon + 3.Minutes);

        Assert.Equal(OrderStatus.NeedsApproval, StatusOf(byGuest));
        Assert.Equal(OrderStatus.Placed, StatusOf(byCashier));
    }

    [Fact]
    public void What_the_pages_of_a_tables_slips_ring_counts_as_the_tables()
    {
        var slip = Open(AtTheTable() with { SessionType = SessionType.Slip, Payments = null }).Next();

        Assert.Equal(Asker.Of(((Session.Opened)slip).Opening.OpenedBy), AskedBy(slip));
        Assert.True(AskedBy(slip)!.IsGuest);
        Assert.Equal(Asker.Of(PayByPhone.By), AskedBy(Slip));

        static Asker? AskedBy(Session session) => Assert.Single(
            Pay(PayByPhone, Noon + 2.Minutes, session).Commit().Effects.OfType<Effect.StartAttempt>()).AskedBy;
    }

    [Fact]
    public void Who_takes_the_rest_of_a_tables_slip_has_seen_the_order()
    {
        var slip = Open(AtTheTable() with { SessionType = SessionType.Slip, Payments = null }).Next();
        var short_ = Pay(PayByPhone, Noon + 2.Minutes, slip).Next().Report(
            new PaymentReport(Reference(1), PaymentOutcome.Succeeded, Proof.Signed, new Money(3_000), "TZS", "SIM-1"),
            OrderId, LateMoney.GoesBack, Noon + 3.Minutes).Next();

        var rest = short_.ResolveSuspense(
            new ResolveSuspense(Cashier, Reference(1), SuspenseDecision.TakeRest, Payments: [Cash(5_000)]),
            customer: null, Facts, Ids(3), Noon + 4.Minutes);

        Assert.Equal(OrderStatus.Placed, StatusOf(rest));
    }

    public static TheoryData<PayHosted, string> Wrong => new()
    {
        { PayByPhone with { PageKey = PageKey }, "not-found" },
        { PayByPhone with { Method = HostedWords.Card, ReturnUrl = PageUrl }, "payment-method-not-allowed" },
        { PayByPhone with { Amount = new Money(7_999) }, "amount-not-allowed" },
        { PayByPhone with { PhoneNumber = null }, "customer-phone-required" },
        { PayByPhone with { PhoneNumber = "+254712000001" }, "phone-invalid" },
        { PayByPhone with { Collected = new CollectedDetails("Juma") }, "details-not-allowed" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void What_the_page_does_not_take_is_refused(PayHosted command, string code) =>
        Assert.Equal(code, Pay(command, Noon + 2.Minutes).Code());

    [Fact]
    public void Without_an_aggregator_the_page_takes_nothing_and_locks_nothing() => Assert.Equal(
        "mobile-money-unavailable",
        Slip.PaySlip(PayByPhone, Facts, new PaymentIds(Id(201), Fixtures.Ids(320)), Noon).Code());

    [Fact]
    public void The_same_request_rings_once()
    {
        var keyed = PayByPhone with { Operation = new Operation(Id(900), Id(901)) };

        var ringing = Pay(keyed, Noon + 2.Minutes).Next();

        Assert.IsType<Decision<Session>.Replay>(Pay(keyed, Noon + 3.Minutes, ringing));
    }

    private static OrderStatus StatusOf(Decision<Session> paid) =>
        Assert.Single(paid.Commit().Effects.OfType<Effect.PlaceOrder>()).Order.Status;

    private static PaymentIds Ids(int attempt) => new(
        Id(200 + attempt), Fixtures.Ids(300 + 20 * attempt),
        new Pushes(
            "simulator",
            [new PushId(Id(600 + attempt), Reference(attempt)), new PushId(Id(620 + attempt), Reference(20 + attempt))]));

    private static Decision<Session> Pay(
        PayHosted command, DateTimeOffset at, Session? slip = null, int attempt = 1) =>
        (slip ?? Slip).PaySlip(command, Facts, Ids(attempt), at);

    private static Decision<Session> Told(Session session, PaymentOutcome outcome, DateTimeOffset at) => session.Report(
        new PaymentReport(
            Reference(1), outcome, Proof.Signed, new Money(8_000), "TZS", "SIM-1", Reason: "Wrong PIN"),
        OrderId, LateMoney.GoesBack, at);
}
