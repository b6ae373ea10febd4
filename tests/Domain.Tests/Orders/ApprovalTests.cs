using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Tests.Payments;
using static JikoXpress.Domain.Tests.Orders.TableOrders;

namespace JikoXpress.Domain.Tests.Orders;

/// <summary>Which orders wait for staff, and how they stop waiting.</summary>
public sealed class ApprovalTests
{
    [Fact]
    public void What_a_guest_pays_at_the_table_waits_without_a_ticket()
    {
        var order = Assert.Single(Paid.Effects.OfType<Effect.PlaceOrder>()).Order;

        Assert.Equal(OrderStatus.NeedsApproval, order.Status);
        Assert.Equal((OrderStatus.NeedsApproval, (TicketStatus?)null), (Waiting.After.Status, Waiting.After.Ticket));
        Assert.Equal(new Approval(AlertAt, AnswerBy, UnansweredOrders.Reject), Waiting.After.Approval);
        Assert.Contains(
            new Effect.Publish(MamaNtilie.Id, new KitchenEvent.OrderNeedsApproval(SessionId, OrderId, AnswerBy)),
            Paid.Effects);
        Assert.Equal(AlertAt, Waiting.Deadline);
    }

    [Fact]
    public void What_staff_are_paid_for_they_have_seen()
    {
        var slip = Open(AtTheTable() with { SessionType = SessionType.Slip, Payments = null }).Next();
        var paid = Pay(slip, PaySlip(Cash(8_000)), Noon + 1.Minutes).Commit();

        Assert.Equal(OrderStatus.Placed, Assert.Single(paid.Effects.OfType<Effect.PlaceOrder>()).Order.Status);
        Assert.Equal(OrderState.AtBirth, ((Session.Confirmed)paid.Next).After);
        Assert.Null(paid.Next.Deadline);
    }

    public static TheoryData<OpenSession> OtherWays =>
    [
        PayNow(Mobile(8_000)), AtTheTable(Mobile(8_000)) with { Channel = Channel.Kiosk }, OnTheApp(Mobile(8_000)),
        OnWhatsapp,
    ];

    [Theory, MemberData(nameof(OtherWays))]
    public void Nothing_else_waits_for_staff(OpenSession command) =>
        Assert.Null(((Session.Opened)Opened(command, MamaNtilie)).Opening.Approval);

    [Fact]
    public void The_terms_are_those_of_the_opening()
    {
        var kitchen = MamaNtilie with
        {
            Settings = MamaNtilie.Settings with
            {
                ApprovalTimeoutSeconds = 90,
                UnansweredOrders = UnansweredOrders.Approve,
            },
        };

        Assert.Equal(
            new ApprovalTerms(90, UnansweredOrders.Approve),
            ((Session.Opened)Opened(AtTheTable(Mobile(8_000)), kitchen)).Opening.Approval);
    }

    [Fact]
    public void Approved_it_has_a_ticket()
    {
        var approved = Waiting.Approve(PaidAt + 1.Minutes).Commit();

        Assert.Equal(
            [
                new Effect.MoveOrder(OrderId, OrderStatus.Placed, TicketStatus.New),
                new Effect.Publish(MamaNtilie.Id, new KitchenEvent.OrderApproved(SessionId, OrderId)),
            ],
            approved.Effects);
        Assert.Equal(OrderStatus.Placed, ((Session.Confirmed)approved.Next).After.Status);
        Assert.Equal(TimelineEntryKind.OrderApproved, approved.Next.Story.Last());
        Assert.Null(approved.Next.Deadline);
        Assert.Equal(TicketStatus.Ready, ((Session.Confirmed)approved.Next
            .Move(new MoveTicket(Cashier, TicketStatus.Ready), Sales.Later).Next()).After.Ticket);
    }

    [Fact]
    public void Rejected_it_gives_back_all_the_money_and_all_the_items()
    {
        var rejected = Waiting.Reject(PaidAt + 1.Minutes).Commit();

        Assert.Equal(
            new Effect.MoveOrder(OrderId, OrderStatus.Rejected, Ticket: null), rejected.Effects[0]);
        Assert.Equal(8_000, rejected.Effects.Balance(AccountKind.Sales));
        Assert.Equal(-8_000, rejected.Effects.Balance(AccountKind.Suspense));
        Assert.Equal(
            [new Money(5_000), new Money(3_000)],
            rejected.Effects.OfType<Effect.StartRefund>().Select(started => started.Refund.Amount));
        Assert.Contains(
            new Effect.ReturnStock(MamaNtilie.Id, SessionId, [new StockLine(Pilau.Id, 2)]), rejected.Effects);
        Assert.Equal(
            new Effect.Publish(MamaNtilie.Id, new KitchenEvent.OrderRejected(SessionId, OrderId, "Crowded")),
            rejected.Effects[^1]);
        Assert.Equal(
            [TimelineEntryKind.OrderRejected, TimelineEntryKind.OrderRefunded], rejected.Next.Story.TakeLast(2));
        Assert.Equal("refund-exceeds-paid", rejected.Next.Give(Sales.Refund(1)).Code());
        Assert.Equal(
            "not-found", rejected.Next.Move(new MoveTicket(Cashier, TicketStatus.Preparing), Sales.Later).Code());
    }

