using System.Collections;
using Npgsql;
using NpgsqlTypes;

namespace JikoXpress.Postgres.Commits;

/// <summary>The array parameters of commands, in order. They are refilled for every call and never rebuilt.</summary>
/// <param name="commands">The commands that share these columns.</param>
internal sealed class Columns(params IReadOnlyList<NpgsqlCommand> commands)
{
    private readonly List<IList> filled = [];

    /// <summary>Whether all columns are empty.</summary>
    public bool IsEmpty => filled.TrueForAll(column => column.Count == 0);

    /// <summary>Adds the next parameter to all commands.</summary>
    public Column<T> Next<T>()
    {
        var column = new Column<T>();
        foreach (var command in commands)
        {
            command.Parameters.Add(new NpgsqlParameter<List<T>>
            {
                TypedValue = column.Values,
                NpgsqlDbType = NpgsqlDbType.Array | TypeOf(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)),
            });
        }

        filled.Add(column.Values);
        return column;
    }

    public void Clear()
    {
        foreach (var column in filled) column.Clear();
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
