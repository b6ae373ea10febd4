using System.Globalization;

namespace JikoXpress.Bench.Servers;

/// <summary>
/// What running has cost so far: CPU of a program and of PostgreSQL in seconds, WAL in bytes, transactions that wrote,
/// each with at most one flush, and all transactions.
/// </summary>
internal sealed record Cost(double Host, double Postgres, double Wal, double Writes, double Transactions)
{
    /// <summary>Of /proc: the kernel counts in hundredths of a second.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>
    /// The numbers of transactions are the server's own and exact at once; pg_stat_database is told a second later.
    /// </summary>
    private const string Counters = """
        SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn, pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
            (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database())
        """;

    private static int postmaster;

    public static async Task<Cost> SoFar(Server server, Database database)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        if (postmaster == 0) postmaster = Parent(connection.ProcessID);
        await using var command = new Npgsql.NpgsqlCommand(Counters, connection);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return new Cost(
            server.ProcessIds.Sum(process => Cpu(process, withChildren: false)), Cluster(),
            (double)row.GetDecimal(0), row.GetInt64(1), row.GetInt64(2));
    }

    public static Cost operator -(Cost after, Cost before) => new(
        after.Host - before.Host, after.Postgres - before.Postgres, after.Wal - before.Wal,
        after.Writes - before.Writes, after.Transactions - before.Transactions);

    /// <summary>For each of so many units of work.</summary>
    public Cost Per(long units) =>
        new(Host / units, Postgres / units, Wal / units, Writes / units, Transactions / units);

    /// <summary>The server with its processes, those that have ended included.</summary>
    private static double Cluster() => Cpu(postmaster, withChildren: true) + Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out var process) ? process : 0)
        .Where(process => process != 0 && Parent(process) == postmaster)
        .Sum(process => Cpu(process, withChildren: false));

    private static int Parent(int process) =>
        Fields(process) is { Length: > 1 } fields ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;

    private static double Cpu(int process, bool withChildren) => Fields(process) is { Length: > 14 } fields
        ? fields[11..(withChildren ? 15 : 13)].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture))
            / TicksPerSecond
        : 0;

    /// <summary>What stands after the program's name, beginning with the state; empty when it is gone.</summary>
    private static string[] Fields(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }
}
