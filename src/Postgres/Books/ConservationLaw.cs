using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Books;

/// <summary>
/// One invariant over the rows. Its query returns the violations as (subject, detail); the first line of its file
/// says the invariant in words.
/// </summary>
internal sealed record ConservationLaw(string File, string Name, string Text)
{
    private const int MostFindings = 100;

    /// <summary>Client timeout in seconds; longer than the server's limit for the query.</summary>
    private const int Patience = 70;

    public static IReadOnlyList<ConservationLaw> All { get; } =
    [
        .. EmbeddedSql.In("Conservation/")
            .Select(embedded => new ConservationLaw(embedded.File, NameOf(embedded.Text), embedded.Text)),
    ];

    public async Task<IReadOnlyList<ConservationFinding>> Broken(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT subject, detail FROM (\n{Text}\n) finding LIMIT {MostFindings}", connection)
        {
            CommandTimeout = Patience,
        };
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.All(row => new ConservationFinding(Name, row.GetString(0), row.GetString(1)));
    }

    private static string NameOf(string text) => text[..text.IndexOf('\n')].TrimStart('-', ' ').TrimEnd('.');
}
