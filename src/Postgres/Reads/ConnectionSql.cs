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
            var (limit, at, id) = (parameters.Length + 1, parameters.Length + 2, parameters.Length + 3);
            var beyond = cursor is null ? "" : $"WHERE (list.at, list.id) {(page.GoesBack ? ">" : "<")} (${at}, ${id})";
            var direction = page.GoesBack ? "ASC" : "DESC";
            return page.Of(await source.Rows(
                $"""
                SELECT * FROM ({query}) AS list {beyond}
                ORDER BY list.at {direction}, list.id {direction} LIMIT ${limit}
                """,
                read,
                [
                    .. parameters,
                    Sql.Of(page.RowsToRead),
                    .. cursor is null ? Array.Empty<NpgsqlParameter>() : [Sql.Of(cursor.At), Sql.Of(cursor.Id)],
                ]));
        }
    }
}
