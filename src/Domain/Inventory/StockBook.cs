namespace JikoXpress.Domain.Inventory;

/// <summary>
/// A kitchen's items as its inventory grain knows them: the rows as last read, the commits since, and what is promised
/// to sessions whose commit is under way. It answers at once; the rows, which have the last word, are guarded
/// themselves. Not safe for concurrent use.
/// </summary>
public sealed class StockBook
{
    /// <summary>A promise whose commit is not heard of for so long expires by itself.</summary>
    public static TimeSpan PromiseLife { get; } = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Guid, StockLevel> levels = [];
    private readonly Dictionary<Guid, PromisedItems> promises = [];
    private readonly Dictionary<Guid, Reservation> reservations = [];
    private readonly Dictionary<Guid, int> promised = [];

    public IEnumerable<StockLevel> Levels => levels.Values;

    public IReadOnlyCollection<Guid> PromisedSessions => promises.Keys;

    /// <summary>
    /// Promises all the items or none; what is short is returned, and nothing when all is promised. An item that has
    /// no stock record is never short. What the session was promised before is taken back: it asks anew.
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

    /// <summary>The rows reserve the session's items until a moment.</summary>
    public void Reserved(Guid session, DateTimeOffset expiresAt)
    {
        var promise = Take(session);
        if (reservations.TryGetValue(session, out var known))
        {
            reservations[session] = known with { ExpiresAt = expiresAt };
        }
        else if (promise is { } items)
        {
            reservations[session] = new Reservation(session, items, expiresAt);
            Change(items, (level, quantity) => level with { Reserved = level.Reserved + quantity });
        }
    }

    /// <summary>The session's items are sold, promised or reserved as they were.</summary>
    public void Sold(Guid session)
    {
        var promise = Take(session);
        if (reservations.Remove(session, out var reservation))
            Change(reservation.Items, (level, quantity) => level with
            {
                OnHand = level.OnHand - quantity,
                Reserved = level.Reserved - quantity,
                Sold = level.Sold + quantity,
            });
        else if (promise is { } items)
            Change(items, (level, quantity) => level with
            {
                OnHand = level.OnHand - quantity,
                Sold = level.Sold + quantity,
            });
    }

    /// <summary>The session's items are free again.</summary>
    public void Freed(Guid session)
    {
        Take(session);
        if (reservations.Remove(session, out var reservation))
            Change(reservation.Items, (level, quantity) => level with { Reserved = level.Reserved - quantity });
    }

    /// <summary>The sessions whose reservations of these items have expired: ending them frees items.</summary>
    public IReadOnlyList<Guid> Expired(Sequence<StockShortage> shortages, DateTimeOffset now) =>
    [
        .. reservations.Values
            .Where(reservation => reservation.ExpiresAt <= now
                && reservation.Items.Any(item => shortages.Any(shortage => shortage.MenuId == item.MenuId)))
            .OrderBy(reservation => reservation.ExpiresAt)
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
        Count(promise.Items, -1);
        return promise.Items;
    }

    private void Count(Sequence<StockLine> items, int direction)
    {
        foreach (var item in items)
            promised[item.MenuId] = promised.GetValueOrDefault(item.MenuId) + direction * item.Quantity;
    }

    private void Change(Sequence<StockLine> items, Func<StockLevel, int, StockLevel> change)
    {
        foreach (var item in items)
        {
            if (levels.TryGetValue(item.MenuId, out var level)) levels[item.MenuId] = change(level, item.Quantity);
        }
    }

    private void ForgetExpiredPromises(DateTimeOffset now)
    {
        foreach (var (session, _) in promises.Where(pair => pair.Value.ExpiresAt <= now).ToList()) Take(session);
    }

    private readonly record struct PromisedItems(Sequence<StockLine> Items, DateTimeOffset ExpiresAt);
}
