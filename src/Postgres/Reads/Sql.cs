using System.Data.Common;
using JikoXpress.Domain;
using JikoXpress.Grains.Ports;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

/// <summary>Reading rows: parameters are typed and positional, and a statement seen again is prepared.</summary>
internal static class Sql
{
    extension(NpgsqlDataSource source)
    {
        /// <summary>Every row of a query.</summary>
        public async Task<List<T>> Rows<T>(
            string text, Func<NpgsqlDataReader, T> read, params NpgsqlParameter[] parameters)
        {
            await using var command = source.CreateCommand(text);
            command.Parameters.AddRange(parameters);
            await using var rows = await command.ExecuteReaderAsync();
            return await rows.All(read);
        }

        /// <summary>Runs a statement that returns no rows.</summary>
        public async Task Run(string text, params NpgsqlParameter[] parameters)
        {
            await using var command = source.CreateCommand(text);
            command.Parameters.AddRange(parameters);
            await command.ExecuteNonQueryAsync();
        }

        /// <summary>The first row of a query; null when there is none.</summary>
        public async Task<T?> Row<T>(
            string text, Func<NpgsqlDataReader, T> read, params NpgsqlParameter[] parameters) where T : class
        {
            await using var command = source.CreateCommand(text);
            command.Parameters.AddRange(parameters);
            await using var rows = await command.ExecuteReaderAsync();
            return await rows.ReadAsync() ? read(rows) : null;
        }
    }

    extension(NpgsqlDataReader rows)
    {
        public async Task<List<T>> All<T>(Func<NpgsqlDataReader, T> read)
        {
            var all = new List<T>();
            while (await rows.ReadAsync()) all.Add(read(rows));
            return all;
        }

        /// <summary>Reads an enum by its wire name; the column holds no other value.</summary>
        public TWord WireName<TWord>(int column) where TWord : struct, Enum =>
            WireNames.Parse<TWord>(rows.GetString(column))
            ?? throw new InvalidOperationException($"A row holds an unknown {typeof(TWord).Name}.");

        public T? Optional<T>(int column) where T : struct =>
            rows.IsDBNull(column) ? null : rows.GetFieldValue<T>(column);
    }

    /// <summary>
    /// Runs a read for a grain. The type of a driver exception is lost between silos, so a transient one becomes a
    /// <see cref="StoreBusyException"/> for the caller.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The database cannot be reached for now.</exception>
    /// <exception cref="StoreBusyException">The database is too busy for now.</exception>
    public static async Task<T> ForGrains<T>(Task<T> reading)
    {
        try
        {
            return await reading;
        }
        catch (DbException fault) when (fault.IsTransient)
        {
            throw StoreFaults.AsRead(fault);
        }
    }

    public static NpgsqlParameter Of<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    /// <summary>Times are stored as UTC.</summary>
    public static NpgsqlParameter Of(DateTimeOffset value) => Of<DateTimeOffset>(value.ToUniversalTime());
}