    [Fact]
    public void Half_way_everybody_is_told_once()
    {
        Assert.IsType<Decision<Session>.Unchanged>(Waiting.Expire(AlertAt - 1.Seconds));

        var overdue = Waiting.Expire(AlertAt).Commit();
        Assert.Equal(
            [new Effect.Publish(MamaNtilie.Id, new KitchenEvent.ApprovalOverdue(SessionId, OrderId, AnswerBy))],
            overdue.Effects);
        Assert.Equal(OrderStatus.NeedsApproval, ((Session.Confirmed)overdue.Next).After.Status);
        Assert.Equal(AnswerBy, overdue.Next.Deadline);
        Assert.IsType<Decision<Session>.Unchanged>(overdue.Next.Expire(AnswerBy - 1.Seconds));
    }

    [Fact]
    public void Nobody_answers_and_the_clock_does_what_the_kitchen_had_set()
    {
        var rejected = Waiting.Expire(AlertAt).Next().Expire(AnswerBy).Commit();
        var approved = WaitingToBeCooked.Expire(AlertAt).Next().Expire(AnswerBy).Commit();

        Assert.Equal(OrderStatus.Rejected, ((Session.Confirmed)rejected.Next).After.Status);
        Assert.Contains(
            new Effect.Publish(MamaNtilie.Id, new KitchenEvent.OrderRejected(SessionId, OrderId, Reason: null)),
            rejected.Effects);
        var refund = Assert.Single(((Session.Confirmed)rejected.Next).After.Refunds);
        Assert.Equal((Caller.Clock, AnswerBy, null), (refund.By, refund.At, refund.Reason));
        Assert.Equal(
            (OrderStatus.Placed, TicketStatus.New),
            (((Session.Confirmed)approved.Next).After.Status, ((Session.Confirmed)approved.Next).After.Ticket));
        Assert.Equal(
            (Caller.Clock, AnswerBy),
            (((Session.Opened)approved.Next).Timeline[^1].By, ((Session.Opened)approved.Next).Timeline[^1].At));
    }

    [Fact]
    public void However_late_somebody_looks_the_same_has_happened()
    {
        foreach (var sale in new[] { Waiting, WaitingToBeCooked })
        {
            var inTime = sale.Expire(AlertAt).Commit();
            var answered = inTime.Next.Expire(AnswerBy).Commit();
            var late = sale.Expire(AnswerBy + 600.Minutes).Commit();

            Assert.Equal(answered.Next, late.Next);
            Assert.Equal([.. inTime.Effects, .. answered.Effects], late.Effects);
        }
    }

    [Fact]
    public void The_same_answer_twice_is_one()
    {
        var approved = Waiting.Approve(PaidAt, Op(7)).Next();
        var rejected = Waiting.Reject(PaidAt, Op(8)).Next();

        Assert.Equal(new Decision<Session>.Replay(Op(7).Id), approved.Approve(PaidAt, Op(7)));
        Assert.Equal(new Decision<Session>.Replay(Op(8).Id), rejected.Reject(PaidAt, Op(8)));
        Assert.Equal(
            "idempotency-key-reused", approved.Reject(PaidAt, Op(7) with { Fingerprint = Id(9) }).Code());
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "not-found", "nobody's" },
        { "not-found", "a stranger's" },
        { "not-found", "not paid" },
        { "not-found", "of no order" },
        { "order-answered", "approved" },
        { "order-answered", "rejected" },
        { "order-answered", "paid at the till" },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void Is_refused(string code, string story)
    {
        var session = story switch
        {
            "nobody's" => Session.Initial,
            "a stranger's" => Waiting with { Opening = Waiting.Opening with { KitchenId = Id(2) } },
            "not paid" => Opened(AtTheTable(Mobile(8_000)), MamaNtilie),
            "of no order" => Waiting with { OrderId = null },
            "approved" => Waiting.Approve(PaidAt).Next(),
            "rejected" => Waiting.Reject(PaidAt).Next(),
            _ => (Session)Sales.InCash,
        };

        Assert.Equal(code, session.Approve(PaidAt).Code());
        Assert.Equal(code, session.Reject(PaidAt).Code());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\u0007bell")]
    public void Nobody_is_rejected_without_a_reason(string reason)
    {
        var command = new RejectOrder(Cashier, reason);

        Assert.Equal("invalid-text", Waiting.Reject(command, PaidAt).Code());
        Assert.Equal("invalid-text", Session.Initial.Reject(command, PaidAt).Code());
    }

    [Fact]
    public void Nothing_is_refunded_before_it_is_answered()
    {
        Assert.Equal("order-needs-approval", Waiting.Give(Sales.Refund(1), PaidAt).Code());
        Assert.Equal("not-found", Waiting.Move(new MoveTicket(Cashier, TicketStatus.Ready), PaidAt).Code());
        var approved = Waiting.Approve(PaidAt).Next();
        Assert.Equal(1, approved.Give(Sales.Refund(1)).Commit().Effects.Balance(AccountKind.Sales));
    }
}
