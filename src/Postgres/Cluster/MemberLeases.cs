using Npgsql;

namespace JikoXpress.Postgres.Cluster;

/// <summary>
/// Tells which members of a cluster still run. Each holds an advisory lock on a connection of its own, which the
/// database takes back at the moment when the process is gone: a member without it has ended, or has lost its
/// connection a moment ago. No machine's clock is asked.
/// </summary>
public sealed class MemberLeases : IAsyncDisposable
{
    /// <summary>
    /// A machine that vanished says no farewell: the server misses it after about five seconds, and ends the session.
    /// </summary>
    private const string Watch =
        "-c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3 -c tcp_user_timeout=5s "
        + "-c idle_session_timeout=0";

    private const string Key = "hashtextextended('member ' || $1, 0)";

    private static readonly TimeSpan BeforeTryingAgain = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource source;

    public MemberLeases(string connectionString)
    {
        var settings = JikoDatabase.SettingsOf(connectionString);
        settings.ApplicationName += "-lease";
        settings.Options += $" {Watch}";
        settings.Pooling = false;
        settings.KeepAlive = 2;
        source = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = settings.ApplicationName }.Build();
    }

    /// <param name="member">Names one start of one member.</param>
    public async Task<MemberLease> Take(string member, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            // A session that this member lost and the server still believes in has it: then it is not free either.
            while (!await Ask(connection, $"SELECT pg_try_advisory_lock({Key})", member, cancellation))
                await Task.Delay(BeforeTryingAgain, cancellation);
            return new MemberLease(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Those of some members whose lease nobody holds.</summary>
    public async Task<IReadOnlyList<string>> WithoutLease(
        IReadOnlyCollection<string> members, CancellationToken cancellation)
    {
        if (members.Count == 0) return [];
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var free = new List<string>();
        foreach (var member in members)
        {
            // The lock ends with the statement.
            if (await Ask(connection, $"SELECT pg_try_advisory_xact_lock({Key})", member, cancellation))
                free.Add(member);
        }

        return free;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static async Task<bool> Ask(
        NpgsqlConnection connection, string text, string member, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(text, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = member });
        return await command.ExecuteScalarAsync(cancellation) is true;
    }
}

/// <summary>Holds until it is disposed of, or its connection ends.</summary>
public sealed class MemberLease(NpgsqlConnection connection) : IAsyncDisposable
{
    /// <summary>Returns when the connection has ended.</summary>
    public async Task Lost(CancellationToken cancellation)
    {
        try
        {
            while (true) await connection.WaitAsync(cancellation);
        }
        catch (NpgsqlException)
        {
            // That is what was waited for.
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
