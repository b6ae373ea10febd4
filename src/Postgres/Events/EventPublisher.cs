using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace JikoXpress.Postgres.Events;

/// <summary>
/// Gives committed events their positions. Transactions end in any order, so an event's own number could appear after
/// a reader has passed it; publishing is one at a time in the whole cluster, and its positions are read safely.
/// </summary>
internal sealed class EventPublisher(JikoDatabase database, Bells bells, EventFeed feed, ILogger<EventPublisher> log)
    : BackgroundService
{
    private const int MostInBatch = 500;

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
            await bells.Events.Rung(Patience, stoppingToken);
        }
    }

    private async Task<int> PublishSome()
    {
        var count = (await database.Source.Rows(
            "SELECT jiko.publish_events($1)", row => row.GetInt32(0), Sql.Of(MostInBatch))).Single();
        if (count > 0) feed.Wake();
        return count;
    }
}
