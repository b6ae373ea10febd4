using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace JikoXpress.Postgres.Events;

/// <summary>Hears from the database when any host has published, on a connection of its own.</summary>
internal sealed class EventListener(JikoDatabase database, EventFeed feed, ILogger<EventListener> log)
    : BackgroundService
{
    private static readonly TimeSpan BeforeTryingAgain = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Listen(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException failure)
            {
                Log.ListeningFailed(log, failure);
                // Real time: a database that is away comes back by itself, not by a test's clock.
                await Task.Delay(BeforeTryingAgain, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Listen(CancellationToken stoppingToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(stoppingToken);
        await using var command = new NpgsqlCommand("LISTEN jiko_event", connection);
        await command.ExecuteNonQueryAsync(stoppingToken);
        while (true)
        {
            // The first time too: something may have been published while nobody listened.
            feed.Wake();
            await connection.WaitAsync(stoppingToken);
        }
    }
}
