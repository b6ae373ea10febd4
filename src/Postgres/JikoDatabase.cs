using Npgsql;

namespace JikoXpress.Postgres;

/// <summary>
/// The database, set up in one place. Few connections are faster than many, and every wait has an end: a connection
/// that is half open, or a client that stopped half-way, must not keep locks.
/// </summary>
public sealed class JikoDatabase : IAsyncDisposable
{
    private const int MostConnections = 16;

    private const string Limits =
        "-c lock_timeout=2s -c statement_timeout=5s -c idle_in_transaction_session_timeout=5s";

    public JikoDatabase(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = given.ApplicationName ?? "jiko",
            MaxPoolSize = Math.Min(given.MaxPoolSize, MostConnections),
            // What the connection string says comes last, and wins.
            Options = $"{Limits} {given.Options}".Trim(),
            // The server's own limit answers first, and tells what became of the statement.
            CommandTimeout = 10,
            KeepAlive = 30,
            TcpKeepAlive = true,
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
        };
        Source = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    public NpgsqlDataSource Source { get; }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
