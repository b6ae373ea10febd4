using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace JikoXpress.Postgres.Cluster;

/// <summary>
/// The database as a cluster of silos uses it: connections that find Orleans' statements, and among them those that
/// this build wrote.
/// </summary>
public sealed class ClusterDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;

    public ClusterDatabase(string connectionString)
    {
        var settings = JikoDatabase.SettingsOf(connectionString);
        settings.SearchPath = "jiko_cluster";
        settings.Options += $" -c jiko.layout={CommitDocument.Layout}";
        settings.ApplicationName += "-cluster";
        source = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = settings.ApplicationName }.Build();
    }

    public DbDataSource Source => source;

    public ValueTask DisposeAsync() => source.DisposeAsync();
}

/// <summary>Makes the statements by which this build commits, before the silo asks for them.</summary>
public sealed class ClusterStatements(JikoDatabase database) : IHostedService
{
    private const string Name = "WriteToStorageKey";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Two builds that start together take turns.
        await Run(connection, "LOCK TABLE jiko_cluster.statement IN SHARE ROW EXCLUSIVE MODE", cancellationToken);
        await Run(connection, CommitDocument.Function, cancellationToken);
        await using (var insert = new NpgsqlCommand(
            "INSERT INTO jiko_cluster.statement (name, layout, text) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            connection))
        {
            insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Name });
            insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = CommitDocument.Layout });
            insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Text });
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Text => $"""
        SELECT jiko_cluster.commit_{CommitDocument.Layout}(
            convert_from(@PayloadBinary, 'UTF8')::json, @GrainStateVersion) AS NewGrainStateVersion
        """;

    private static async Task Run(NpgsqlConnection connection, string text, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
