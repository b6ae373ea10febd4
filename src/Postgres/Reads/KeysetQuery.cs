using JikoXpress.Grains.Abstractions.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

/// <summary>
/// A page of a table, newest first by (time, id) or by two columns that say the same. A page begins where another
/// ended, not after so many rows: what is added or changed meanwhile makes no row appear twice or not at all, and a
/// late page costs what the first one does.
/// </summary>
/// <param name="first">The time, or what grows with it.</param>
/// <param name="second">
/// What tells rows apart that have the same first. Where it is not the id, the row that a cursor names says where it
/// stands: an index that is there for another reason can then serve the list.
/// </param>
internal sealed class KeysetQuery(string columns, string table, string first, string second = "id")
{
    private readonly List<string> conditions = [];
    private readonly List<NpgsqlParameter> parameters = [];

    /// <param name="condition">A column and an operator, such as "status =".</param>
    public KeysetQuery Where<T>(string condition, T value)
    {
        conditions.Add($"{condition} {Place(Sql.Of(value))}");
        return this;
    }

    /// <param name="condition">A whole one.</param>
    public KeysetQuery Where(string condition)
    {
        conditions.Add(condition);
        return this;
    }

    /// <summary>Filters only where there is something to filter by.</summary>
    public KeysetQuery WhereGiven<T>(string condition, T? value) where T : struct =>
        value is { } given ? Where(condition, given) : this;

    /// <inheritdoc cref="WhereGiven{T}(string, T?)"/>
    public KeysetQuery WhereGiven(string condition, string? value) =>
        value is { } given ? Where(condition, given) : this;

    public async Task<Page<T>> Run<T>(NpgsqlDataSource source, PageRequest page, Func<NpgsqlDataReader, T> read)
    {
        var back = page.Before is not null;
        if (page.Before is { } newer) Beyond(newer, '>');
        if (page.After is { } older) Beyond(older, '<');
        var direction = back ? "ASC" : "DESC";
        // One row more than asked for tells whether there is more.
        var text = $"""
            SELECT {columns} FROM {table} WHERE {string.Join(" AND ", conditions)}
            ORDER BY {first} {direction}, {second} {direction} LIMIT {Place(Sql.Of(page.Limit + 1))}
            """;
        var rows = await source.Rows(text, read, [.. parameters]);
        var items = rows.Take(page.Limit);
        return new Page<T>([.. back ? items.Reverse() : items], rows.Count > page.Limit);
    }

    private void Beyond(Cursor cursor, char comparison)
    {
        var id = Place(Sql.Of(cursor.Id));
        var place = second is "id" ? $"{Place(Sql.Of(cursor.At))}, {id}" : $"{OfRow(first)}, {OfRow(second)}";
        conditions.Add($"({first}, {second}) {comparison} ({place})");

        string OfRow(string column) => $"(SELECT {column} FROM {table} WHERE id = {id})";
    }

    private string Place(NpgsqlParameter parameter)
    {
        parameters.Add(parameter);
        return $"${parameters.Count}";
    }
}
