using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace JikoXpress.Postgres.Events;

/// <summary>Looks how far events may be read, after each commit of this host, and tells the other hosts.</summary>
internal sealed class EventPublisher(
    JikoDatabase database, WorkSignals signals, EventFeed feed, ILogger<EventPublisher> log)
    : BackgroundService
{
    private const string LastGiven = "SELECT last_value FROM jiko.event_position";

    /// <summary>Whoever writes events holds this lock from before their numbers to its transaction's end.</summary>
    private const string Writing = """
        SELECT DISTINCT virtualtransaction FROM pg_locks
        WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND relation = 'jiko.event'::regclass
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    /// <summary>Other hosts that stopped between commit and publishing are made up for after this long.</summary>
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

    /// <summary>Publishes what has surely ended; answers the last position that was given away.</summary>
    public async Task<long> Publish()
    {
        var (last, writing) = await Look();
        horizon.Look(last, writing);
        if (feed.Publish(horizon.Position)) await EventListener.Tell(database, horizon.Position);
        return last;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Whoever came before the first look would be told everything since the beginning.
        await PublishCommitted(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The pace of a disk, not of the business: these waits are in real time even where a test holds the clock.
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

    /// <summary>The last position first: whoever was given one before that holds the lock now, or has ended.</summary>
    private async Task<(long Last, IReadOnlySet<string> Writing)> Look()
    {
        await using var batch = database.Source.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LastGiven));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Writing));
        await using var rows = await batch.ExecuteReaderAsync();
        var last = (await rows.All(row => row.GetInt64(0))).Single();
        await rows.NextResultAsync();
        return (last, (await rows.All(row => row.GetString(0))).ToHashSet());
    }
}
