using Npgsql;

namespace JikoXpress.Postgres.Cluster;

/// <summary>
/// Tells which members of a cluster still run. Each member holds an advisory lock on its own connection. The database
/// frees the lock when the process ends, so a member without the lock has ended, or has just lost its connection. No
/// clock is used.
/// </summary>
public sealed class MemberLeases : IAsyncDisposable
{
    /// <summary>
    /// If a machine vanishes, the server notices it after about five seconds, and ends the session.
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

    /// <summary>Waits until the lease is free, and takes it.</summary>
    /// <param name="member">The name of one start of one member, or of a step that members do one at a time.</param>
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

    /// <summary>Returns those of the given members whose lease is free.</summary>
    public async Task<IReadOnlyList<string>> WithoutLease(
        IReadOnlyCollection<string> members, CancellationToken cancellation)
    {
        if (members.Count == 0) return [];
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var free = new List<string>();
        foreach (var member in members)
        {
            // The lock is freed at the end of the statement.
            await using var command = Command(connection, $"SELECT pg_try_advisory_xact_lock({Key})", member);
            if (await command.ExecuteScalarAsync(cancellation) is true) free.Add(member);
        }

        return free;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    /// <summary>False if the server's lock timeout ended the wait.</summary>
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

/// <summary>The lease is held until this is disposed of, or the connection ends.</summary>
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
            // The connection has ended.
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
