using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace JikoXpress.Postgres.Events;

/// <summary>After each commit of this process, computes how far events may be read, and notifies the others.</summary>
internal sealed class EventPublisher(
    JikoDatabase database, WorkSignals signals, EventFeed feed, ILogger<EventPublisher> log)
    : BackgroundService
{
    /// <summary>A sequence that gave no number yet has its first one as the last value.</summary>
    private const string LastGiven =
        "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM jiko.event_position";

    /// <summary>A transaction that writes events holds this lock from before it gets numbers until it ends.</summary>
    private const string Writing = """
        SELECT DISTINCT virtualtransaction FROM pg_locks
        WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND relation = 'jiko.event'::regclass
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    /// <summary>Look this often even without a commit here: another process may stop before it publishes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>A pause after each round lets events gather, so that publishing adds few flushes.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly EventHorizon horizon = new();

    /// <summary>Publishes all that was committed before the call, here or elsewhere.</summary>
    public async Task PublishCommitted(CancellationToken cancellation = default)
    {
        var committed = await Publish();
        while (horizon.Position < committed)
        {
            await Task.Delay(1, cancellation);
            await Publish();
        }
    }

    /// <summary>Publishes events of ended transactions; returns the last position that was assigned.</summary>
    public async Task<long> Publish()
    {
        var (last, writing) = await Look();
        horizon.Look(last, writing);
        if (feed.Publish(horizon.Position)) await EventListener.Tell(database, horizon.Position);
        return last;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // A reader that came before the first publication would get all events since the beginning.
        await PublishCommitted(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // These waits depend on the disk, so they use real time even if a test controls the clock.
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Publish();
            }
            catch (NpgsqlException failure)
            {
                Log.PublishingFailed(log, failure);
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!horizon.IsAwaited) await signals.Events.WaitAsync(Patience, stoppingToken);
        }
    }

    /// <summary>
    /// Reads the last position before the locks: a transaction that got an earlier position then holds the lock, or has
    /// ended.
    /// </summary>
    private async Task<(long Last, IReadOnlySet<string> Writing)> Look()
    {
        await using var batch = database.Background.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LastGiven));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Writing));
        await using var rows = await batch.ExecuteReaderAsync();
        var last = (await rows.All(row => row.GetInt64(0))).Single();
        await rows.NextResultAsync();
        return (last, (await rows.All(row => row.GetString(0))).ToHashSet());
    }
}
