using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Payments;

/// <summary>Notes payments that wait for a person; its own rows only, beside those of the payment.</summary>
internal sealed class PaymentExceptions(JikoDatabase database) : IPaymentExceptions
{
    private const string Add = """
        INSERT INTO jiko.payment_exception (
            kind, adapter, reference, receipt, amount, said, phone, seen_at, kitchen_id, session_id)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, coalesce(p.kitchen_id, r.kitchen_id),
            coalesce(p.session_id, r.session_id)
        FROM (VALUES (1)) AS one(row)
        LEFT JOIN jiko.payment_attempt p ON p.reference = $3 AND p.adapter = $2
        LEFT JOIN jiko.payment_refund r ON r.reference = $3 AND r.adapter = $2
        ON CONFLICT ON CONSTRAINT payment_exception_once DO NOTHING
        RETURNING 1
        """;

    public async Task<bool> Note(NewPaymentException found) => (await database.Background.Rows(
        Add, row => row.GetInt32(0),
        Sql.Of(found.Kind.WireName), Sql.Of(found.Adapter), Sql.Of(found.Reference), Sql.Of(found.Receipt),
        Sql.Of(found.Amount?.Shillings), Sql.Of(found.Said), Sql.Of(found.PhoneNumber),
        Sql.Of(found.SeenAt.ToUniversalTime()))).Count > 0;
}

/// <summary>Lists payments that wait for a person, and notes what was decided.</summary>
internal sealed class PaymentExceptionList(JikoDatabase database, ManagementWrites writes) : IPaymentExceptionList
{
    /// <summary>What has settled itself since waits no more: the amount became clear, the refund was paid.</summary>
    private const string Waiting = """
        decision IS NULL
        AND NOT (kind = 'AMOUNT_UNCLEAR' AND EXISTS (
            SELECT FROM jiko.payment_attempt p
            WHERE p.reference = payment_exception.reference AND p.state = 'SUCCEEDED'
                -- It was this payment of the reference, and not another one.
                AND (payment_exception.receipt IN ('', coalesce(p.provider_reference, payment_exception.receipt))
                    OR EXISTS (
                        SELECT FROM jiko.payment_receipt r
                        WHERE r.adapter = payment_exception.adapter AND r.receipt = payment_exception.receipt))))
        AND NOT (kind = 'UNKNOWN_REFERENCE' AND EXISTS (
            SELECT FROM jiko.payment_attempt p
            WHERE p.reference = payment_exception.reference AND p.adapter = payment_exception.adapter))
        AND NOT (kind = 'REFUND_REFUSED' AND EXISTS (
            SELECT FROM jiko.payment_refund r WHERE r.reference = payment_exception.reference AND r.done))
        """;

    private const string Columns = $"""
        id, kind, adapter, reference, receipt, kitchen_id, session_id, amount, said, phone, seen_at,
        {Waiting} AS waits, decision, decided_amount, decided_reference, note
        """;

    private const string Likely = """
        SELECT p.reference, p.kitchen_id, p.session_id, p.amount, p.phone, p.state, p.started_at,
            p.phone IS NOT DISTINCT FROM $2 AND $2 IS NOT NULL AS same_phone, p.amount = $3 AS same_amount
        FROM jiko.payment_attempt p
        WHERE p.adapter = $1 AND p.started_at BETWEEN $4 - interval '1 day' AND $4 + interval '1 hour'
            AND (p.phone = $2 OR p.amount = $3)
        ORDER BY (p.state <> 'SUCCEEDED') DESC, (p.phone IS NOT DISTINCT FROM $2)::int + (p.amount = $3)::int DESC,
            abs(extract(epoch FROM p.started_at - $4)), p.reference
        LIMIT 5
        """;

    private const string Decide = $"""
        UPDATE jiko.payment_exception SET decision = $2, decided_at = $3, decided_amount = $4, decided_reference = $5,
            note = $6
        WHERE id = $1 AND decision IS NULL
        RETURNING {Columns}
        """;

    public Task<Page<PaymentException>> List(Guid? kitchenId, PageRequest page) =>
        new KeysetQuery(Columns, "jiko.payment_exception", "seen_at")
            .Where(Waiting)
            .WhereGiven("kitchen_id =", kitchenId)
            .Run(database.Source, page, Read);

    public async Task<PaymentException?> Find(Guid? kitchenId, Guid id)
    {
        var found = await database.Source.Rows(
            $"SELECT {Columns} FROM jiko.payment_exception WHERE id = $1", Read, Sql.Of(id));
        return found.Count > 0 && (kitchenId is null || found[0].KitchenId == kitchenId) ? found[0] : null;
    }

    public async Task<IReadOnlyList<PaymentSuggestion>> Suggestions(PaymentException exception) =>
        await database.Source.Rows(
            Likely,
            row => new PaymentSuggestion(
                row.GetString(0), row.GetGuid(1), row.GetGuid(2), new Money(row.GetInt64(3)),
                row.IsDBNull(4) ? null : row.GetString(4), row.WireName<AttemptStatus>(5),
                row.GetFieldValue<DateTimeOffset>(6), row.GetBoolean(7), !row.IsDBNull(8) && row.GetBoolean(8)),
            Sql.Of(exception.Adapter), Sql.Of(exception.PhoneNumber), Sql.Of(exception.Amount?.Shillings),
            Sql.Of(exception.SeenAt.ToUniversalTime()));

    public Task<Reply<PaymentException>> Resolve(
        PaymentException exception, PaymentExceptionResolution resolution) => writes.Do<PaymentException>(
        async write => await write.Row(
            Decide, Read, Sql.Of(exception.Id), Sql.Of(resolution.Decision.WireName), Sql.Of(write.At),
            Sql.Of(resolution.Amount?.Shillings), Sql.Of(resolution.Reference), Sql.Of(resolution.Note)) is { } decided
                ? decided
                : PaymentExceptionRefusals.Resolved);

    private static PaymentException Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.WireName<PaymentExceptionKind>(1), row.GetString(2), row.GetString(3),
        row.GetString(4) is { Length: > 0 } receipt ? receipt : null, row.IsDBNull(5) ? null : row.GetGuid(5),
        row.IsDBNull(6) ? null : row.GetGuid(6), row.IsDBNull(7) ? null : new Money(row.GetInt64(7)),
        row.IsDBNull(8) ? null : row.GetString(8), row.IsDBNull(9) ? null : row.GetString(9),
        row.GetFieldValue<DateTimeOffset>(10), row.GetBoolean(11),
        row.IsDBNull(12)
            ? null
            : new PaymentExceptionResolution(
                row.WireName<PaymentExceptionDecision>(12), row.IsDBNull(13) ? null : new Money(row.GetInt64(13)),
                row.IsDBNull(14) ? null : row.GetString(14), row.IsDBNull(15) ? null : row.GetString(15)));
}
