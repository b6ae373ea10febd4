using System.Diagnostics;
using Npgsql;

namespace JikoXpress.Chaos.Processes;

/// <summary>
/// A PostgreSQL of the campaign's own, as durable as the product needs it, that is stopped as a power cut would.
/// </summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private const string Product = "jiko";
    private const string Checker = "checker";

    private const string Roles = $"""
        CREATE ROLE {Product} LOGIN;
        CREATE ROLE {Checker} LOGIN;
        GRANT pg_read_all_data TO {Checker};
        ALTER ROLE {Checker} SET default_transaction_read_only = on;
        """;

    private readonly PostgresPrograms programs;
    private readonly string data;

    private PostgresCluster(PostgresPrograms programs, string home, int port)
    {
        this.programs = programs;
        data = Path.Combine(home, "data");
        Port = port;
    }

    public int Port { get; }

    /// <summary>The login of somebody who can read everything and change nothing.</summary>
    public string CheckerLogin => LoginOf(Checker, Product, Port);

    public string SuperuserLogin => LoginOf("postgres", Product, Port);

    public static async Task<PostgresCluster> Make(string home)
    {
        var programs = PostgresPrograms.Find();
        await programs.Own(home);
        var cluster = new PostgresCluster(programs, home, Ports.Free());
        await programs.Run(
            "initdb", "--pgdata", cluster.data, "--username=postgres", "--auth=trust", "--encoding=UTF8",
            "--locale=C", "--no-sync");
        await cluster.Start();
        await cluster.Run("postgres", Roles);
        await cluster.Run("postgres", $"CREATE DATABASE {Product} OWNER {Product}");
        return cluster;
    }

    /// <summary>The product's login, through whatever stands at <paramref name="port"/>.</summary>
    public static string ProductLogin(int port) => LoginOf(Product, Product, port);

    public Task Start() => programs.Run(
        "pg_ctl", "start", "--pgdata", data, "--log", $"{data}.log", "--wait", "--timeout=60", "--silent",
        "--options", $"-c port={Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 "
            + "-c fsync=on -c synchronous_commit=on -c full_page_writes=on -c timezone=UTC");

    /// <summary>As when the power goes: nothing is written down first.</summary>
    public Task StopAtOnce() => programs.Run("pg_ctl", "stop", "--pgdata", data, "--mode=immediate", "--silent");

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
        if (File.Exists(Path.Combine(data, "postmaster.pid"))) await StopAtOnce();
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
