namespace JikoXpress.Domain.Inventory;

/// <summary>
/// A kitchen's stock in the memory of its inventory grain: the rows as last read, the commits since, and the items that
/// are promised (held) for sessions whose commit is under way. It answers without reading the database. It may be old:
/// the commit checks the stock in the rows again. Not safe for concurrent use.
/// </summary>
public sealed class StockBook
{
    /// <summary>A promise expires after this time when the outcome of its commit is not reported.</summary>
    public static TimeSpan PromiseLife { get; } = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Guid, StockLevel> levels = [];
    private readonly Dictionary<Guid, PromisedItems> promises = [];
    private readonly Dictionary<Guid, Reservation> reservations = [];
    private readonly Dictionary<Guid, int> promised = [];

    public IEnumerable<StockLevel> Levels => levels.Values;

    /// <summary>One item's stock; null when it is not counted.</summary>
    public StockLevel? LevelOf(Guid item) => levels.GetValueOrDefault(item);

    public IReadOnlyCollection<Guid> PromisedSessions => promises.Keys;

    /// <summary>
    /// Promises all the items or none; returns the shortages, empty when all are promised. An item without a stock
    /// record is never short. An earlier promise for the session is replaced.
    /// </summary>
    public Sequence<StockShortage> Promise(Guid session, Sequence<StockLine> items, DateTimeOffset now)
    {
        Take(session);
        var shortages = Shortages(items);
        if (shortages.Count > 0)
        {
            ForgetExpiredPromises(now);
            shortages = Shortages(items);
            if (shortages.Count > 0) return shortages;
        }

        promises.Add(session, new PromisedItems(items, now + PromiseLife));
        Count(items, +1);
        return shortages;
    }

    public Sequence<StockShortage> Shortages(Sequence<StockLine> items) => items
        .Where(item => Available(item.MenuId) < item.Quantity)
        .Select(item => new StockShortage(item.MenuId, item.Quantity, Math.Max(0, Available(item.MenuId))))
        .ToSequence();

    /// <summary>The session's items are now reserved in the rows, until <paramref name="expiresAt"/>.</summary>
    /// <returns>The items whose levels changed.</returns>
    public Sequence<StockLine> Reserved(Guid session, DateTimeOffset expiresAt)
    {
        var promise = Take(session);
        if (reservations.TryGetValue(session, out var known))
        {
            reservations[session] = known with { ExpiresAt = expiresAt };
            return [];
        }

        if (promise is not { } items) return [];
        reservations[session] = new Reservation(session, items, expiresAt);
        return Change(items, (level, quantity) => level with { Reserved = level.Reserved + quantity });
    }

    /// <summary>The session's items are sold, whether they were promised or reserved before.</summary>
    /// <returns>The items whose levels changed.</returns>
    public Sequence<StockLine> Sold(Guid session)
    {
        var promise = Take(session);
        if (reservations.Remove(session, out var reservation))
            return Change(reservation.Items, (level, quantity) => level with
            {
                OnHand = level.OnHand - quantity,
                Reserved = level.Reserved - quantity,
                Sold = level.Sold + quantity,
            });

        return Change(promise ?? [], (level, quantity) => level with
        {
            OnHand = level.OnHand - quantity,
            Sold = level.Sold + quantity,
        });
    }

    /// <summary>The session's items are free again.</summary>
    /// <returns>The items whose levels changed.</returns>
    public Sequence<StockLine> Freed(Guid session)
    {
        Take(session);
        return reservations.Remove(session, out var reservation)
            ? Change(reservation.Items, (level, quantity) => level with { Reserved = level.Reserved - quantity })
            : [];
    }

    /// <summary>The sessions whose reservations of these items have expired: expiring them frees the items.</summary>
    public IReadOnlyList<Guid> Expired(Sequence<StockShortage> shortages, DateTimeOffset now) =>
    [
        .. reservations.Values
            .Where(reservation => reservation.ExpiresAt <= now
                && reservation.Items.Any(item => shortages.Any(shortage => shortage.MenuId == item.MenuId)))
            .OrderBy(reservation => reservation.ExpiresAt)
            .Select(reservation => reservation.SessionId),
    ];

    /// <summary>
    /// Replaces the stock with rows that were read in one snapshot. Promises of sessions whose commit the rows already
    /// include are dropped.
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
        Count(promise.Items, -1);
        return promise.Items;
    }

    private void Count(Sequence<StockLine> items, int direction)
    {
        foreach (var item in items)
            promised[item.MenuId] = promised.GetValueOrDefault(item.MenuId) + direction * item.Quantity;
    }

    private Sequence<StockLine> Change(Sequence<StockLine> items, Func<StockLevel, int, StockLevel> change)
    {
        foreach (var item in items)
        {
            if (levels.TryGetValue(item.MenuId, out var level)) levels[item.MenuId] = change(level, item.Quantity);
        }

        return items;
    }

    private void ForgetExpiredPromises(DateTimeOffset now)
    {
        foreach (var (session, _) in promises.Where(pair => pair.Value.ExpiresAt <= now).ToList()) Take(session);
    }

    private readonly record struct PromisedItems(Sequence<StockLine> Items, DateTimeOffset ExpiresAt);
}
