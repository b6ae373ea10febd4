using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace JikoXpress.Postgres;

/// <summary>
/// Whether the database takes writes, as far as this process has seen. It stops nobody: every request still tries, so
/// that all is well with the first write that the database takes. Readiness and metrics say it to others.
/// </summary>
public sealed class StoreCondition
{
    private TaskCompletionSource<string> refused = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool TakesWrites => !Volatile.Read(ref refused).Task.IsCompleted;

    /// <summary>The reason for the first refused write since the database was last well.</summary>
    internal Task<string> Trouble => Volatile.Read(ref refused).Task;

    /// <param name="reason">One of the words of <see cref="StoreFaults.ReasonOf"/>.</param>
    public void Refused(string reason)
    {
        StoreMetrics.Refused(reason);
        Heard(reason);
    }

    /// <summary>Another process has been refused a write, and has counted it.</summary>
    public void Heard(string reason)
    {
        StoreMetrics.TakesWrites(false);
        Volatile.Read(ref refused).TrySetResult(reason);
    }

    internal void Recovered()
    {
        Volatile.Write(ref refused, new(TaskCreationOptions.RunContinuationsAsynchronously));
        StoreMetrics.TakesWrites(true);
    }
}

/// <summary>After a refused write, tries every 2 s whether the database takes writes again.</summary>
internal sealed class StoreWatch(JikoDatabase database, StoreCondition condition, ILogger<StoreWatch> log)
    : BackgroundService
{
    /// <summary>
    /// Takes 1 MB of the disk for a moment, so that a database with room for a last few rows is not called well. A
    /// temporary table writes next to nothing to the write-ahead log, and is gone after a crash, too. Each row is too
    /// short to be compressed.
    /// </summary>
    private const string Try = """
        CREATE TEMP TABLE jiko_trial ON COMMIT DROP AS SELECT repeat('x', 1900) AS filling FROM generate_series(1, 512)
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        StoreMetrics.TakesWrites(true);
        while (!stoppingToken.IsCancellationRequested)
        {
            var reason = await condition.Trouble.WaitAsync(stoppingToken);
            var since = Stopwatch.GetTimestamp();
            Log.WritesRefused(log, reason, Interval.TotalSeconds);
            do
            {
                // Real time and not the test clock: the database comes back at its own time.
                await Task.Delay(Interval, stoppingToken);
            }
            while (!await Writes(stoppingToken));

            condition.Recovered();
            Log.WritesTaken(log, Math.Round(Stopwatch.GetElapsedTime(since).TotalSeconds));
        }
    }

    private async Task<bool> Writes(CancellationToken stopping)
    {
        try
        {
            await using var command = database.Background.CreateCommand(Try);
            await command.ExecuteNonQueryAsync(stopping);
            return true;
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            return false;
        }
    }
}
