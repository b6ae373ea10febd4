using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Postgres.Reads;

namespace JikoXpress.Postgres.Demo;

internal sealed class DemoNotes(JikoDatabase database) : IDemoNotes
{
    public Task<string?> Read() => database.Source.Row("SELECT content FROM jiko.demo", row => row.GetString(0));

    public async Task Keep(string notes)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.Run(
            "INSERT INTO jiko.demo (content) VALUES ($1) "
            + "ON CONFLICT (only_one) DO UPDATE SET content = excluded.content",
            Sql.Of(notes));
    }
}
