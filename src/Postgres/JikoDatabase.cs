using JikoXpress.Postgres.Cluster;
using Npgsql;

namespace JikoXpress.Postgres;

/// <summary>
/// The connection settings of the database. Few connections are faster than many. Every wait has a limit: a
/// half-open connection, or a client that stopped in the middle of its work, must not keep locks.
/// </summary>
public sealed class JikoDatabase : IAsyncDisposable
{
    private const int MostConnections = 16;

    /// <summary>
    /// Connections of the background work: enough for the listener, the publisher, and each kind of round at a time.
    /// </summary>
    private const int MostInBackground = 8;

    /// <summary>
    /// Limits on the server: for a wait for a lock, a statement, a transaction whose client stopped, and an idle
    /// session. The server also checks whether clients are still connected, so the locks of a client that died during
    /// a statement are freed after seconds and not after hours.
    /// </summary>
    private const string Limits =
        "-c lock_timeout=2s -c statement_timeout=5s -c idle_in_transaction_session_timeout=5s "
        + "-c idle_session_timeout=1h -c client_connection_check_interval=2s "
        + "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=15s";

    /// <summary>
    /// Every normal statement finds a few rows by their keys. A prepared plan is kept as long as its connection. A plan
    /// made while a table was small would still read or hash the whole table after it has grown, so such plans are off.
    /// Generic plans are forced: custom plans, which PostgreSQL makes for each call where it expects a gain, cost a
    /// commit a tenth more. No statement is long enough for JIT to pay.
    /// </summary>
    private const string Plans =
        "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c jit=off";

    /// <summary>How long a request waits for a connection, in seconds, before it fails.</summary>
    private const int Patience = 3;

    /// <summary>The pool closes connections long before the server would, in seconds.</summary>
    private const int LongestIdle = 300, LongestLife = 1800;

    /// <summary>A change of the schema may read or write whole tables, and waits its turn.</summary>
    private const string NoLimits =
        "-c lock_timeout=0 -c statement_timeout=0 -c idle_in_transaction_session_timeout=0";

    private readonly NpgsqlConnectionStringBuilder settings;

    /// <param name="member">The silo that commits on these connections; null if none does.</param>
    public JikoDatabase(string connectionString, CommittingMember? member = null)
    {
        settings = SettingsOf(connectionString, member);
        // The pool's metrics show this name, and not the server's address and the user.
        Source = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = settings.ApplicationName }.Build();
        settings.MaxPoolSize = Math.Min(settings.MaxPoolSize, MostInBackground);
        Background = new NpgsqlDataSourceBuilder(settings.ConnectionString)
        {
            Name = $"{settings.ApplicationName} in the background",
        }.Build();
    }

    /// <summary>For what callers ask, and for the grains.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>
    /// For readiness, events, deadlines and payments: connections of their own, so that they go on while callers have
    /// taken all others.
    /// </summary>
    public NpgsqlDataSource Background { get; }

    public async ValueTask DisposeAsync()
    {
        await Background.DisposeAsync();
        await Source.DisposeAsync();
    }

    /// <summary>Whether Npgsql can read the text; it says nothing about whether the database is there.</summary>
    public static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException)
        {
            return false;
        }
    }

    /// <summary>
    /// A connection beside the pool, without limits on the time of statements, still to be opened. Closing it ends the
    /// session and frees its locks.
    /// </summary>
    internal NpgsqlConnection WithoutLimits() => new(
        new NpgsqlConnectionStringBuilder(settings.ConnectionString)
        {
            Options = $"{settings.Options} {NoLimits}",
            CommandTimeout = 0,
            Pooling = false,
        }.ConnectionString);

    internal static NpgsqlConnectionStringBuilder SettingsOf(string connectionString, CommittingMember? member = null)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        return new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = given.ApplicationName ?? "jiko",
            MaxPoolSize = Math.Min(given.MaxPoolSize, MostConnections),
            // Options of the connection string come last, so they override these.
            Options = $"{Limits} {Plans} {member?.Option} {given.Options}".Trim(),
            // Code that changes a session setting resets it, so the pool need not reset connections.
            NoResetOnClose = true,
            // Longer than the server's own timeout, whose error says what became of the statement.
            CommandTimeout = 10,
            Timeout = Math.Min(given.Timeout, Patience),
            ConnectionIdleLifetime = LongestIdle,
            ConnectionLifetime = LongestLife,
            // Also keeps the LISTEN connections from becoming idle.
            KeepAlive = 30,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 30,
            TcpKeepAliveInterval = 5,
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
        };
    }
}
