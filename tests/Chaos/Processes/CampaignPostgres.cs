using System.Diagnostics;
using JikoXpress.Jiko;
using JikoXpress.Jiko.Postgres;
using Npgsql;

namespace JikoXpress.Chaos.Processes;

/// <summary>
/// A PostgreSQL of the campaign's own, as durable as the product needs it, that is stopped as a power cut would.
/// </summary>
internal sealed class CampaignPostgres : IAsyncDisposable
{
    private const string Product = "jiko";
    private const string Checker = "checker";

    private const string Roles = $"""
        CREATE ROLE {Product} LOGIN;
        CREATE ROLE {Checker} LOGIN;
        GRANT pg_read_all_data TO {Checker};
        ALTER ROLE {Checker} SET default_transaction_read_only = on;
        """;

    private readonly PostgresCluster cluster;

    private CampaignPostgres(PostgresCluster cluster, int port)
    {
        this.cluster = cluster;
        Port = port;
    }

    public int Port { get; }

    /// <summary>The login of somebody who can read everything and change nothing.</summary>
    public string CheckerLogin => LoginOf(Checker, Product, Port);

    public string SuperuserLogin => LoginOf("postgres", Product, Port);

    public static async Task<CampaignPostgres> Make(string home)
    {
        var programs = await PostgresPrograms.Find() ?? throw new InvalidOperationException(
            "The crash campaign stops and starts a PostgreSQL of its own, and its programs (initdb, pg_ctl) were "
            + "not found. Install PostgreSQL 14 or later, or name their folder in JIKO_POSTGRES_PROGRAMS.");
        var user = await ServerUser.Choose();
        await user.Own(home);
        var cluster = new PostgresCluster(programs, user, home);
        await cluster.Create(passwordFile: null, lasting: false);
        var postgres = new CampaignPostgres(cluster, Ports.Free());
        await postgres.Start();
        await postgres.Run("postgres", Roles);
        await postgres.Run("postgres", $"CREATE DATABASE {Product} OWNER {Product}");
        return postgres;
    }

    /// <summary>The product's login, through whatever stands at <paramref name="port"/>.</summary>
    public static string ProductLogin(int port) => LoginOf(Product, Product, port);

    public async Task Start()
    {
        if (!await cluster.Start(Port))
            throw new InvalidOperationException($"Another program has taken the campaign's port {Port}.");
    }

    /// <summary>As when the power goes: nothing is written down first.</summary>
    public async Task StopAtOnce()
    {
        if (!await cluster.Stop(atOnce: true)) throw new InvalidOperationException("PostgreSQL did not stop.");
    }

    /// <summary>
    /// Kills one of the product's sessions with SIGKILL, upon which PostgreSQL ends all others and recovers.
    /// </summary>
    public async Task<bool> KillBackend()
    {
        var process = await Ask<int?>(
            $"SELECT pid FROM pg_stat_activity WHERE usename = '{Product}' ORDER BY query_start DESC LIMIT 1");
        if (process is not { } id) return false;
        using var backend = Process.GetProcessById(id);
        backend.Kill();
        return true;
    }

    /// <summary>How many sessions of the product the server has.</summary>
    public async Task<long> Sessions() =>
        await Ask<long?>($"SELECT count(*) FROM pg_stat_activity WHERE usename = '{Product}'") ?? 0;

    public async ValueTask DisposeAsync()
    {
        if (await cluster.IsRunning()) await StopAtOnce();
    }

    private async Task Run(string database, string text)
    {
        await using var connection = new NpgsqlConnection(LoginOf("postgres", database, Port));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<T?> Ask<T>(string text)
    {
        await using var connection = new NpgsqlConnection(SuperuserLogin);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        return (T?)await command.ExecuteScalarAsync();
    }

    // Without a pool: a pooled connection would not notice that the server has been away.
    private static string LoginOf(string user, string database, int port) =>
        $"Host=127.0.0.1;Port={port};Username={user};Database={database};Timeout=5"
        + (user == Product ? "" : ";Pooling=false;CommandTimeout=60");
}
