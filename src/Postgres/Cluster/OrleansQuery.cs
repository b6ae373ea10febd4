using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace JikoXpress.Postgres.Cluster;

/// <summary>
/// The SQL statements that Orleans' ADO.NET providers read from the view OrleansQuery: those of orleans-query.sql, and
/// the one that commits. The connections of a build name its layout, so that builds with different statements can
/// share a database during an upgrade.
/// </summary>
internal static partial class OrleansQuery
{
    private const string File = "orleans-query.sql";

    private const string Commit = "WriteToStorageKey";

    /// <summary>The statements, by name.</summary>
    public static IReadOnlyDictionary<string, string> Statements { get; } = Read();

    /// <summary>Hash of the statements: builds with the same statements have the same layout.</summary>
    public static string Layout { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', Statements.OrderBy(one => one.Key, StringComparer.Ordinal)))))[..16];

    private static Dictionary<string, string> Read()
    {
        var (_, text) = EmbeddedSql.In(File).Single();
        var statements = Named().Matches(text).ToDictionary(
            match => match.Groups["name"].Value, match => match.Groups["text"].Value);
        statements.Add(Commit, $"""
            SELECT jiko_cluster.commit_{CommitDocument.Layout}(
                convert_from(@PayloadBinary, 'UTF8')::json, @GrainStateVersion) AS NewGrainStateVersion
            """);
        return statements;
    }

    /// <summary>Matches a line with the name, and the statement up to a semicolon at the end of a line.</summary>
    [GeneratedRegex(@"^-- name: (?<name>\w+)\n(?<text>.+?);$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Named();
}

/// <summary>Stores the statements of this build before the silo reads them.</summary>
public sealed class ClusterStatements(JikoDatabase database) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Two builds that start together do this one after the other.
        await Run(connection, "LOCK TABLE jiko_cluster.statement IN SHARE ROW EXCLUSIVE MODE", cancellationToken);
        await Run(connection, CommitDocument.Function, cancellationToken);
        await using (var insert = new NpgsqlCommand(
            "INSERT INTO jiko_cluster.statement (name, layout, text) SELECT unnest($1), $2, unnest($3) "
            + "ON CONFLICT DO NOTHING", connection))
        {
            insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. OrleansQuery.Statements.Keys] });
            insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = OrleansQuery.Layout });
            insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. OrleansQuery.Statements.Values] });
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task Run(NpgsqlConnection connection, string text, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
