using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace JikoXpress.Postgres;

/// <summary>
/// Updates the schema before anything else starts. Each embedded file runs once, in the order of the names, in its own
/// transaction. Processes that start together wait for each other.
/// </summary>
public sealed class SchemaUpdate(JikoDatabase database) : IHostedService
{
    private const string Folder = "Schema/";

    /// <summary>Number of the advisory lock held during the update: the letters "jiko" in ASCII.</summary>
    private const long LockNumber = 0x6A_69_6B_6F;

    public Task StartAsync(CancellationToken cancellationToken) => Apply(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="SchemaChangedException">A file was changed after it was applied.</exception>
    public async Task Apply(CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await Run(connection, "SET statement_timeout = 0; SET lock_timeout = 0", cancellation);
        await Run(connection, $"SELECT pg_advisory_lock({LockNumber})", cancellation);
        try
        {
            await ApplyMissing(connection, cancellation);
        }
        finally
        {
            await Run(connection, $"SELECT pg_advisory_unlock({LockNumber}); RESET ALL", CancellationToken.None);
        }
    }

    private static async Task ApplyMissing(NpgsqlConnection connection, CancellationToken cancellation)
    {
        const string Prepare = """
            CREATE SCHEMA IF NOT EXISTS jiko;
            CREATE TABLE IF NOT EXISTS jiko.schema_version (
                file text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())
            """;
        await Run(connection, Prepare, cancellation);
        var applied = await Applied(connection, cancellation);
        foreach (var (file, text) in Files())
        {
            var checksum = ChecksumOf(text);
            if (!applied.TryGetValue(file, out var known)) await Apply(connection, file, text, checksum, cancellation);
            else if (known != checksum) throw new SchemaChangedException(file);
        }
    }

    private static async Task Apply(
        NpgsqlConnection connection, string file, string text, string checksum, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Run(connection, text, cancellation);
        await using var record = new NpgsqlCommand(
            "INSERT INTO jiko.schema_version (file, checksum) VALUES ($1, $2)", connection);
        record.Parameters.Add(new NpgsqlParameter<string> { TypedValue = file });
        record.Parameters.Add(new NpgsqlParameter<string> { TypedValue = checksum });
        await record.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task<Dictionary<string, string>> Applied(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        var applied = new Dictionary<string, string>();
        await using var command = new NpgsqlCommand("SELECT file, checksum FROM jiko.schema_version", connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) applied.Add(rows.GetString(0), rows.GetString(1));
        return applied;
    }

    private static IEnumerable<(string File, string Text)> Files() => EmbeddedSql.In(Folder);

    private static string ChecksumOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static async Task Run(NpgsqlConnection connection, string text, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(text, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

public sealed class SchemaChangedException(string file) : Exception(
    $"{file} was changed after this database had been brought up with it. A file that was applied never changes; "
    + "what is new goes into a new file.");

/// <summary>The embedded SQL files of this assembly.</summary>
internal static class EmbeddedSql
{
    private static readonly Assembly Home = typeof(EmbeddedSql).Assembly;

    /// <summary>The files of a folder, in the order of their names; line ends are LF on every system.</summary>
    public static IEnumerable<(string File, string Text)> In(string folder) => Home.GetManifestResourceNames()
        .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name => (name[folder.Length..], TextOf(name)));

    private static string TextOf(string name)
    {
        using var stream = Home.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is listed but cannot be read.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
