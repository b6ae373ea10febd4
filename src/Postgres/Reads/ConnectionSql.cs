using JikoXpress.Grains.Abstractions.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

/// <summary>Runs statements on one connection, and so in its open transaction.</summary>
internal static class ConnectionSql
{
    extension(NpgsqlConnection connection)
    {
        /// <summary>Returns the number of rows that the statement changed.</summary>
        public async Task<int> Run(string text, params NpgsqlParameter[] parameters)
        {
            await using var command = new NpgsqlCommand(text, connection);
            command.Parameters.AddRange(parameters);
            return await command.ExecuteNonQueryAsync();
        }

        /// <summary>Every row.</summary>
        public async Task<List<T>> Rows<T>(
            string text, Func<NpgsqlDataReader, T> read, params NpgsqlParameter[] parameters)
        {
            await using var command = new NpgsqlCommand(text, connection);
            command.Parameters.AddRange(parameters);
            await using var rows = await command.ExecuteReaderAsync();
            return await rows.All(read);
        }

        /// <summary>The first row; null when there is none.</summary>
        public async Task<T?> Row<T>(string text, Func<NpgsqlDataReader, T> read, params NpgsqlParameter[] parameters)
            where T : class
        {
            await using var command = new NpgsqlCommand(text, connection);
            command.Parameters.AddRange(parameters);
            await using var rows = await command.ExecuteReaderAsync();
            return await rows.ReadAsync() ? read(rows) : null;
        }
    }

    extension(NpgsqlDataSource source)
    {
        /// <summary>One page of a query that has columns named at and id, newest first.</summary>
        public async Task<Page<T>> Page<T>(
            string query, PageRequest page, Func<NpgsqlDataReader, T> read,
            params NpgsqlParameter[] parameters)
        {
            var cursor = page.After ?? page.Before;
            var backwards = page is { After: null, Before: not null };
            var (limit, at, id) = (parameters.Length + 1, parameters.Length + 2, parameters.Length + 3);
            var beyond = cursor is null ? "" : $"WHERE (list.at, list.id) {(backwards ? ">" : "<")} (${at}, ${id})";
            var rows = await source.Rows(
                $"""
                SELECT * FROM ({query}) AS list {beyond}
                ORDER BY list.at {(backwards ? "ASC" : "DESC")}, list.id {(backwards ? "ASC" : "DESC")} LIMIT ${limit}
                """,
                read,
                [
                    .. parameters,
                    Sql.Of(page.Limit + 1),
                    .. cursor is null ? Array.Empty<NpgsqlParameter>() : [Sql.Of(cursor.At), Sql.Of(cursor.Id)],
                ]);
            var items = rows.Take(page.Limit);
            return new Page<T>(
                [.. backwards ? items.Reverse() : items], rows.Count > page.Limit);
        }
    }
}
