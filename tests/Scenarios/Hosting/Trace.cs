using JikoXpress.Testing;

namespace JikoXpress.Scenarios.Hosting;

/// <summary>How many rows each table has: what was refused must leave none behind.</summary>
internal static class Trace
{
    private const string Tables = """
        SELECT string_agg(format('SELECT %L, count(*) FROM %I.%I', table_name, table_schema, table_name), ' UNION ALL ')
        FROM information_schema.tables
        WHERE table_schema = 'jiko' AND table_type = 'BASE TABLE'
        """;

    public static async Task<SortedDictionary<string, long>> Of(TestDatabase database)
    {
        await using var command = database.Source.CreateCommand(await database.Ask<string>(Tables));
        await using var rows = await command.ExecuteReaderAsync();
        var trace = new SortedDictionary<string, long>(StringComparer.Ordinal);
        while (await rows.ReadAsync()) trace.Add(rows.GetString(0), rows.GetInt64(1));
        return trace;
    }
}
