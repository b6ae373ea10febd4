using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Ports;
using JikoXpress.Simulation.World;
using JikoXpress.Testing.Memory;

namespace JikoXpress.Simulation.Invariants;

/// <summary>Sessions, their orders, their numbers and their answers.</summary>
internal static class OrderLaws
{
    /// <summary>01_orders.sql</summary>
    public static IEnumerable<string> OneOrder(Universe world)
    {
        var orders = world.Database.Orders.CountBy(row => row.Order.SessionId).ToDictionary();
        foreach (var session in world.Database.Sessions)
        {
            var count = orders.GetValueOrDefault(session.Id);
            if (count != (IsSale(session) ? 1 : 0))
                yield return $"{world.Name(session.Id)} {session.Status}, with {count} orders";
        }

        foreach (var (session, _) in orders.Where(order => world.Database.Session(order.Key) is null))
            yield return $"an order of {world.Name(session)}, which is not there";
    }

    /// <summary>20_order_lives.sql</summary>
    public static IEnumerable<string> Lives(Universe world) =>
        from row in world.Database.Orders
        let after = (world.Database.Session(row.Order.SessionId)?.Session as Session.Confirmed)?.After
        where after is null || row.Order.Status != after.Status || row.Ticket != after.Ticket
            || (after.Status is OrderStatus.Placed) != after.Ticket is not null
        select $"{world.Name(row.Order.SessionId)} {row.Order.Status} with ticket {row.Ticket}; session: "
            + $"{after?.Status} with {after?.Ticket}";

    public static IEnumerable<string> Restocked(Universe world) =>
        from items in world.Database.Items
        let sale = world.Database.Session(items.SessionId)?.Session as Session.Confirmed
        let refunded = (sale?.After.Refunds ?? [])
            .Where(refund => refund.Restocked)
            .SelectMany(refund => refund.Items)
            .Where(line => line.MenuId == items.MenuId)
            .Sum(line => line.Quantity)
        let voided = (sale?.After.Voids ?? [])
            .Where(gone => gone.Restocked && sale?.Opening.Lines[gone.Place].MenuId == items.MenuId)
            .Sum(gone => gone.Quantity)
        where items.Returned != refunded + voided
        select $"{world.Name(items.SessionId)}: {items.Returned} plates came back, refunds say {refunded}, voids "
            + $"{voided}";

    /// <summary>12_operations.sql</summary>
    public static IEnumerable<string> Operations(Universe world) => world.Database.Operations
        .Where(kept => kept.Version > kept.Kind switch
        {
            GrainKind.Session => world.Database.Session(kept.Key)?.Version ?? 0,
            GrainKind.Bill => world.Database.Bill(kept.Key)?.Version ?? 0,
            GrainKind.Cart => world.Database.Cart(kept.Key)?.Version ?? 0,
            GrainKind.Inventory or GrainKind.None => kept.Version,
        })
        .Select(kept => $"{world.Name(kept.Id)} is answered by v{kept.Version} of {world.Name(kept.Key)}");

    public static IEnumerable<string> Numbers(Universe world) => world.Database.Sessions
        .CountBy(session => (session.KitchenId, session.Row.BusinessDate, session.Row.Number))
        .Where(number => number.Value > 1)
        .Select(number => $"number {number.Key.Number} of {world.Name(number.Key.KitchenId)}, {number.Value} times");

    /// <summary>Whoever shows a code pays one payment with it.</summary>
    public static IEnumerable<string> Codes(Universe world) => world.Database.Uses
        .Where(code => code.Value > 1)
        .Select(code => $"the code {world.Name(code.Key)} has paid {code.Value} legs");

    public static IEnumerable<string> Announced(Universe world)
    {
        var told = world.Database.Events
            .Select(row => row.Event)
            .OfType<KitchenEvent.SessionConfirmed>()
            .CountBy(confirmed => confirmed.SessionId)
            .ToDictionary();
        return world.Database.Sessions
            .Select(session => (Row: session, Times: told.GetValueOrDefault(session.Id)))
            .Where(session => session.Times != (IsAnnounced(session.Row) ? 1 : 0))
            .Select(session => $"{world.Name(session.Row.Id)} {session.Row.Status}, {session.Times} times");
    }

    /// <summary>What pays a bill has no order of its own.</summary>
    private static bool IsSale(SessionInRows session) =>
        session is { Status: SessionStatus.Confirmed, Session.Opening.Pays: null };

    /// <summary>A web shop's session has no order either, and is told to its merchant.</summary>
    private static bool IsAnnounced(SessionInRows session) =>
        session is { Status: SessionStatus.Confirmed, Session.Opening: { Pays: null } or { Hosted: not null } };
}
