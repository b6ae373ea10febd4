using JikoXpress.Domain;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;

namespace JikoXpress.Postgres.Payments;

internal sealed class Refunds(JikoDatabase database) : IRefunds
{
    private const string Due = """
        UPDATE jiko.payment_refund r SET next_try_at = $2, tries = tries + 1
        WHERE r.reference = ANY (ARRAY(
            SELECT reference FROM jiko.payment_refund WHERE next_try_at <= $1
            ORDER BY next_try_at LIMIT $3 FOR UPDATE SKIP LOCKED))
        RETURNING r.reference, r.attempt_reference, r.session_id, r.adapter, r.phone, r.amount, r.tries,
            coalesce((SELECT currency FROM jiko.kitchen WHERE id = r.kitchen_id), 'TZS')
        """;

    private const string Again = "UPDATE jiko.payment_refund SET next_try_at = $2 WHERE reference = $1 AND NOT done";

    public async Task<IReadOnlyList<RefundWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
        await database.Background.Rows(
            Due,
            row => new RefundWork(
                row.GetString(0), row.GetString(1), row.GetGuid(2), row.GetString(3),
                row.IsDBNull(4) ? null : row.GetString(4), new Money(row.GetInt64(5)), row.GetInt32(6),
                row.WireName<Currency>(7)),
            Sql.Of(now), Sql.Of(now + lease), Sql.Of(limit));

    public Task TryAgain(string reference, DateTimeOffset at) =>
        database.Background.Run(Again, Sql.Of(reference), Sql.Of(at));
}
