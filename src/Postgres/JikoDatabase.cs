using Npgsql;

namespace JikoXpress.Postgres;

/// <summary>
/// The database, set up in one place. Few connections are faster than many, and every wait has an end: a connection
/// that is half open, or a client that stopped half-way, must not keep locks.
/// </summary>
public sealed class JikoDatabase : IAsyncDisposable
{
    private const int MostConnections = 16;

    /// <summary>
    /// The server ends what hangs: a wait for a lock, a statement, a transaction whose client stopped half-way, and a
    /// session that nobody is on any more. It looks whether clients are still there, so that one that died during a
    /// statement keeps its locks for seconds and not for hours.
    /// </summary>
    private const string Limits =
        "-c lock_timeout=2s -c statement_timeout=5s -c idle_in_transaction_session_timeout=5s "
        + "-c idle_session_timeout=1h -c client_connection_check_interval=2s "
        + "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=15s";

    /// <summary>
    /// Every statement of the day's business finds a few rows by their keys. Plans are kept for as long as a connection
    /// lives, and one that was made while a table was small reads or hashes all of it long after it has grown. Made
    /// anew for each call, as PostgreSQL does where it thinks that this pays, they cost a commit a tenth more. None of
    /// them is long enough to be worth compiling.
    /// </summary>
    private const string Plans =
        "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c jit=off";

    /// <summary>How long a request waits for a connection, in seconds, before it hears that there is none.</summary>
    private const int Patience = 3;

    /// <summary>Connections are let go long before the server would end them, in seconds.</summary>
    private const int LongestIdle = 300, LongestLife = 1800;

    public JikoDatabase(string connectionString)
    {
        var settings = SettingsOf(connectionString);
        // The name stands in the metrics of the pool, instead of where the database is and who logs in.
        Source = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = settings.ApplicationName }.Build();
    }

    public NpgsqlDataSource Source { get; }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    internal static NpgsqlConnectionStringBuilder SettingsOf(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        return new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = given.ApplicationName ?? "jiko",
            MaxPoolSize = Math.Min(given.MaxPoolSize, MostConnections),
            // What the connection string says comes last, and wins.
            Options = $"{Limits} {Plans} {given.Options}".Trim(),
            // Whoever changes a setting takes it back, so that nobody need clear up after everybody.
            NoResetOnClose = true,
            // The server's own limit answers first, and tells what became of the statement.
            CommandTimeout = 10,
            Timeout = Math.Min(given.Timeout, Patience),
            ConnectionIdleLifetime = LongestIdle,
            ConnectionLifetime = LongestLife,
            // Also keeps the connections that listen from being idle.
            KeepAlive = 30,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 30,
            TcpKeepAliveInterval = 5,
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
        };
    }
}
