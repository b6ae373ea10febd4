using JikoXpress.Postgres.Reads;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace JikoXpress.Postgres.Events;

/// <summary>
/// Gives committed events their positions. Transactions end in any order, so an event's own number could appear after
/// a reader has passed it; publishing is one at a time in the whole cluster, and its positions are read safely.
/// </summary>
internal sealed class EventPublisher(JikoDatabase database, Bell committed, EventFeed feed, ILogger<EventPublisher> log)
    : BackgroundService
{
    private const int MostInBatch = 500;

    /// <summary>The advisory lock that publishing holds: the letters of "feed".</summary>
    private const long LockNumber = 0x66_65_65_64;

    private const string Publish = """
        WITH next AS MATERIALIZED (
            SELECT n.id, nextval('jiko.event_position') AS position
            FROM (SELECT id FROM jiko.event WHERE position IS NULL ORDER BY id LIMIT $1) n
        ), published AS (
            UPDATE jiko.event e SET position = n.position FROM next n WHERE e.id = n.id RETURNING e.id
        )
        SELECT count(*), CASE WHEN count(*) > 0 THEN pg_notify('jiko_event', '')::text END FROM published
        """;

    /// <summary>Other hosts that stopped between commit and publishing are made up for after this long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>A pause after each round lets events gather, so that publishing adds few flushes.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Publishes what is committed; answers how many events that was.</summary>
    public async Task<int> PublishCommitted()
    {
        var all = 0;
        int some;
        do
        {
            some = await PublishSome();
            all += some;
        }
        while (some == MostInBatch);

        return all;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The pace of a disk, not of the business: these waits are in real time even where a test holds the clock.
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PublishCommitted();
            }
            catch (NpgsqlException failure)
            {
                Log.PublishingFailed(log, failure);
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await committed.Rung(Patience, stoppingToken);
        }
    }

    /// <summary>Lock and update are one transaction, and the update's snapshot is younger than the lock.</summary>
    private async Task<int> PublishSome()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand($"SELECT pg_advisory_xact_lock({LockNumber})"),
                new NpgsqlBatchCommand(Publish) { Parameters = { Sql.Of(MostInBatch) } },
            },
        };
        await using var rows = await batch.ExecuteReaderAsync();
        await rows.NextResultAsync();
        await rows.ReadAsync();
        var count = (int)rows.GetInt64(0);
        await rows.CloseAsync();
        if (count > 0) feed.Wake();
        return count;
    }
}
