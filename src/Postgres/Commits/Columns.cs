using Npgsql;
using NpgsqlTypes;

namespace JikoXpress.Postgres.Commits;

/// <summary>The array parameters of one command, in their order; filled again for every call, never rebuilt.</summary>
internal sealed class Columns(NpgsqlParameterCollection parameters)
{
    private readonly List<Action> clearing = [];

    /// <summary>The command's next parameter.</summary>
    public Column<T> Next<T>()
    {
        var column = new Column<T>();
        parameters.Add(new NpgsqlParameter<List<T>>
        {
            TypedValue = column.Values,
            NpgsqlDbType = NpgsqlDbType.Array | TypeOf(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)),
        });
        clearing.Add(column.Values.Clear);
        return column;
    }

    public void Clear()
    {
        foreach (var clear in clearing) clear();
    }

    private static NpgsqlDbType TypeOf(Type type) =>
        type == typeof(int) ? NpgsqlDbType.Integer
        : type == typeof(long) ? NpgsqlDbType.Bigint
        : type == typeof(bool) ? NpgsqlDbType.Boolean
        : type == typeof(Guid) ? NpgsqlDbType.Uuid
        : type == typeof(string) ? NpgsqlDbType.Text
        : type == typeof(DateOnly) ? NpgsqlDbType.Date
        : type == typeof(DateTimeOffset) ? NpgsqlDbType.TimestampTz
        : throw new ArgumentException($"No column holds a {type}.");
}

internal sealed class Column<T>
{
    public List<T> Values { get; } = [];

    public void Add(T value) => Values.Add(value);
}
