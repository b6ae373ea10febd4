using System.Collections.Concurrent;

namespace JikoXpress.Postgres.Caches;

/// <summary>
/// Read-through cache of rows that are read far more often than they change. A row stays while change notifications
/// arrive, and only for a short time while they do not. Concurrent readers of a row share one read. A read whose row
/// is invalidated meanwhile is not cached, so an old value cannot come back. Missing rows are not cached, so requests
/// for random keys do not fill it. A row that gets old is read again while callers still get what is known of it, one
/// row after the other: after a start, and after a pause, the rows of all kitchens are old in the same moment.
/// </summary>
/// <param name="life">How long a row is cached while no notifications arrive.</param>
/// <param name="most">Above this many rows the whole cache is cleared: memory is bounded, at one read per row.</param>
internal sealed class RowCache<TKey, TValue>(
    NewsLine line, TimeSpan life, int most, TimeProvider clock, Func<TKey, Task<TValue?>> read)
    where TKey : notnull
    where TValue : class
{
    /// <summary>Longest life of any row, so that a change made by hand in the database is seen in the end.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);

    /// <summary>A row is read again somewhere in the minute after this age, each at another moment.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromMinutes(3);

    private readonly ConcurrentDictionary<TKey, Entry> entries = new();
    private readonly Lock turn = new();
    private Task refreshing = Task.CompletedTask;

    public ValueTask<TValue?> Find(TKey key)
    {
        var now = clock.GetUtcNow();
        if (!entries.TryGetValue(key, out var entry) || !IsFresh(entry, now)) return new(Read(key, now));
        if (entry.IsOld(now) && entry.BeginRefresh())
        {
            lock (turn) refreshing = Refresh(key, entry, refreshing);
        }

        return new(entry.Reading.Value);
    }

    /// <summary>Whether the row is in the cache.</summary>
    public bool Knows(TKey key) => entries.ContainsKey(key);

    public void Forget(TKey key) => entries.TryRemove(key, out _);

    public void ForgetAll() => entries.Clear();

    private bool IsFresh(Entry entry, DateTimeOffset now) =>
        now - entry.ReadAt < (line.IsUp(now) ? LongestLife : life);

    private async Task<TValue?> Read(TKey key, DateTimeOffset now)
    {
        if (entries.Count >= most) entries.Clear();
        var fresh = new Entry(now, new Lazy<Task<TValue?>>(() => read(key)));
        var winner = entries.AddOrUpdate(key, fresh, (_, known) => IsFresh(known, now) ? known : fresh);
        TValue? value = null;
        try
        {
            return value = await winner.Reading.Value;
        }
        finally
        {
            if (value is null) entries.TryRemove(KeyValuePair.Create(key, winner));
        }
    }

    private async Task Refresh(TKey key, Entry known, Task before)
    {
        await before;
        try
        {
            var now = clock.GetUtcNow();
            // Nothing is put where the row was invalidated meanwhile.
            if (await read(key) is { } value)
                entries.TryUpdate(key, new Entry(now, new Lazy<Task<TValue?>>(Task.FromResult<TValue?>(value))), known);
            else
                entries.TryRemove(KeyValuePair.Create(key, known));
        }
        catch
        {
            // It stays as it is until its longest life is over, and whoever asks then is told of the failure.
        }
    }

    private sealed class Entry(DateTimeOffset readAt, Lazy<Task<TValue?>> reading)
    {
        private readonly DateTimeOffset oldAt = readAt + Old + TimeSpan.FromMinutes(1) * Random.Shared.NextDouble();
        private int isRefreshing;

        public DateTimeOffset ReadAt => readAt;
        public Lazy<Task<TValue?>> Reading => reading;

        public bool IsOld(DateTimeOffset now) => now >= oldAt;

        /// <summary>True for the first caller only.</summary>
        public bool BeginRefresh() => Interlocked.Exchange(ref isRefreshing, 1) == 0;
    }
}

/// <summary>
/// Whether this process receives notifications of catalogue changes. While it does, its cache equals the rows; while
/// it does not, cached rows are valid only for a short time.
/// </summary>
internal sealed class NewsLine
{
    /// <summary>The connection is checked once a second; it counts as lost after this time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private long heardAt = DateTimeOffset.MinValue.UtcTicks;

    /// <summary>All notifications that were sent before this time have arrived.</summary>
    public void Heard(DateTimeOffset until) => Volatile.Write(ref heardAt, until.UtcTicks);

    public bool IsUp(DateTimeOffset now) => now.UtcTicks - Volatile.Read(ref heardAt) < Patience.Ticks;
}
