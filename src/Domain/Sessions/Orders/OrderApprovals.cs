using JikoXpress.Domain.Kitchens;
using static JikoXpress.Domain.Sessions.Orders.OrderRefusals;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions.Orders;

/// <summary>
/// Orders that guests have paid at their tables wait for approval by staff. If staff do not answer in time, the order
/// is approved or rejected as the kitchen's setting says.
/// </summary>
public static class OrderApprovals
{
    extension(Session session)
    {
        public Decision Approve(ApproveOrder command, DateTimeOffset now) => session.Answer(
            command, now, sale => sale.Approved(command.By, now));

        public Decision Reject(RejectOrder command, DateTimeOffset now) => session.Answer(
            command, now, sale => sale.Rejected(command.Reason, command.By, now));

        private Decision Answer(
            IGrainCommand command, DateTimeOffset now, Func<Session.Confirmed, Decision> answer)
        {
            if (session.Precluded(command, NotFound, now) is { } given) return given;
            var opened = (Session.Opened)session;
            if (opened.Remembering(command.Operation) is not Session.Confirmed { OrderId: not null } sale)
                return NotFound;
            return sale.After.Status is OrderStatus.NeedsApproval ? answer(sale) : OrderAnswered(sale.After.Status);
        }
    }

    extension(Session.Confirmed sale)
    {
        /// <summary>Called when half of the time for an answer is over (alert), or all of it (decide).</summary>
        internal Decision LeaveUnanswered(DateTimeOffset now)
        {
            var approval = sale.After.Approval
                ?? throw new InvalidOperationException("The order must be waiting for approval.");
            if (!approval.Alerted)
            {
                var alerted = sale.Alerted(approval);
                return alerted.Then(alerted.Next.Expire(now));
            }

            return approval.Unanswered switch
            {
                UnansweredOrders.Approve => sale.Approved(Caller.Clock, approval.AnswerBy),
                UnansweredOrders.Reject => sale.Rejected(reason: null, Caller.Clock, approval.AnswerBy),
            };
        }

        private Guid Order =>
            sale.OrderId ?? throw new InvalidOperationException("A payment of a bill cannot be approved as an order.");

        private Decision.Commit Alerted(Approval approval) => new(
            sale.Noting(TimelineEntryKind.ApprovalOverdue, Caller.Clock, approval.AlertAt) with
            {
                OrderState = sale.After with { Approval = approval with { Alerted = true } },
            },
            [
                new Effect.Publish(
                    sale.Opening.KitchenId,
                    new KitchenEvent.ApprovalOverdue(sale.Id, sale.Order, approval.AnswerBy)),
            ]);

        private Decision.Commit Approved(Caller by, DateTimeOffset at) => new(
            sale.Noting(TimelineEntryKind.OrderApproved, by, at) with
            {
                OrderState = sale.After with { Status = OrderStatus.Placed, Ticket = TicketStatus.New },
            },
            [
                new Effect.MoveOrder(sale.Order, OrderStatus.Placed, TicketStatus.New),
                new Effect.Publish(sale.Opening.KitchenId, new KitchenEvent.OrderApproved(sale.Id, sale.Order)),
            ]);

        /// <summary>
        /// Rejects the order: all the money goes back, and the items too, because they are not cooked.
        /// </summary>
        private Decision.Commit Rejected(string? reason, Caller by, DateTimeOffset at)
        {
            var rejected = sale.Noting(TimelineEntryKind.OrderRejected, by, at) with
            {
                OrderState = sale.After with { Status = OrderStatus.Rejected },
            };
            var back = rejected.TakeBack(
                sale.Refundable, new Quote(sale.Opening.Lines).Items, restock: true, reason, by, at);
            return back with
            {
                Effects =
                [
                    new Effect.MoveOrder(sale.Order, OrderStatus.Rejected, Ticket: null),
                    .. back.Effects,
                    new Effect.Publish(
                        sale.Opening.KitchenId, new KitchenEvent.OrderRejected(sale.Id, sale.Order, reason)),
                ],
            };
        }

        private Session.Confirmed Noting(TimelineEntryKind what, Caller by, DateTimeOffset at) =>
            sale with { Timeline = sale.Timeline.With(new TimelineEntry(what, at, by)) };
    }
}
