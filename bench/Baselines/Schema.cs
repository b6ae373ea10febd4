using Npgsql;

namespace JikoXpress.Baselines;

/// <summary>The tables of the three forms; the load generator fills the stock.</summary>
internal static class Schema
{
    public static async Task Make(NpgsqlDataSource source)
    {
        await using var text = typeof(Schema).Assembly.GetManifestResourceStream("schema.sql")
            ?? throw new InvalidOperationException("schema.sql is embedded.");
        using var reader = new StreamReader(text);
        await using var command = source.CreateCommand(await reader.ReadToEndAsync());
        await command.ExecuteNonQueryAsync();
    }

    extension(NpgsqlParameterCollection parameters)
    {
        public NpgsqlParameterCollection With<T>(T value)
        {
            parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
            return parameters;
        }
    }
}
