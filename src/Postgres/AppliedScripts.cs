using Npgsql;

namespace JikoXpress.Postgres;

/// <summary>
/// Which scripts a database was brought up with. jiko.schema_version has a row for each versioned file;
/// jiko.schema_repeatable has one for each text of a repeatable file, in the order in which they ran. The latter is
/// missing from databases of builds that had versioned files only.
/// </summary>
internal sealed class AppliedScripts
{
    private const string All = """
        SELECT file, checksum, false AS repeatable, 0 AS number FROM jiko.schema_version
        UNION ALL
        SELECT file, checksum, true, number FROM jiko.schema_repeatable
        ORDER BY repeatable, number
        """;

    private const string Tables = """
        CREATE SCHEMA IF NOT EXISTS jiko;
        CREATE TABLE IF NOT EXISTS jiko.schema_version (
            file text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());
        CREATE TABLE IF NOT EXISTS jiko.schema_repeatable (
            number int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, file text NOT NULL, checksum text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now(), UNIQUE (file, checksum))
        """;

    private readonly Dictionary<string, string> versioned = [];
    private readonly Dictionary<string, List<string>> repeatable = [];

    private AppliedScripts()
    {
    }

    /// <summary>Reads them in one round trip; null where a table is missing.</summary>
    public static async Task<AppliedScripts?> Read(NpgsqlConnection connection, CancellationToken cancellation)
    {
        try
        {
            var applied = new AppliedScripts();
            await using var command = new NpgsqlCommand(All, connection);
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
                applied.Add(rows.GetString(0), rows.GetString(1), rows.GetBoolean(2));
            return applied;
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            return null;
        }
    }

    /// <summary>Makes the tables that are missing.</summary>
    public static async Task Prepare(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Tables, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// Those of <paramref name="scripts"/> that are still to run. A repeatable text that ran before and was replaced
    /// since is that of an older build, which must not undo what a newer one brought while both run. Nor does a build
    /// run any repeatable file where there are versioned ones that it does not know.
    /// </summary>
    /// <exception cref="SchemaChangedException">A versioned file was changed after it ran.</exception>
    public IReadOnlyList<SchemaScript> Missing(IReadOnlyList<SchemaScript> scripts)
    {
        var changed = scripts.FirstOrDefault(script => !script.IsRepeatable
            && versioned.TryGetValue(script.File, out var checksum) && checksum != script.Checksum);
        if (changed is not null) throw new SchemaChangedException(changed.File);
        var isNewer = Unknown(scripts).Any();
        return [.. scripts.Where(script => script.IsRepeatable
            ? !isNewer && !TextsOf(script.File).Contains(script.Checksum)
            : !versioned.ContainsKey(script.File))];
    }

    /// <summary>What a newer build has brought: versioned files, and texts of repeatable ones.</summary>
    public IReadOnlyList<string> Newer(IReadOnlyList<SchemaScript> scripts)
    {
        var replaced = scripts.Where(script => script.IsRepeatable && TextsOf(script.File) is [.., var last] texts
            && last != script.Checksum && texts.Contains(script.Checksum));
        return [.. Unknown(scripts), .. replaced.Select(script => script.File)];
    }

    private IEnumerable<string> Unknown(IReadOnlyList<SchemaScript> scripts) => versioned.Keys
        .Except(scripts.Where(script => !script.IsRepeatable).Select(script => script.File))
        .Order(StringComparer.Ordinal);

    private List<string> TextsOf(string file) => repeatable.GetValueOrDefault(file, []);

    private void Add(string file, string checksum, bool isRepeatable)
    {
        if (!isRepeatable) versioned.Add(file, checksum);
        else if (repeatable.TryGetValue(file, out var texts)) texts.Add(checksum);
        else repeatable.Add(file, [checksum]);
    }
}
