using JikoXpress.Domain;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Events;

/// <summary>Published events, for any number of readers; each keeps its own position.</summary>
internal sealed class EventFeed(JikoDatabase database) : IEventFeed, IMerchantFeed
{
    private const string After = """
        SELECT position, at, payload FROM jiko.event
        WHERE kitchen_id = $1 AND position > $2 AND position <= $3
        ORDER BY position LIMIT $4
        """;

    private const string OfStores = """
        SELECT e.kitchen_id, e.position, e.at, e.payload FROM unnest($1) AS s(id)
        CROSS JOIN LATERAL (
            SELECT * FROM jiko.event
            WHERE kitchen_id = s.id AND position > $2 AND position <= $3
            ORDER BY position LIMIT $4) e
        ORDER BY e.position LIMIT $4
        """;

    private const string Newest =
        "SELECT coalesce(max(position), 0) FROM jiko.event WHERE kitchen_id = $1 AND position <= $2";

    private const string At = "SELECT 1 FROM jiko.event WHERE kitchen_id = $1 AND position = $2";

    /// <summary>From the newest on: what is asked for is never long ago.</summary>
    private const string Before = """
        SELECT position FROM jiko.event
        WHERE kitchen_id = $1 AND position <= $2 AND at < $3
        ORDER BY position DESC LIMIT 1
        """;

    private TaskCompletionSource change = NewChange();
    private readonly Lock moving = new();
    private long end;

    public async Task<IReadOnlyList<PublishedEvent>> Read(Guid kitchenId, long after, int limit) =>
        await database.Source.Rows(After, Read, Sql.Of(kitchenId), Sql.Of(after), Sql.Of(End), Sql.Of(limit));

    public async Task<MerchantEvents> Read(Sequence<Guid> stores, bool liveMode, long after, int limit)
    {
        var found = await database.Source.Rows(
            OfStores,
            row => StoredEvents.Read(row.GetString(3)) is { } told
                ? new MerchantEvent(
                    row.GetInt64(1), row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(2), liveMode, told)
                : null,
            Sql.Of(stores.ToArray()), Sql.Of(after), Sql.Of(End), Sql.Of(limit));
        MerchantEvent[] readable = [.. found.TakeWhile(each => each is not null).OfType<MerchantEvent>()];
        return new MerchantEvents(readable, readable.Length < found.Count);
    }

    public async Task<bool> Knows(Guid kitchenId, long position) =>
        (await database.Source.Rows(At, row => row.GetInt32(0), Sql.Of(kitchenId), Sql.Of(position))).Count > 0;

    public async Task<long> Last(Guid kitchenId) =>
        (await database.Source.Rows(Newest, row => row.GetInt64(0), Sql.Of(kitchenId), Sql.Of(End))).Single();

    public async Task<long> LastBefore(Guid kitchenId, DateTimeOffset moment) =>
        (await database.Source.Rows(
            Before, row => row.GetInt64(0), Sql.Of(kitchenId), Sql.Of(End), Sql.Of(moment.ToUniversalTime())))
        .SingleOrDefault();

    public async Task Changed(CancellationToken cancellation) =>
        await Volatile.Read(ref change).Task.WaitAsync(cancellation)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>
    /// Moves the end of the feed forward and wakes its readers. False if the end was there or further already.
    /// </summary>
    public bool Publish(long upTo)
    {
        lock (moving)
        {
            if (upTo <= end) return false;
            end = upTo;
        }

        Interlocked.Exchange(ref change, NewChange()).TrySetResult();
        return true;
    }

    /// <summary>The last position that readers may read.</summary>
    internal long End => Volatile.Read(ref end);

    private static PublishedEvent Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), StoredEvents.Read(row.GetString(2)));

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
