using JikoXpress.Domain;
using JikoXpress.Simulation.World;
using JikoXpress.Testing.Memory;

namespace JikoXpress.Simulation.Invariants;

/// <summary>Items.</summary>
internal static class StockLaws
{
    /// <summary>08_stock.sql</summary>
    public static IEnumerable<string> Identity(Universe world) => world.Database.Stock
        .Where(row => row.Value is var level
            && (level.OnHand + level.Sold + level.Wasted != level.Received || level.OnHand < level.Reserved
                || Math.Min(Math.Min(level.OnHand, level.Reserved), Math.Min(level.Sold, level.Wasted)) < 0))
        .Select(row => $"{world.Name(row.Key.MenuId)}: {row.Value}");

    /// <summary>09_reservations.sql</summary>
    public static IEnumerable<string> Reservations(Universe world)
    {
        var reserved = ItemsOf(world, ItemsState.Reserved);
        var sold = ItemsOf(world, ItemsState.Sold);
        return world.Database.Stock
            .Where(row => row.Value.Reserved != reserved.GetValueOrDefault(row.Key)
                || row.Value.Sold != sold.GetValueOrDefault(row.Key))
            .Select(row => $"{world.Name(row.Key.MenuId)}: reserved {row.Value.Reserved}, sold {row.Value.Sold}; "
                + $"sessions: {reserved.GetValueOrDefault(row.Key)}, {sold.GetValueOrDefault(row.Key)}");
    }

    /// <summary>10_session_stock.sql</summary>
    public static IEnumerable<string> Sessions(Universe world) => world.Database.Items
        .Where(row => world.Database.Session(row.SessionId) is not { } session || row.State != StateOf(session.Status))
        .Select(row => $"{world.Name(row.SessionId)} {world.Database.Session(row.SessionId)?.Status}, with "
            + $"{row.Quantity} {row.State}");

    /// <summary>11_journal.sql</summary>
    public static IEnumerable<string> Journal(Universe world)
    {
        var journal = world.Database.Journal.ToLookup(row => new Shelf(row.KitchenId, row.Adjustment.MenuId));
        return world.Database.Stock
            .Where(row => row.Value.Received != journal[row.Key].Sum(entry => Math.Max(entry.Difference, 0))
                || row.Value.Wasted != journal[row.Key].Sum(entry => Math.Max(-entry.Difference, 0)))
            .Select(row => $"{world.Name(row.Key.MenuId)}: received {row.Value.Received}, wasted {row.Value.Wasted}");
    }

    private static Dictionary<Shelf, int> ItemsOf(Universe world, ItemsState state) => world.Database.Items
        .Where(row => row.State == state)
        .GroupBy(row => new Shelf(row.KitchenId, row.MenuId))
        .ToDictionary(rows => rows.Key, rows => rows.Sum(row => row.Quantity - row.Returned));

    private static ItemsState StateOf(SessionStatus status) => status switch
    {
        SessionStatus.PendingPayment => ItemsState.Reserved,
        SessionStatus.Confirmed => ItemsState.Sold,
        SessionStatus.Expired or SessionStatus.Cancelled or SessionStatus.Failed => ItemsState.Released,
    };
}
