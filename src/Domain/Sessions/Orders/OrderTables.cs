using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions.Orders;

/// <summary>Rounds whose guests move to another table: the kitchen's ticket follows them.</summary>
public static class OrderTables
{
    extension(Session.Confirmed round)
    {
        /// <summary>Where the order is brought to: the table of its opening, or the one moved to since.</summary>
        internal string? Table => round.After.TableNumber ?? round.Opening.TableNumber;

        internal Decision.Commit Seat(string table)
        {
            if (round is not { OrderId: { } order, After: { Ticket: { } ticket } after })
                throw new InvalidOperationException("A round of a bill must have a ticket.");
            return new Decision.Commit(
                round with { OrderState = after with { TableNumber = table } },
                [
                    new Effect.Publish(
                        round.Opening.KitchenId, new KitchenEvent.TicketTableChanged(order, table, ticket)),
                ]);
        }
    }
}
