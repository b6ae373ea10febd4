using JikoXpress.Postgres.Reads;
using Microsoft.Extensions.Hosting;

namespace JikoXpress.Postgres;

/// <summary>
/// In live mode a process does not start if the database may lose committed data or has the demo in it, or if the
/// clocks of the process and the database differ by more than 30 s: deadlines are set with one clock and looked up with
/// the other.
/// </summary>
public sealed class LiveDatabaseCheck(JikoDatabase database, TimeProvider clock) : IHostedService
{
    private const string SwitchedOff = """
        SELECT name FROM pg_settings
        WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off' ORDER BY name
        """;

    private static readonly TimeSpan LargestOffset = TimeSpan.FromSeconds(30);

    /// <exception cref="LiveModeException">Real money would be at risk.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var off = await database.Source.Rows(SwitchedOff, row => row.GetString(0));
        var times = await database.Source.Rows(
            "SELECT clock_timestamp()", row => row.GetFieldValue<DateTimeOffset>(0));
        var demos = await database.Source.Rows("SELECT 1 FROM jiko.demo", row => row.GetInt32(0));
        var offset = (times[0] - clock.GetUtcNow()).Duration();
        string[] reasons =
        [
            .. off.Select(name => $"The database has {name} off, and could lose what it has answered."),
            .. demos.Count > 0
                ? ["The database has the demo in it, whose tokens and PINs everybody knows."]
                : Array.Empty<string>(),
            .. offset > LargestOffset
                ? [$"The database's clock and this host's differ by {offset.TotalSeconds:F0} seconds."]
                : Array.Empty<string>(),
        ];
        if (reasons.Length > 0) throw new LiveModeException(reasons);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <param name="reasons">The reasons against the start, one sentence each.</param>
public sealed class LiveModeException(IReadOnlyList<string> reasons) : Exception(
    $"JIKO_MODE is live, and this host does not start:\n- {string.Join("\n- ", reasons)}")
{
    public IReadOnlyList<string> Reasons => reasons;
}
