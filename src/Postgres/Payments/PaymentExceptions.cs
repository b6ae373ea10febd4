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
            kind, adapter, reference, receipt, amount, said, phone, seen_at, currency, listed, kitchen_id, session_id)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $12, coalesce(p.kitchen_id, r.kitchen_id, $10),
            coalesce(p.session_id, r.session_id, $11)
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
        Sql.Of(found.SeenAt.ToUniversalTime()), Sql.Of(found.Currency.WireName), Sql.Of(found.KitchenId),
        Sql.Of(found.SessionId), Sql.Of(found.IsListed))).Count > 0;
}

/// <summary>Lists payments that wait for a person, and notes what was decided.</summary>
internal sealed class PaymentExceptionList(JikoDatabase database, ManagementWrites writes) : IPaymentExceptionList
{
    private const string Waiting =
        "EXISTS (SELECT FROM jiko.waiting_payment_exception w WHERE w.id = payment_exception.id)";

    private const string Columns = $"""
        id, kind, adapter, reference, receipt, kitchen_id, session_id, amount, said, phone, seen_at,
        {Waiting} AS waits, decision, decided_amount, decided_reference, note, decided_phone, decided_shift,
        decided_customer, decided_by, decided_at, EXISTS (
            SELECT FROM jiko.payment_return r WHERE r.exception_id = payment_exception.id AND r.state = 'RETURNED'),
        currency
        """;

    private const string Likely = """
        SELECT l.reference, l.kitchen_id, l.session_id, l.amount, l.phone, l.state, l.started_at, l.same_phone,
            l.same_amount, e.id
        FROM unnest($1, $2, $3, $4, $5, $6) AS e(id, adapter, phone, amount, seen_at, currency)
        CROSS JOIN LATERAL (
            SELECT p.reference, p.kitchen_id, p.session_id, p.amount, p.phone, p.state, p.started_at,
                p.phone IS NOT DISTINCT FROM e.phone AND e.phone IS NOT NULL AS same_phone,
                coalesce(p.amount = e.amount, false) AS same_amount
            FROM jiko.payment_attempt p
            WHERE (p.adapter = e.adapter
                    OR starts_with(p.adapter, substring(e.adapter FROM '^till:[^:]+:[^:]+') || ':'))
                AND p.started_at BETWEEN e.seen_at - interval '1 day' AND e.seen_at + interval '1 hour'
                AND (p.phone = e.phone OR p.amount = e.amount)
                AND coalesce((SELECT k.currency FROM jiko.kitchen k WHERE k.id = p.kitchen_id), 'TZS') = e.currency
            ORDER BY (p.adapter = e.adapter) DESC, (p.state <> 'SUCCEEDED') DESC,
                (p.phone IS NOT DISTINCT FROM e.phone)::int + coalesce((p.amount = e.amount)::int, 0) DESC,
                abs(extract(epoch FROM p.started_at - e.seen_at)), p.reference
            LIMIT 5) l
        """;

    private const string Decide = $"""
        UPDATE jiko.payment_exception SET decision = $2, decided_at = $3, decided_amount = $4, decided_reference = $5,
            note = $6, decided_phone = $7, decided_shift = $8, decided_customer = $9, decided_by = $10
        WHERE id = $1 AND decision IS NULL
        RETURNING {Columns}
        """;

    public Task<Page<PaymentException>> List(Guid? kitchenId, PaymentExceptionStatus status, PageRequest page) =>
        new KeysetQuery(Columns, "jiko.payment_exception", "seen_at")
            .Where(status is PaymentExceptionStatus.Waiting
                ? $"decision IS NULL AND {Waiting}"
                : "decision IS NOT NULL")
            .WhereGiven("kitchen_id =", kitchenId)
            .Run(database.Source, page, Read);

    public async Task<PaymentException?> Find(Guid? kitchenId, Guid id)
    {
        var found = await database.Source.Rows(
            $"SELECT {Columns} FROM jiko.payment_exception WHERE id = $1", Read, Sql.Of(id));
        return found.Count > 0 && (kitchenId is null || found[0].KitchenId == kitchenId) ? found[0] : null;
    }

    public async Task<ILookup<Guid, PaymentSuggestion>> Suggestions(IReadOnlyList<PaymentException> exceptions)
    {
        var found = exceptions.Count == 0 ? [] : await database.Source.Rows(
            Likely,
            row => (Exception: row.GetGuid(9), Suggestion: new PaymentSuggestion(
                row.GetString(0), row.GetGuid(1), row.GetGuid(2), new Money(row.GetInt64(3)),
                row.IsDBNull(4) ? null : row.GetString(4), row.WireName<AttemptStatus>(5),
                row.GetFieldValue<DateTimeOffset>(6), row.GetBoolean(7), row.GetBoolean(8))),
            Sql.Of(exceptions.Select(one => one.Id).ToArray()),
            Sql.Of(exceptions.Select(one => one.Adapter).ToArray()),
            Sql.Of(exceptions.Select(one => one.PhoneNumber).ToArray()),
            Sql.Of(exceptions.Select(one => one.Amount?.Shillings).ToArray()),
            Sql.Of(exceptions.Select(one => one.SeenAt.ToUniversalTime()).ToArray()),
            Sql.Of(exceptions.Select(one => one.Currency.WireName).ToArray()));
        return found.ToLookup(each => each.Exception, each => each.Suggestion);
    }

    public async Task<Reply<PaymentException>?> Answered(Operation operation)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await KeptAnswers.Known<PaymentException>(connection, operation);
    }

    public Task<Reply<PaymentException>> Resolve(
        Guid by, PaymentException exception, PaymentExceptionResolution resolution, Operation? operation) =>
        writes.Once<PaymentException>(operation, exception.Id, async write => await write.Row(
            Decide, Read, Sql.Of(exception.Id), Sql.Of(resolution.Decision.WireName), Sql.Of(write.At),
            Sql.Of(resolution.Amount?.Shillings), Sql.Of(resolution.Reference), Sql.Of(resolution.Note),
            Sql.Of(resolution.PhoneNumber), Sql.Of(resolution.ShiftId), Sql.Of(resolution.KitchenCustomerId),
            Sql.Of(by)) is { } decided
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
                row.IsDBNull(14) ? null : row.GetString(14), row.IsDBNull(15) ? null : row.GetString(15),
                row.IsDBNull(16) ? null : row.GetString(16), row.Optional<Guid>(17), row.Optional<Guid>(18)),
        row.WireName<Currency>(22), row.Optional<Guid>(19), row.Optional<DateTimeOffset>(20), row.GetBoolean(21));
}
