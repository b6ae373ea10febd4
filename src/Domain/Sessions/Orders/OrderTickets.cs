using static JikoXpress.Domain.Sessions.Orders.OrderRefusals;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions.Orders;

/// <summary>
/// The status of an order in the kitchen. A ticket may skip a step or go back. A cancelled ticket stays cancelled, and
/// a served one cannot be cancelled.
/// </summary>
public static class OrderTickets
{
    extension(Session session)
    {
        public Decision Move(MoveTicket command, DateTimeOffset now)
        {
            if (session.Precluded(command, NotFound, now) is { } answer) return answer;
            if (session is not Session.Confirmed { OrderId: { } orderId, After: { Ticket: { } ticket } after } sale)
                return NotFound;
            if (ticket == command.To) return new Decision.Unchanged();
            if (ticket is TicketStatus.Cancelled
                || (ticket is TicketStatus.Served && command.To is TicketStatus.Cancelled))
                return TicketClosed(ticket);

            var kitchen = sale.Opening.KitchenId;
            return new Decision.Commit(
                ((Session.Confirmed)sale.Remembering(command.Operation)) with
                {
                    OrderState = after with { Ticket = command.To },
                },
                [
                    new Effect.MoveOrder(orderId, after.Status, command.To),
                    new Effect.Publish(kitchen, new KitchenEvent.TicketMoved(orderId, command.To)),
                ]);
        }
    }
}
