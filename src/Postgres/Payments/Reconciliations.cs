using JikoXpress.Domain;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;

namespace JikoXpress.Postgres.Payments;

internal sealed class Reconciliations(JikoDatabase database) : IReconciliations, IReconciliationReads
{
    private const string Columns = """
        id, adapter, day, state, done_at, listed, listed_amount, counted, counted_amount, missing_here, missing_there,
        differing
        """;

    private const string Note = """
        INSERT INTO jiko.reconciliation (adapter, day, state, next_try_at)
        SELECT adapter, day, 'PENDING', $3 FROM unnest($1) AS adapter CROSS JOIN unnest($2) AS day
        -- What the account took before is no business of this installation.
        WHERE EXISTS (
            SELECT FROM jiko.payment_attempt p
            WHERE p.adapter = adapter.adapter
                AND p.started_at < (day.day + 1)::timestamp AT TIME ZONE 'Africa/Dar_es_Salaam')
        ORDER BY adapter, day
        ON CONFLICT ON CONSTRAINT reconciliation_once DO NOTHING
        """;

    private const string Due = """
        UPDATE jiko.reconciliation r SET next_try_at = $2, tries = tries + 1
        WHERE r.id = ANY (ARRAY(
            SELECT id FROM jiko.reconciliation WHERE next_try_at <= $1
            ORDER BY next_try_at LIMIT $3 FOR UPDATE SKIP LOCKED))
        RETURNING r.id, r.adapter, r.day, r.tries
        """;

    // A reference may be paid several times, and for several kitchens: each has an attempt that names it.
    private const string ReceivedFor = """
        WITH paid AS (
            SELECT DISTINCT s.id, s.state::jsonb AS state FROM jiko.payment_attempt p
            JOIN jiko.checkout_session s ON s.id = p.session_id
            WHERE p.adapter = $1 AND p.reference = ANY ($2)),
        member AS (
            SELECT id FROM paid
            UNION
            SELECT each.id::uuid FROM paid
            CROSS JOIN LATERAL jsonb_array_elements_text(paid.state -> 'opening' -> 'group' -> 'sessions') AS each(id))
        SELECT coalesce(attempt ->> 'paidAs', attempt ->> 'reference'), sum((attempt ->> 'received')::bigint)::bigint
        FROM member
        JOIN jiko.checkout_session s ON s.id = member.id
        CROSS JOIN LATERAL jsonb_array_elements(s.state::jsonb -> 'legs') AS leg
        CROSS JOIN LATERAL jsonb_array_elements(leg -> 'attempts') AS attempt
        WHERE coalesce(attempt ->> 'paidAs', attempt ->> 'reference') = ANY ($2) AND attempt -> 'received' IS NOT NULL
        GROUP BY 1
        """;

    private const string PaidWithin = """
        SELECT DISTINCT coalesce(attempt ->> 'paidAs', attempt ->> 'reference')
        FROM jiko.payment_attempt p
        JOIN jiko.checkout_session s ON s.id = p.session_id
        CROSS JOIN LATERAL jsonb_array_elements(s.state::jsonb -> 'legs') AS leg
        CROSS JOIN LATERAL jsonb_array_elements(leg -> 'attempts') AS attempt
        WHERE p.adapter = $1 AND p.state = 'SUCCEEDED' AND p.started_at >= $2 AND p.started_at < $3
            AND attempt ->> 'reference' = p.reference
        """;

    private const string Decided = """
        SELECT reference, CASE decision WHEN 'ASSIGN' THEN decided_reference END FROM jiko.payment_exception
        WHERE kind = 'UNKNOWN_REFERENCE' AND decision IS NOT NULL AND adapter = $1 AND reference = ANY ($2)
        """;

    private const string Later = """
        UPDATE jiko.reconciliation
        SET next_try_at = $3, state = CASE WHEN $3::timestamptz IS NULL THEN 'FAILED' ELSE state END
        WHERE id = $1 AND tries = $2 AND state = 'PENDING'
        """;

    private const string Finish = """
        UPDATE jiko.reconciliation
        SET state = 'DONE', next_try_at = NULL, done_at = $2, listed = $3, listed_amount = $4, counted = $5,
            counted_amount = $6, missing_here = $7, missing_there = $8, differing = $9
        WHERE id = $1 AND state = 'PENDING'
        """;

    public Task Expect(
        IReadOnlyCollection<string> adapters, IReadOnlyCollection<DateOnly> days, DateTimeOffset at) =>
        database.Background.Run(Note, Sql.Of(adapters.ToArray()), Sql.Of(days.ToArray()), Sql.Of(at));

    public async Task<IReadOnlyList<ReconciliationWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
        await database.Background.Rows(
            Due,
            row => new ReconciliationWork(
                row.GetGuid(0), row.GetString(1), row.GetFieldValue<DateOnly>(2), row.GetInt32(3)),
            Sql.Of(now), Sql.Of(now + lease), Sql.Of(limit));

    public async Task<IReadOnlyDictionary<string, Money>> Received(
        string adapter, IReadOnlyCollection<string> references) =>
        (await database.Background.Rows(
            ReceivedFor, row => (Reference: row.GetString(0), Amount: new Money(row.GetInt64(1))),
            Sql.Of(adapter), Sql.Of(references.ToArray()))).ToDictionary(each => each.Reference, each => each.Amount);

    public async Task<IReadOnlyList<string>> Paid(string adapter, DateTimeOffset from, DateTimeOffset until) =>
        await database.Background.Rows(
            PaidWithin, row => row.GetString(0), Sql.Of(adapter), Sql.Of(from), Sql.Of(until));

    public async Task<IReadOnlyDictionary<string, string?>> Settled(
        string adapter, IReadOnlyCollection<string> references) =>
        (await database.Background.Rows(
            Decided, row => (Reference: row.GetString(0), As: row.IsDBNull(1) ? null : row.GetString(1)),
            Sql.Of(adapter), Sql.Of(references.ToArray())))
        .DistinctBy(each => each.Reference).ToDictionary(each => each.Reference, each => each.As);

    public Task TryAgain(ReconciliationWork claimed, DateTimeOffset? at) => database.Background.Run(
        Later, Sql.Of(claimed.Id), Sql.Of(claimed.Tries), Sql.Of(at?.ToUniversalTime()));

    public Task Done(ReconciliationWork claimed, ReconciliationFigures figures, DateTimeOffset at) =>
        database.Background.Run(
            Finish, Sql.Of(claimed.Id), Sql.Of(at), Sql.Of(figures.Listed), Sql.Of(figures.ListedAmount.Shillings),
            Sql.Of(figures.Counted), Sql.Of(figures.CountedAmount.Shillings), Sql.Of(figures.MissingHere),
            Sql.Of(figures.MissingThere), Sql.Of(figures.Differing));

    public Task<Page<Reconciliation>> List(string? adapter, ReconciliationState? state, PageRequest page) =>
        new KeysetQuery(Columns, "jiko.reconciliation", "day", "adapter")
            .Where("day IS NOT NULL")
            .WhereGiven("adapter =", adapter)
            .WhereGiven("state =", state?.WireName)
            .Run(database.Source, page, row => new Reconciliation(
                row.GetGuid(0), row.GetString(1), row.GetFieldValue<DateOnly>(2), row.WireName<ReconciliationState>(3),
                row.Optional<DateTimeOffset>(4), row.GetInt32(5), new Money(row.GetInt64(6)), row.GetInt32(7),
                new Money(row.GetInt64(8)), row.GetInt32(9), row.GetInt32(10), row.GetInt32(11)));
}
