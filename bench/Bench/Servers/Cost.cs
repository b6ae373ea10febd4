using System.Globalization;

namespace JikoXpress.Bench.Servers;

/// <summary>
/// What running has cost so far: CPU of a program and of PostgreSQL in seconds, WAL in bytes, transactions that wrote,
/// each with at most one flush, and all transactions.
/// </summary>
internal sealed record Cost(double Host, double Postgres, double Wal, double Writes, double Transactions)
{
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
            server.ProcessIds.Sum(process => CpuOf(process, withChildren: false)), Cluster(),
            (double)row.GetDecimal(0), row.GetInt64(1), row.GetInt64(2));
    }

    public static Cost operator -(Cost after, Cost before) => new(
        after.Host - before.Host, after.Postgres - before.Postgres, after.Wal - before.Wal,
        after.Writes - before.Writes, after.Transactions - before.Transactions);

    /// <summary>For each of so many units of work.</summary>
    public Cost Per(long units) =>
        new(Host / units, Postgres / units, Wal / units, Writes / units, Transactions / units);

    /// <summary>The server with its processes, those that have ended included.</summary>
    private static double Cluster() => CpuOf(postmaster, withChildren: true) + Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out var process) ? process : 0)
        .Where(process => process != 0 && Parent(process) == postmaster)
        .Sum(process => CpuOf(process, withChildren: false));

    private static int Parent(int process) =>
        Stat(process) is { } stat ? int.Parse(Cpu.Fields(stat)[1], CultureInfo.InvariantCulture) : 0;

    private static double CpuOf(int process, bool withChildren) =>
        Stat(process) is { } stat ? Cpu.Of(stat, withChildren) : 0;

    /// <summary>Null when it is gone.</summary>
    private static string? Stat(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat");
        }
        catch (IOException)
        {
            return null;
        }
    }
}
