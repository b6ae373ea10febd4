using JikoXpress.Domain.Bills;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions.Orders;

/// <summary>
/// Dishes of a round that are voided on its bill. The kitchen gets an event for each. If it has not begun the ticket,
/// the items can be sold again, and a ticket with nothing left is cancelled.
/// </summary>
public static class OrderVoids
{
    extension(Session.Confirmed round)
    {
        /// <summary>The kitchen has not begun.</summary>
        internal bool IsUntouched => round.After.Ticket is TicketStatus.New;

        internal Decision.Commit Void(BillLine line, Caller by, DateTimeOffset now)
        {
            if (round is not { OrderId: { } order, After: { Ticket: { } ticket } before })
                throw new InvalidOperationException("A round of a bill must have a ticket.");

            var (kitchen, quantity) = (round.Opening.KitchenId, line.Dish.Quantity);
            var after = before with
            {
                Voids = (before.Voids ?? []).With(new VoidedItems(line.Place, quantity, round.IsUntouched)),
            };
            var cancels = round.IsUntouched && round.IsWholly(after);
            if (cancels) ticket = TicketStatus.Cancelled;
            return new Decision.Commit(
                round with
                {
                    OrderState = after with { Ticket = ticket },
                    Timeline = round.Timeline.With(new TimelineEntry(TimelineEntryKind.LineVoided, now, by)),
                },
                [
                    .. round.IsUntouched
                        ? [new Effect.ReturnStock(kitchen, round.Id, [new StockLine(line.Dish.MenuId, quantity)])]
                        : Array.Empty<Effect>(),
                    new Effect.Publish(kitchen, new KitchenEvent.TicketLineVoided(order, line.Place, quantity, ticket)),
                    .. cancels
                        ?
                        [
                            new Effect.MoveOrder(order, after.Status, ticket),
                            new Effect.Publish(kitchen, new KitchenEvent.TicketMoved(order, ticket)),
                        ]
                        : Array.Empty<Effect>(),
                ]);
        }

        private bool IsWholly(OrderState voided) =>
            round.Opening.Lines.Index().All(line => voided.Voided(line.Index) == line.Item.Quantity);
    }
}
