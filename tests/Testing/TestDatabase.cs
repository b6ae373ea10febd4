using JikoXpress.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace JikoXpress.Testing;

/// <summary>
/// A fresh database with the schema applied, dropped at the end. One for each test class (as a class fixture), or for
/// each test.
/// </summary>
public sealed class TestDatabase : IAsyncLifetime
{
    private const string Variable = "JIKO_TEST_POSTGRES";

    private readonly string name = $"jiko_test_{Guid.NewGuid():N}";
    private NpgsqlDataSource? source;

    /// <summary>Connects as a superuser, so that a test may end a connection or drop a constraint.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>What a test looks at the tables with.</summary>
    public NpgsqlDataSource Source => source ?? throw new InvalidOperationException("InitializeAsync comes first.");

    public async ValueTask InitializeAsync()
    {
        await RunOnServer($"CREATE DATABASE {name}");
        ConnectionString = new NpgsqlConnectionStringBuilder(Server()) { Database = name }.ConnectionString;
        source = NpgsqlDataSource.Create(ConnectionString);
        await using var database = new JikoDatabase(ConnectionString);
        await new SchemaUpdate(database, NullLogger<SchemaUpdate>.Instance).Apply(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (source is not null) await source.DisposeAsync();
        await RunOnServer($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    public async Task Run(string text)
    {
        await using var command = Source.CreateCommand(text);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row.</summary>
    public async Task<T> Ask<T>(string text)
    {
        await using var command = Source.CreateCommand(text);
        return (T)(await command.ExecuteScalarAsync() ?? throw new InvalidOperationException("The query has no row."));
    }

    private static string Server() => Environment.GetEnvironmentVariable(Variable)
        ?? throw new InvalidOperationException(
            $"{Variable} names no PostgreSQL to test on. ./jiko test starts one and runs the tests; or set it to the "
            + "connection string of a superuser.");

    private static async Task RunOnServer(string text)
    {
        await using var connection = new NpgsqlConnection(Server());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }
}
