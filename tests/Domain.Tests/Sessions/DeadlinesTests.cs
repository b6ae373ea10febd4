using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Tests.Payments;

namespace JikoXpress.Domain.Tests.Sessions;

/// <summary>The clock decides, whoever looks and however late.</summary>
public sealed class DeadlinesTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly Session PaidLate = Pay(Slip, PaySlip(Mobile(8_000)), Noon + 14.Minutes).Next();
    private static readonly Session Waiting = Open(PayNow(Cash(3_000), Mobile(5_000))).Next();

    public static TheoryData<string, Session, TimeSpan, EndReason> Deadlines => new()
    {
        { "a payment", Waiting, 5.Minutes, EndReason.PaymentTimeout },
        { "a slip", Slip, 15.Minutes, EndReason.SlipTimeout },
        { "a slip being paid late", PaidLate, 19.Minutes, EndReason.SlipTimeout },
    };

    [Theory, MemberData(nameof(Deadlines))]
    public void At_its_deadline_and_not_before_a_session_expires(
        string what, Session session, TimeSpan after, EndReason reason)
    {
        Assert.NotEmpty(what);
        var deadline = Noon + after;

        Assert.Equal(deadline, session.Deadline);
        Assert.IsType<Decision<Session>.Unchanged>(session.Expire(deadline - Tick));
        Assert.Same(session, session.AsOf(deadline - Tick));
        foreach (var look in new[] { deadline, deadline + Tick, deadline + TimeSpan.FromDays(400) })
        {
            var ended = Assert.IsType<Session.Ended>(session.AsOf(look));
            Assert.Equal((SessionStatus.Expired, reason, deadline), (ended.Status, ended.Reason, ended.At));
            Assert.Equal(new TimelineEntry(TimelineEntryKind.Expired, deadline, Caller.Clock), ended.Timeline[^1]);
        }
    }

    [Fact]
    public void The_clock_gives_back_what_a_caller_s_end_would()
    {
        var byClock = Waiting.Expire(Noon + 5.Minutes).Commit();
        var byCaller = Waiting.Cancel(new CancelSession(Cashier), Noon + 4.Minutes).Commit();

        Assert.Equal(byCaller.Effects.SkipLast(1), byClock.Effects.SkipLast(1));
        Assert.Equal(
            new Effect.Publish(
                MamaNtilie.Id, new KitchenEvent.SessionEnded(SessionId, SessionStatus.Expired, "PAYMENT_TIMEOUT")),
            byClock.Effects[^1]);
    }

    [Fact]
    public void An_attempt_expires_before_its_slip()
    {
        Assert.Equal(Noon + 7.Minutes, SlipBeingPaid.Deadline);
        Assert.IsType<Decision<Session>.Unchanged>(SlipBeingPaid.Expire(Noon + 7.Minutes - Tick));
        Assert.Equal(Noon + 15.Minutes, SlipBeingPaid.AsOf(Noon + 7.Minutes).Deadline);
    }

    [Fact]
    public void Looked_at_late_a_slip_has_been_through_the_same_as_if_it_had_been_watched()
    {
        var watched = SlipBeingPaid.Expire(Noon + 7.Minutes).Commit();
        var thenEnded = watched.Next.Expire(Noon + 15.Minutes).Commit();
        var lookedAtLate = SlipBeingPaid.Expire(Noon + 60.Minutes).Commit();

        Assert.Equal(thenEnded.Next, lookedAtLate.Next);
        Assert.Equivalent(watched.Effects.Concat(thenEnded.Effects), lookedAtLate.Effects, strict: true);
    }

    [Fact]
    public void An_attempt_that_ends_with_its_slip_tells_of_the_slip_s_end_alone() => Assert.Equal(
        [TimelineEntryKind.Opened, TimelineEntryKind.PaymentStarted, TimelineEntryKind.Expired],
        PaidLate.AsOf(Noon + 19.Minutes).Story);

    [Fact]
    public void What_is_over_has_no_deadline()
    {
        foreach (var over in new[] { Session.Initial, Open(PayNow(Cash(8_000))).Next(), Slip.AsOf(Noon + 15.Minutes) })
        {
            Assert.Null(over.Deadline);
            Assert.Same(over, over.AsOf(DateTimeOffset.MaxValue));
            Assert.IsType<Decision<Session>.Unchanged>(over.Expire(DateTimeOffset.MaxValue));
        }
    }

    [Fact]
    public void The_clock_s_decision_comes_before_any_other()
    {
        var late = Noon + 15.Minutes;

        Assert.Throws<InvalidOperationException>(() => Pay(Slip, PaySlip(Cash(8_000)), late));
        Assert.Throws<InvalidOperationException>(() => Slip.Cancel(new CancelSession(Cashier), late));
        Assert.Throws<InvalidOperationException>(() => Slip.ExpireEarly(new ExpireSession(Cashier), late));
        Assert.Throws<InvalidOperationException>(() => Slip.ReturnMoney(new ReturnMoney(Cashier), late));
        Assert.Throws<InvalidOperationException>(() => Slip.Reissue(Cashier, null, late));
        Assert.Throws<InvalidOperationException>(() => Slip.Hears(Phones.Says(PaymentOutcome.Failed), late));
        Assert.Throws<InvalidOperationException>(() => Slip.Refunded("JR000000000000000001", late));
        Assert.Throws<InvalidOperationException>(() => Slip.Initiate(
            new InitiatePayment(Cashier, Id(300), "+255754000111"), Phones.Pushes, late));
        Assert.Throws<InvalidOperationException>(() => Slip.Authorize(
            new AuthorizePayment(Neema, LiveMode: true, Id(300)), OrderId, late));
        Assert.Throws<InvalidOperationException>(() => Slip.ResolveSuspense(
            new ResolveSuspense(Cashier, Phones.First, SuspenseDecision.Refund), null, Facts,
            new PaymentIds(OrderId, Ids(330)), late));
        Assert.IsType<Session.Confirmed>(Pay(Slip, PaySlip(Cash(8_000)), late - Tick).Next());
    }
}
