using JikoXpress.Domain;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Events;

/// <summary>Published events, for any number of readers that each keep their own position.</summary>
internal sealed class EventFeed(JikoDatabase database) : IEventFeed
{
    private const string After = """
        SELECT position, at, payload FROM jiko.event WHERE kitchen_id = $1 AND position > $2 ORDER BY position LIMIT $3
        """;

    private const string Newest =
        "SELECT coalesce(max(position), 0) FROM jiko.event WHERE kitchen_id = $1 AND position IS NOT NULL";

    private TaskCompletionSource change = NewChange();

    public async Task<IReadOnlyList<PublishedEvent>> Read(Guid kitchenId, long after, int limit) =>
        await database.Source.Rows(After, Read, Sql.Of(kitchenId), Sql.Of(after), Sql.Of(limit));

    public async Task<long> Last(Guid kitchenId) =>
        (await database.Source.Rows(Newest, row => row.GetInt64(0), Sql.Of(kitchenId))).Single();

    public async Task Changed(CancellationToken cancellation) =>
        await Volatile.Read(ref change).Task.WaitAsync(cancellation)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Wakes everybody who waits for a change.</summary>
    public void Wake() => Interlocked.Exchange(ref change, NewChange()).TrySetResult();

    private static PublishedEvent Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), StateJson.Read<KitchenEvent>(row.GetString(2)));

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
