using JikoXpress.Postgres.Reads;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Postgres;

/// <summary>
/// Stops the start if the database may lose committed data (fsync and the like are off) and a kitchen takes real
/// money. With test kitchens only, it logs a warning and continues.
/// </summary>
public sealed class DurabilityCheck(JikoDatabase database, ILogger<DurabilityCheck> log) : IHostedService
{
    private const string SwitchedOff = """
        SELECT name FROM pg_settings
        WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off' ORDER BY name
        """;

    private const string LiveKitchens = "SELECT id FROM jiko.kitchen WHERE live_mode LIMIT 1";

    /// <exception cref="DatabaseNotDurableException">There is a live kitchen, whose money would be at risk.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var off = await database.Source.Rows(SwitchedOff, row => row.GetString(0));
        if (off.Count == 0) return;
        var live = await database.Source.Rows(LiveKitchens, row => row.GetGuid(0));
        if (live.Count > 0) throw new DatabaseNotDurableException(off);
        Log.NotDurable(log, string.Join(", ", off));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

public sealed class DatabaseNotDurableException(IReadOnlyList<string> settings) : Exception(
    $"There are live kitchens, and the database has {string.Join(", ", settings)} off: what it has answered could be "
    + "lost. Switch them on, and start again.");
