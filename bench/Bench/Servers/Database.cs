using System.Globalization;
using Npgsql;

namespace JikoXpress.Bench.Servers;

/// <summary>A database of the cluster that the run has to itself.</summary>
internal sealed class Database : IAsyncDisposable
{
    private Database(string connectionString)
    {
        ConnectionString = connectionString;
        Source = NpgsqlDataSource.Create(connectionString);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource Source { get; }

    /// <summary>A new and empty database, in place of one of this name.</summary>
    public static async Task<Database> Make(string cluster, string name)
    {
        await using var admin = NpgsqlDataSource.Create(cluster);
        await using (var drop = admin.CreateCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            await drop.ExecuteNonQueryAsync();
        await using (var create = admin.CreateCommand($"CREATE DATABASE {name}")) await create.ExecuteNonQueryAsync();
        return new Database(
            new NpgsqlConnectionStringBuilder(cluster) { Database = name, CommandTimeout = 0 }.ConnectionString);
    }

    public async Task Run(string text, params NpgsqlParameter[] parameters)
    {
        await using var command = Source.CreateCommand(text);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> Value<T>(string text)
    {
        await using var command = Source.CreateCommand(text);
        return (T)Convert.ChangeType(
            await command.ExecuteScalarAsync() ?? 0, typeof(T), CultureInfo.InvariantCulture);
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
