using JikoXpress.Domain;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Payments;

internal sealed class Attempts : IAttempts
{
    private const string Columns =
        "p.reference, p.session_id, p.adapter, p.phone, p.amount, p.started_at, p.ask_by, p.pushed, "
        + "p.next_look_at, p.provider_reference, "
        + "coalesce((SELECT currency FROM jiko.kitchen WHERE id = p.kitchen_id), 'TZS')";

    private const string Due = $"""
        UPDATE jiko.payment_attempt p SET next_look_at = $2, looked_at = $1, questions = questions + p.pushed::int
        WHERE p.reference = ANY (ARRAY(
            SELECT reference FROM jiko.payment_attempt WHERE next_look_at <= $1
            ORDER BY next_look_at LIMIT $3 FOR UPDATE SKIP LOCKED))
        RETURNING {Columns}
        """;

    private const string Named =
        $"SELECT {Columns} FROM jiko.payment_attempt p WHERE p.reference = ANY($1)";

    private const string Begin = """
        UPDATE jiko.payment_attempt SET pushed = true WHERE reference = $1 AND NOT pushed RETURNING reference
        """;

    private const string NotSent = """
        UPDATE jiko.payment_attempt SET pushed = false
        WHERE reference = $1 AND state = 'SENT' AND phone IS NOT NULL AND provider_reference IS NULL
        """;

    private const string Pushed = """
        UPDATE jiko.payment_attempt
        SET pushed = true, next_look_at = CASE WHEN next_look_at = $3 THEN $2 ELSE next_look_at END,
            provider_reference = coalesce(provider_reference, $4)
        WHERE reference = $1
        """;

    // A statement that updates many rows must not wait for a row lock: a commit may hold one and wait for another.
    private const string PushedTogether = """
        UPDATE jiko.payment_attempt p
        SET pushed = true, next_look_at = CASE WHEN p.next_look_at = l.claimed THEN l.at ELSE p.next_look_at END,
            provider_reference = coalesce(p.provider_reference, l.provider_reference)
        FROM (
            SELECT l.* FROM unnest($1, $2, $3, $4) AS l(reference, at, claimed, provider_reference)
            JOIN jiko.payment_attempt p ON p.reference = l.reference FOR UPDATE OF p SKIP LOCKED) l
        WHERE p.reference = l.reference
        RETURNING p.reference
        """;

    // least and greatest ignore NULL. If the attempt has a result, its push was sent, even where the process that sent
    // it stopped before it stored that.
    private const string Soon = """
        UPDATE jiko.payment_attempt
        SET pushed = true, next_look_at = least(next_look_at, greatest($2, looked_at + interval '10 seconds'))
        WHERE reference = $1 AND (pushed OR state <> 'SENT')
        """;

    private readonly JikoDatabase database;
    private readonly Batcher<string, AttemptWork?> finding;
    private readonly Batcher<NextLook, bool> looking;

    public Attempts(JikoDatabase database)
    {
        this.database = database;
        finding = new(Find);
        looking = new(LookAgain, Batcher.ForNotes);
    }

    public async Task<IReadOnlyList<AttemptWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
        await database.Background.Rows(Due, Read, Sql.Of(now), Sql.Of(now + lease), Sql.Of(limit));

    public Task<AttemptWork?> Find(string reference) => Sql.ForGrains(finding.Ask(reference));

    public async Task<bool> BeginPush(AttemptWork claimed) =>
        (await database.Background.Rows(Begin, row => row.GetString(0), Sql.Of(claimed.Reference))).Count > 0;

    public Task PushNotSent(AttemptWork claimed) => database.Background.Run(NotSent, Sql.Of(claimed.Reference));

    public async Task LookAgain(AttemptWork claimed, DateTimeOffset? at, string? providerReference = null)
    {
        var look = new NextLook(claimed.Reference, at?.ToUniversalTime(), claimed.LookAt, providerReference);
        if (!await looking.Ask(look))
            await database.Background.Run(
                Pushed, Sql.Of(look.Reference), Sql.Of(look.At), Sql.Of(look.Claimed), Sql.Of(look.ProviderReference));
    }

    public Task LookSoon(string reference, DateTimeOffset at) =>
        database.Background.Run(Soon, Sql.Of(reference), Sql.Of(at));

    private async Task<IReadOnlyList<AttemptWork?>> Find(IReadOnlyList<string> references)
    {
        var found = await database.Background.Rows(Named, Read, Sql.Of(references.ToArray()));
        var byReference = found.ToDictionary(attempt => attempt.Reference);
        return [.. references.Select(byReference.GetValueOrDefault)];
    }

    /// <summary>Returns for each attempt whether it was stored without a wait for a lock.</summary>
    private async Task<IReadOnlyList<bool>> LookAgain(IReadOnlyList<NextLook> looks)
    {
        var noted = await database.Background.Rows(
            PushedTogether, row => row.GetString(0),
            Sql.Of(looks.Select(look => look.Reference).ToArray()),
            Sql.Of(looks.Select(look => look.At).ToArray()),
            Sql.Of(looks.Select(look => look.Claimed).ToArray()),
            Sql.Of(looks.Select(look => look.ProviderReference).ToArray()));
        return [.. looks.Select(look => noted.Contains(look.Reference))];
    }

    private static AttemptWork Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetGuid(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3),
        new Money(row.GetInt64(4)), row.GetFieldValue<DateTimeOffset>(5), row.GetFieldValue<DateTimeOffset>(6),
        row.GetBoolean(7), row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8),
        row.IsDBNull(9) ? null : row.GetString(9), row.WireName<Currency>(10));

    /// <param name="Claimed">When the claim on the attempt ends.</param>
    private sealed record NextLook(
        string Reference, DateTimeOffset? At, DateTimeOffset? Claimed, string? ProviderReference);
}
