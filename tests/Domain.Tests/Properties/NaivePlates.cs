using JikoXpress.Domain.Inventory;

namespace JikoXpress.Domain.Tests.Properties;

/// <summary>
/// A kitchen's plates as a list of who holds what; everything is counted anew whenever it is asked for.
/// </summary>
internal sealed class NaivePlates
{
    private readonly Dictionary<Guid, (int OnHand, int Sold)> items;
    private List<Hold> holds = [];

    public NaivePlates(IEnumerable<StockLevel> levels) =>
        items = levels.ToDictionary(level => level.MenuId, level => (level.OnHand, level.Sold));

    public IEnumerable<Guid> Promised => holds.Where(hold => !hold.IsReserved).Select(hold => hold.Session);

    public IEnumerable<Reservation> Reservations => holds
        .Where(hold => hold.IsReserved)
        .Select(hold => new Reservation(hold.Session, hold.Plates, hold.LapsesAt));

    public IEnumerable<StockLevel> Levels => items.Select(item => new StockLevel(
        item.Key, item.Value.OnHand, Held(item.Key, reserved: true), item.Value.Sold, 0, 0));

    public Sequence<StockShortage> Promise(Guid session, Sequence<StockLine> plates, DateTimeOffset now)
    {
        holds.RemoveAll(hold => hold.Session == session && !hold.IsReserved);
        if (Short(plates).Count > 0) holds.RemoveAll(hold => !hold.IsReserved && hold.LapsesAt <= now);
        var shortages = Short(plates);
        if (shortages.Count == 0) holds.Add(new Hold(session, plates, IsReserved: false, now + 30.Seconds));
        return shortages;
    }

    public void Reserved(Guid session, DateTimeOffset lapsesAt)
    {
        var (promise, reservation) = LetGo(session);
        if ((reservation ?? promise) is { } hold) holds.Add(hold with { IsReserved = true, LapsesAt = lapsesAt });
    }

    public void Sold(Guid session)
    {
        var (promise, reservation) = LetGo(session);
        foreach (var plate in (reservation ?? promise)?.Plates ?? [])
        {
            if (items.TryGetValue(plate.MenuId, out var item))
                items[plate.MenuId] = (item.OnHand - plate.Quantity, item.Sold + plate.Quantity);
        }
    }

    public void Freed(Guid session) => LetGo(session);

    /// <summary>The rows hold some promises already; whoever reads them may be told which.</summary>
    public void Committed(IReadOnlySet<Guid> sessions, bool told, DateTimeOffset lapsesAt)
    {
        var kept = holds.Where(hold => sessions.Contains(hold.Session) && !hold.IsReserved).ToList();
        if (told) holds = [.. holds.Except(kept)];
        holds.RemoveAll(hold => hold.IsReserved && sessions.Contains(hold.Session));
        holds.AddRange(kept.Select(hold => hold with { IsReserved = true, LapsesAt = lapsesAt }));
    }

    private (Hold? Promise, Hold? Reservation) LetGo(Guid session)
    {
        var mine = holds.Where(hold => hold.Session == session).ToList();
        holds = [.. holds.Except(mine)];
        return (mine.Find(hold => !hold.IsReserved), mine.Find(hold => hold.IsReserved));
    }

    private Sequence<StockShortage> Short(Sequence<StockLine> plates) => plates
        .Where(plate => items.ContainsKey(plate.MenuId) && Free(plate.MenuId) < plate.Quantity)
        .Select(plate => new StockShortage(plate.MenuId, plate.Quantity, Math.Max(0, Free(plate.MenuId))))
        .ToSequence();

    private int Free(Guid item) => items[item].OnHand - Held(item, reserved: true) - Held(item, reserved: false);

    private int Held(Guid item, bool reserved) => holds
        .Where(hold => hold.IsReserved == reserved)
        .SelectMany(hold => hold.Plates)
        .Where(plate => plate.MenuId == item)
        .Sum(plate => plate.Quantity);

    private sealed record Hold(Guid Session, Sequence<StockLine> Plates, bool IsReserved, DateTimeOffset LapsesAt);
}
