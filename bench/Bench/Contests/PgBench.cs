using System.Diagnostics;
using System.Globalization;
using JikoXpress.Bench.Servers;
using Npgsql;

namespace JikoXpress.Bench.Contests;

/// <summary>What PostgreSQL does of the same writes with nobody in front of it.</summary>
internal static class PgBench
{
    /// <summary>Checkouts a second.</summary>
    public static async Task<double> Run(Setup setup, Database database, int checkoutsInTransaction, int clients)
    {
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, Sql.Read("checkout.sql"));
        try
        {
            var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
            var start = new ProcessStartInfo(setup.PgBench,
            [
                "--no-vacuum", "--protocol=prepared", $"--host={server.Host}", $"--port={server.Port}",
                $"--username={server.Username}", $"--client={clients}", "--jobs=2",
                $"--time={Math.Max(1, (int)setup.Time.TotalSeconds)}", $"--define=n={checkoutsInTransaction}",
                $"--file={script}", server.Database ?? "",
            ])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["PGPASSWORD"] = server.Password;
            return checkoutsInTransaction * await TransactionsPerSecond(start);
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static async Task<double> TransactionsPerSecond(ProcessStartInfo start)
    {
        using var process = Process.Start(start) ?? throw new InvalidOperationException("pgbench does not start.");
        var complaints = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        const string Figure = "tps = ";
        var at = said.IndexOf(Figure, StringComparison.Ordinal);
        if (process.ExitCode != 0 || at < 0) throw new InvalidOperationException($"pgbench: {await complaints}");
        var figure = said[(at + Figure.Length)..];
        return double.Parse(figure[..figure.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
    }
}
