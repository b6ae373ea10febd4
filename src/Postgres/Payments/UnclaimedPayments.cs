using JikoXpress.Domain;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;

namespace JikoXpress.Postgres.Payments;

internal sealed class UnclaimedPayments(JikoDatabase database) : IUnclaimedMoney
{
    private const string Unknown = """
        SELECT e.id, e.adapter, coalesce(nullif(e.receipt, ''), replace(e.id::text, '-', '')), e.reference, e.amount,
            e.currency, e.seen_at
        FROM jiko.payment_exception e
        WHERE e.kind = 'UNKNOWN_REFERENCE' AND e.decision IS NULL AND e.seen_at <= $2 AND e.adapter = ANY ($1)
            AND e.amount IS NOT NULL AND e.phone IS NOT NULL
            AND NOT EXISTS (SELECT FROM jiko.payment_return r WHERE r.exception_id = e.id)
            -- Another installation, or another program, may have taken what only a list tells of; and what is an
            -- attempt of ours under another name of the account is sold.
            AND NOT e.listed
            AND NOT EXISTS (SELECT FROM jiko.payment_attempt p WHERE p.reference = e.reference)
        ORDER BY e.seen_at LIMIT $3
        """;

    // Where a session got it that waits no more, nobody else can use it.
    private const string InSuspense = """
        SELECT p.reference, p.session_id FROM jiko.payment_attempt p
        WHERE p.parked = 'LATE' AND p.parked_at <= $2 AND p.adapter = ANY ($1) AND p.paid_by IS NOT NULL
        ORDER BY p.parked_at LIMIT $3
        """;

    // The lock keeps a decision of people and this one apart.
    private const string Start = """
        WITH waiting AS (
            SELECT e.id FROM jiko.payment_exception e WHERE e.id = $1 AND e.decision IS NULL FOR UPDATE),
        begun AS (
            INSERT INTO jiko.payment_return (exception_id, reference, state, next_try_at, begun_at)
            SELECT w.id, $2, 'PENDING', $3, $3 FROM waiting w
            ON CONFLICT DO NOTHING
            RETURNING exception_id)
        UPDATE jiko.payment_exception e SET decision = 'RETURNED', decided_at = $3
        FROM begun b WHERE e.id = b.exception_id
        """;

    private const string NotByItself = """
        INSERT INTO jiko.payment_return (exception_id, reference, state, begun_at, ended_at)
        VALUES ($1, $2, 'REFUSED', $3, $3)
        ON CONFLICT DO NOTHING
        """;

    private const string DueReturns = """
        UPDATE jiko.payment_return r SET next_try_at = $2, tries = tries + 1
        FROM jiko.payment_exception e
        WHERE e.id = r.exception_id AND r.exception_id = ANY (ARRAY(
            SELECT exception_id FROM jiko.payment_return WHERE next_try_at <= $1
            ORDER BY next_try_at LIMIT $3 FOR UPDATE SKIP LOCKED))
        RETURNING r.exception_id, r.reference, e.reference, e.adapter, e.phone, e.amount, r.tries, e.currency
        """;

    private const string Again = """
        UPDATE jiko.payment_return SET next_try_at = $3 WHERE exception_id = $1 AND tries = $2 AND state = 'PENDING'
        """;

    private const string Done = """
        UPDATE jiko.payment_return SET state = 'RETURNED', next_try_at = NULL, ended_at = $2
        WHERE exception_id = $1 AND state = 'PENDING'
        """;

    private const string Undone = """
        WITH refused AS (
            UPDATE jiko.payment_return SET state = 'REFUSED', next_try_at = NULL, ended_at = $3
            WHERE exception_id = $1 AND tries = $2 AND state = 'PENDING'
            RETURNING exception_id, reference),
        freed AS (
            DELETE FROM jiko.payment_receipt k USING refused r WHERE k.reference = r.reference)
        UPDATE jiko.payment_exception e SET decision = NULL, decided_at = NULL
        FROM refused r WHERE e.id = r.exception_id
        """;

    public async Task<IReadOnlyList<UnclaimedMoney>> Due(
        IReadOnlyCollection<string> adapters, DateTimeOffset seenBefore, int limit) =>
        await database.Background.Rows(
            Unknown, row => new UnclaimedMoney(
                row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), new Money(row.GetInt64(4)),
                row.WireName<Currency>(5), row.GetFieldValue<DateTimeOffset>(6)),
            Sql.Of(adapters.ToArray()), Sql.Of(seenBefore), Sql.Of(limit));

    public async Task<IReadOnlyList<SuspendedLate>> Late(
        IReadOnlyCollection<string> adapters, DateTimeOffset suspendedBefore, int limit) =>
        await database.Background.Rows(
            InSuspense, row => new SuspendedLate(row.GetString(0), row.GetGuid(1)),
            Sql.Of(adapters.ToArray()), Sql.Of(suspendedBefore), Sql.Of(limit));

    public Task Begin(UnclaimedMoney money, string reference, DateTimeOffset at) => database.Background.Run(
        Start, Sql.Of(money.ExceptionId), Sql.Of(reference), Sql.Of(at));

    public Task Leave(UnclaimedMoney money, string reference, DateTimeOffset at) => database.Background.Run(
        NotByItself, Sql.Of(money.ExceptionId), Sql.Of(reference), Sql.Of(at));

    public async Task<IReadOnlyList<MoneyReturn>> Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
        await database.Background.Rows(
            DueReturns,
            row => new MoneyReturn(
                row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4),
                new Money(row.GetInt64(5)), row.GetInt32(6), row.WireName<Currency>(7)),
            Sql.Of(now), Sql.Of(now + lease), Sql.Of(limit));

    public Task TryAgain(MoneyReturn claimed, DateTimeOffset at) => database.Background.Run(
        Again, Sql.Of(claimed.ExceptionId), Sql.Of(claimed.Tries), Sql.Of(at));

    public Task Returned(MoneyReturn claimed, DateTimeOffset at) => database.Background.Run(
        Done, Sql.Of(claimed.ExceptionId), Sql.Of(at));

    public Task Refused(MoneyReturn claimed, DateTimeOffset at) => database.Background.Run(
        Undone, Sql.Of(claimed.ExceptionId), Sql.Of(claimed.Tries), Sql.Of(at));
}
