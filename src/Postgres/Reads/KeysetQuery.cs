using System.Globalization;
using JikoXpress.Grains.Abstractions.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

/// <summary>
/// A page of a table, newest first by (time, id) or by two columns with the same order (keyset pagination). A page
/// begins after a given row and not after a number of rows. So rows that are added or changed meanwhile do not make
/// another row appear twice or be missed, and a late page costs as much as the first.
/// </summary>
/// <param name="first">The time, or a column that grows with it.</param>
/// <param name="second">
/// Orders rows with the same first column. If it is not the id, the position is read from the row that the cursor
/// names, so an index that exists for another reason can serve the list.
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

    /// <param name="condition">A complete condition.</param>
    public KeysetQuery Where(string condition)
    {
        conditions.Add(condition);
        return this;
    }

    /// <param name="condition">A complete condition, with {0}, {1} ... where the values stand.</param>
    public KeysetQuery Matching(string condition, params NpgsqlParameter[] values)
    {
        conditions.Add(string.Format(CultureInfo.InvariantCulture, condition, [.. values.Select(Place)]));
        return this;
    }

    /// <summary>Adds the filter only if there is a value.</summary>
    public KeysetQuery WhereGiven<T>(string condition, T? value) where T : struct =>
        value is { } given ? Where(condition, given) : this;

    /// <inheritdoc cref="WhereGiven{T}(string, T?)"/>
    public KeysetQuery WhereGiven(string condition, string? value) =>
        value is { } given ? Where(condition, given) : this;

    /// <summary>Adds the filter of all lists of sales.</summary>
    public KeysetQuery WhereSale(SaleFilter? filter)
    {
        foreach (var (condition, value) in SaleConditions.Of(filter ?? SaleFilter.None))
            conditions.Add($"{condition} {Place(value)}");
        return this;
    }

    public async Task<Page<T>> Run<T>(NpgsqlDataSource source, PageRequest page, Func<NpgsqlDataReader, T> read)
    {
        if (page.Before is { } newer) Beyond(newer, '>');
        if (page.After is { } older) Beyond(older, '<');
        var direction = page.GoesBack ? "ASC" : "DESC";
        var text = $"""
            SELECT {columns} FROM {table} WHERE {string.Join(" AND ", conditions)}
            ORDER BY {first} {direction}, {second} {direction} LIMIT {Place(Sql.Of(page.RowsToRead))}
            """;
        return page.Of(await source.Rows(text, read, [.. parameters]));
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
