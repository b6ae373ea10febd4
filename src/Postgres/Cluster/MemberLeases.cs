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

    /// <summary>Waits until nobody else has it.</summary>
    /// <param name="member">Names one start of one member, or what members do one after the other.</param>
    public async Task<MemberLease> Take(string member, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            while (!await Locked(connection, member, cancellation)) { }
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
            await using var command = Command(connection, $"SELECT pg_try_advisory_xact_lock({Key})", member);
            if (await command.ExecuteScalarAsync(cancellation) is true) free.Add(member);
        }

        return free;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    /// <summary>False where the server let nobody wait any longer.</summary>
    private static async Task<bool> Locked(
        NpgsqlConnection connection, string member, CancellationToken cancellation)
    {
        await using var command = Command(connection, $"SELECT pg_advisory_lock({Key})", member);
        try
        {
            await command.ExecuteNonQueryAsync(cancellation);
            return true;
        }
        catch (PostgresException held) when (held.SqlState is PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string text, string member) =>
        new(text, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = member } } };
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
