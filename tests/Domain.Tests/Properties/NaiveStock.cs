using JikoXpress.Domain.Inventory;

namespace JikoXpress.Domain.Tests.Properties;

/// <summary>
/// A kitchen's items as a list of who holds what; everything is counted anew whenever it is asked for.
/// </summary>
internal sealed class NaiveStock
{
    private readonly Dictionary<Guid, (int OnHand, int Sold)> stock;
    private List<Hold> holds = [];

    public NaiveStock(IEnumerable<StockLevel> levels) =>
        stock = levels.ToDictionary(level => level.MenuId, level => (level.OnHand, level.Sold));

    public IEnumerable<Guid> Promised => holds.Where(hold => !hold.IsReserved).Select(hold => hold.Session);

    public IEnumerable<Reservation> Reservations => holds
        .Where(hold => hold.IsReserved)
        .Select(hold => new Reservation(hold.Session, hold.Items, hold.ExpiresAt));

    public IEnumerable<StockLevel> Levels => stock.Select(item => new StockLevel(
        item.Key, item.Value.OnHand, Held(item.Key, reserved: true), item.Value.Sold, 0, 0));

    public Sequence<StockShortage> Promise(Guid session, Sequence<StockLine> items, DateTimeOffset now)
    {
        holds.RemoveAll(hold => hold.Session == session && !hold.IsReserved);
        if (Short(items).Count > 0) holds.RemoveAll(hold => !hold.IsReserved && hold.ExpiresAt <= now);
        var shortages = Short(items);
        if (shortages.Count == 0) holds.Add(new Hold(session, items, IsReserved: false, now + 30.Seconds));
        return shortages;
    }

    public void Reserved(Guid session, DateTimeOffset expiresAt)
    {
        var (promise, reservation) = LetGo(session);
        if ((reservation ?? promise) is { } hold) holds.Add(hold with { IsReserved = true, ExpiresAt = expiresAt });
    }

    public void Sold(Guid session)
    {
        var (promise, reservation) = LetGo(session);
        foreach (var item in (reservation ?? promise)?.Items ?? [])
        {
            if (stock.TryGetValue(item.MenuId, out var known))
                stock[item.MenuId] = (known.OnHand - item.Quantity, known.Sold + item.Quantity);
        }
    }

    public void Freed(Guid session) => LetGo(session);

    /// <summary>The rows hold some promises already; whoever reads them may be told which.</summary>
    public void Committed(IReadOnlySet<Guid> sessions, bool told, DateTimeOffset expiresAt)
    {
        var kept = holds.Where(hold => sessions.Contains(hold.Session) && !hold.IsReserved).ToList();
        if (told) holds = [.. holds.Except(kept)];
        holds.RemoveAll(hold => hold.IsReserved && sessions.Contains(hold.Session));
        holds.AddRange(kept.Select(hold => hold with { IsReserved = true, ExpiresAt = expiresAt }));
    }

    private (Hold? Promise, Hold? Reservation) LetGo(Guid session)
    {
        var mine = holds.Where(hold => hold.Session == session).ToList();
        holds = [.. holds.Except(mine)];
        return (mine.Find(hold => !hold.IsReserved), mine.Find(hold => hold.IsReserved));
    }

    private Sequence<StockShortage> Short(Sequence<StockLine> items) => items
        .Where(item => stock.ContainsKey(item.MenuId) && Free(item.MenuId) < item.Quantity)
        .Select(item => new StockShortage(item.MenuId, item.Quantity, Math.Max(0, Free(item.MenuId))))
        .ToSequence();

    private int Free(Guid item) => stock[item].OnHand - Held(item, reserved: true) - Held(item, reserved: false);

    private int Held(Guid menuId, bool reserved) => holds
        .Where(hold => hold.IsReserved == reserved)
        .SelectMany(hold => hold.Items)
        .Where(item => item.MenuId == menuId)
        .Sum(item => item.Quantity);

    private sealed record Hold(Guid Session, Sequence<StockLine> Items, bool IsReserved, DateTimeOffset ExpiresAt);
}
