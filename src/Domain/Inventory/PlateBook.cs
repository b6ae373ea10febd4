namespace JikoXpress.Domain.Inventory;

/// <summary>
/// A kitchen's plates as its inventory grain knows them: the rows as last read, the commits since, and what is promised
/// to sessions whose commit is under way. It answers at once; the rows, which have the last word, are guarded
/// themselves. Not safe for concurrent use.
/// </summary>
public sealed class PlateBook
{
    /// <summary>A promise whose commit is not heard of for so long lapses by itself.</summary>
    public static TimeSpan PromiseLife { get; } = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Guid, StockLevel> levels = [];
    private readonly Dictionary<Guid, PromisedPlates> promises = [];
    private readonly Dictionary<Guid, Reservation> reservations = [];
    private readonly Dictionary<Guid, int> promised = [];

    public IEnumerable<StockLevel> Levels => levels.Values;

    public IReadOnlyCollection<Guid> PromisedSessions => promises.Keys;

    /// <summary>
    /// Promises all the plates or none; what is short is returned, and nothing when all is promised. An item that has
    /// no stock record is never short. What the session was promised before is taken back: it asks anew.
    /// </summary>
    public Sequence<StockShortage> Promise(Guid session, Sequence<StockLine> plates, DateTimeOffset now)
    {
        Take(session);
        var shortages = Shortages(plates);
        if (shortages.Count > 0)
        {
            ForgetLapsedPromises(now);
            shortages = Shortages(plates);
            if (shortages.Count > 0) return shortages;
        }

        promises.Add(session, new PromisedPlates(plates, now + PromiseLife));
        Count(plates, +1);
        return shortages;
    }

    public Sequence<StockShortage> Shortages(Sequence<StockLine> plates) => plates
        .Where(plate => Available(plate.MenuId) < plate.Quantity)
        .Select(plate => new StockShortage(plate.MenuId, plate.Quantity, Math.Max(0, Available(plate.MenuId))))
        .ToSequence();

    /// <summary>The rows reserve the session's plates until a moment.</summary>
    public void Reserved(Guid session, DateTimeOffset lapsesAt)
    {
        var promise = Take(session);
        if (reservations.TryGetValue(session, out var known))
        {
            reservations[session] = known with { LapsesAt = lapsesAt };
        }
        else if (promise is { } plates)
        {
            reservations[session] = new Reservation(session, plates, lapsesAt);
            Change(plates, (level, quantity) => level with { Reserved = level.Reserved + quantity });
        }
    }

    /// <summary>The session's plates are sold, promised or reserved as they were.</summary>
    public void Sold(Guid session)
    {
        var promise = Take(session);
        if (reservations.Remove(session, out var reservation))
            Change(reservation.Plates, (level, quantity) => level with
            {
                OnHand = level.OnHand - quantity,
                Reserved = level.Reserved - quantity,
                Sold = level.Sold + quantity,
            });
        else if (promise is { } plates)
            Change(plates, (level, quantity) => level with
            {
                OnHand = level.OnHand - quantity,
                Sold = level.Sold + quantity,
            });
    }

    /// <summary>The session's plates are free again.</summary>
    public void Freed(Guid session)
    {
        Take(session);
        if (reservations.Remove(session, out var reservation))
            Change(reservation.Plates, (level, quantity) => level with { Reserved = level.Reserved - quantity });
    }

    /// <summary>The sessions whose reservations of these items have lapsed: ending them frees plates.</summary>
    public IReadOnlyList<Guid> Lapsed(Sequence<StockShortage> shortages, DateTimeOffset now) =>
    [
        .. reservations.Values
            .Where(reservation => reservation.LapsesAt <= now
                && reservation.Plates.Any(plate => shortages.Any(shortage => shortage.MenuId == plate.MenuId)))
            .OrderBy(reservation => reservation.LapsesAt)
            .Select(reservation => reservation.SessionId),
    ];

    /// <summary>
    /// Takes over the rows of one moment; promises that those rows already hold are promises no more.
    /// </summary>
    public void Load(IEnumerable<StockLevel> rows, IEnumerable<Reservation> reserved, IReadOnlySet<Guid> committed)
    {
        levels.Clear();
        reservations.Clear();
        foreach (var level in rows) levels[level.MenuId] = level;
        foreach (var reservation in reserved) reservations[reservation.SessionId] = reservation;
        foreach (var session in promises.Keys.Where(committed.Contains).ToList()) Take(session);
    }

    private int Available(Guid item) =>
        levels.TryGetValue(item, out var level) ? level.Available - promised.GetValueOrDefault(item) : int.MaxValue;

    private Sequence<StockLine>? Take(Guid session)
    {
        if (!promises.Remove(session, out var promise)) return null;
        Count(promise.Plates, -1);
        return promise.Plates;
    }

    private void Count(Sequence<StockLine> plates, int direction)
    {
        foreach (var plate in plates)
            promised[plate.MenuId] = promised.GetValueOrDefault(plate.MenuId) + direction * plate.Quantity;
    }

    private void Change(Sequence<StockLine> plates, Func<StockLevel, int, StockLevel> change)
    {
        foreach (var plate in plates)
        {
            if (levels.TryGetValue(plate.MenuId, out var level)) levels[plate.MenuId] = change(level, plate.Quantity);
        }
    }

    private void ForgetLapsedPromises(DateTimeOffset now)
    {
        foreach (var (session, _) in promises.Where(pair => pair.Value.LapsesAt <= now).ToList()) Take(session);
    }

    private readonly record struct PromisedPlates(Sequence<StockLine> Plates, DateTimeOffset LapsesAt);
}
