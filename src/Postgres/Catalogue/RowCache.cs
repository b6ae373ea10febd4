using System.Collections.Concurrent;

namespace JikoXpress.Postgres.Catalogue;

/// <summary>
/// Rows that are read far more often than they change, remembered while their changes are heard of, and for a short
/// while where they are not. Who asks meanwhile shares one read. A read that was under way when its row was forgotten
/// is not remembered, so what is forgotten stays forgotten. What is not there is never remembered: asking for things at
/// random fills nothing.
/// </summary>
/// <param name="life">How long a row is remembered while the line is down.</param>
/// <param name="most">Beyond so many everything is forgotten, which costs a read each and keeps memory bounded.</param>
internal sealed class RowCache<TKey, TValue>(
    NewsLine line, TimeSpan life, int most, TimeProvider clock, Func<TKey, Task<TValue?>> read)
    where TKey : notnull
    where TValue : class
{
    /// <summary>Heard of or not, a row that somebody changed by hand is found out in the end.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<TKey, Entry> entries = new();

    public ValueTask<TValue?> Find(TKey key)
    {
        var now = clock.GetUtcNow();
        return entries.TryGetValue(key, out var entry) && IsFresh(entry, now)
            ? new ValueTask<TValue?>(entry.Reading.Value)
            : new ValueTask<TValue?>(Read(key, now));
    }

    /// <summary>It was asked for lately, and was there.</summary>
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

    private sealed record Entry(DateTimeOffset ReadAt, Lazy<Task<TValue?>> Reading);
}
