using System.Globalization;
using JikoXpress.Postgres.Reads;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace JikoXpress.Postgres.Events;

/// <summary>Receives the published position of all processes from the database, on its own connection.</summary>
internal sealed class EventListener(JikoDatabase database, EventFeed feed, ILogger<EventListener> log)
    : BackgroundService
{
    private const string Channel = "jiko_event";

    private static readonly TimeSpan BeforeTryingAgain = TimeSpan.FromSeconds(1);

    /// <summary>Notifies every process that events may be read up to a position.</summary>
    public static Task Tell(JikoDatabase database, long position) => database.Background.Run(
        "SELECT pg_notify($1, $2)", Sql.Of(Channel), Sql.Of(position.ToString(CultureInfo.InvariantCulture)));

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
                // Real time and not the test clock: the database comes back at its own time.
                await Task.Delay(BeforeTryingAgain, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Listen(CancellationToken stoppingToken)
    {
        await using var connection = await database.Background.OpenConnectionAsync(stoppingToken);
        connection.Notification += (_, told) => feed.Publish(long.Parse(told.Payload, CultureInfo.InvariantCulture));
        await using var command = new NpgsqlCommand($"LISTEN {Channel}", connection);
        await command.ExecuteNonQueryAsync(stoppingToken);
        while (true) await connection.WaitAsync(stoppingToken);
    }
}
