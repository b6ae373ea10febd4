using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Grains;

/// <summary>
/// A kitchen's stock in the memory of its inventory grain. Other grains of the same silo hold items in it without a
/// call of that grain, so it is safe for concurrent use: each change is made alone, under a lock.
/// </summary>
/// <param name="announce">Called when the grain should announce items; must not block.</param>
/// <param name="expect">Called with the deadline of a session; must not block.</param>
internal sealed class KitchenStock(TimeProvider clock, Action announce, Action<DateTimeOffset> expect)
{
    /// <summary>
    /// After this long the next change lets the grain look at all items again: the threshold may be another one.
    /// </summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly Lock turn = new();
    private readonly StockBook book = new();
    private readonly Dictionary<DateOnly, int> lastNumbers = [];
    private List<(Guid Session, HoldOutcome Outcome)>? heard;
    private StockAnnouncements announced = StockAnnouncements.Initial;
    private DateTimeOffset announcedAt = DateTimeOffset.MinValue;
    private int lowThreshold;

    public IReadOnlyList<StockLevel> Levels
    {
        get
        {
            lock (turn) return [.. book.Levels];
        }
    }

    /// <summary>
    /// Promises the items and gives the session its number of the day, or tells what is short. Null while the rows are
    /// read, since it would be unknown whether they include this hold, and for a day whose numbers were not read yet.
    /// </summary>
    public HoldReply? Hold(Guid session, Sequence<StockLine> items, DateOnly businessDate)
    {
        lock (turn)
        {
            if (heard is not null || !lastNumbers.TryGetValue(businessDate, out var number)) return null;
            var shortages = book.Promise(session, items, clock.GetUtcNow());
            if (shortages.Count > 0) return new HoldReply.Short(shortages);
            lastNumbers[businessDate] = number + 1;
            return new HoldReply.Held(number + 1);
        }
    }

    /// <summary>
    /// Applies the outcome of a session's commit; after the read, while the rows are read, so that it is not
    /// overwritten.
    /// </summary>
    public void Resolve(Guid session, HoldOutcome? outcome, DateTimeOffset? deadline)
    {
        if (deadline is { } moment) expect(moment);
        if (outcome is null) return;
        bool isNews;
        lock (turn)
        {
            heard?.Add((session, outcome));
            isNews = heard is not null || IsNews(Apply(session, outcome));
        }

        if (isNews) announce();
    }

    /// <summary>Whether the rows have to be read after this outcome, which only the grain can do.</summary>
    public static bool AsksForRows(HoldOutcome? outcome) => outcome is HoldOutcome.Mistaken or HoldOutcome.Restocked;

    /// <summary>Whether the rows were read for that day.</summary>
    public bool Knows(DateOnly businessDate)
    {
        lock (turn) return lastNumbers.ContainsKey(businessDate);
    }

    /// <summary>The sessions whose reservations of these items have expired.</summary>
    public IReadOnlyList<Guid> Expired(Sequence<StockShortage> shortages)
    {
        lock (turn) return book.Expired(shortages, clock.GetUtcNow());
    }

    /// <summary>Begins a read of the rows; from here on holds and outcomes wait for its end.</summary>
    /// <returns>The sessions with promises, for which the rows are asked whether they were committed.</returns>
    public IReadOnlyList<Guid> BeginReading()
    {
        lock (turn)
        {
            heard = [];
            return [.. book.PromisedSessions];
        }
    }

    /// <param name="rows">What was read; null when it failed.</param>
    public void EndReading(StockRows? rows, DateOnly businessDate)
    {
        lock (turn)
        {
            if (rows is not null)
            {
                book.Load(rows.Levels, rows.Reservations, rows.Committed);
                lastNumbers[businessDate] = Math.Max(rows.LastNumber, lastNumbers.GetValueOrDefault(businessDate));
                announcedAt = DateTimeOffset.MinValue;
            }

            foreach (var (session, outcome) in heard ?? []) Apply(session, outcome);
            heard = null;
        }
    }

    /// <summary>An announcement begins: until it has succeeded, each change asks for another one.</summary>
    public void Announcing()
    {
        lock (turn) announcedAt = DateTimeOffset.MinValue;
    }

    /// <summary>What is announced now: until an item's scarcity is another one, there is no news.</summary>
    public void Announced(StockAnnouncements announcements, int threshold)
    {
        lock (turn) (announced, lowThreshold, announcedAt) = (announcements, threshold, clock.GetUtcNow());
    }

    private Sequence<StockLine> Apply(Guid session, HoldOutcome outcome) => outcome switch
    {
        HoldOutcome.Reserved reserved => book.Reserved(session, reserved.ExpiresAt),
        HoldOutcome.Sold => book.Sold(session),
        HoldOutcome.Freed or HoldOutcome.Mistaken => book.Freed(session),
        _ => [],
    };

    private bool IsNews(Sequence<StockLine> changed)
    {
        if (clock.GetUtcNow() - announcedAt >= Fresh) return true;
        foreach (var item in changed)
        {
            if (book.LevelOf(item.MenuId) is { } level && announced.IsNews(level, lowThreshold)) return true;
        }

        return false;
    }
}
