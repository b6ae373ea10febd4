using System.Globalization;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Reporting;

/// <summary>What a reader has to know of a run before believing it.</summary>
internal static class Machine
{
    public static async Task<string> About(Setup setup, DateTimeOffset now)
    {
        await using var database = await Database.Make(setup.Cluster, "bench_about");
        var version = await database.Value<string>("SHOW server_version");
        var durable = await database.Value<string>("""
            SELECT string_agg(name || ' ' || setting, ', ' ORDER BY name) FROM pg_settings
            WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')
            """);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Measured {now:yyyy-MM-dd} with `./jiko bench`: {Environment.ProcessorCount} cores that the load "
            + $"generator, the programs and PostgreSQL {version.Split(' ')[0]} ({durable}) share, "
            + $".NET {Environment.Version}. {setup.Rounds} interleaved rounds of {setup.Time.TotalSeconds:0.#} s, "
            + $"medians.");
    }
}
