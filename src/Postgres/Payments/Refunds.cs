using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Payments;

internal sealed class Refunds(JikoDatabase database) : IRefunds, IRefundReads, ISettledRefunds
{
    private const string Columns =
        "r.reference, r.attempt_reference, r.session_id, r.adapter, r.phone, r.amount, r.tries, r.payout, "
        + "coalesce((SELECT k.currency FROM jiko.kitchen k WHERE k.id = r.kitchen_id), 'TZS')";

    private const string Due = $"""
        UPDATE jiko.payment_refund r SET next_try_at = $2, tries = tries + 1
        WHERE r.reference = ANY (ARRAY(
            SELECT reference FROM jiko.payment_refund WHERE next_try_at <= $1
            ORDER BY next_try_at LIMIT $3 FOR UPDATE SKIP LOCKED))
        RETURNING {Columns}
        """;

    // Only the last one who claimed it may say how it stands.
    private const string Again = """
        UPDATE jiko.payment_refund SET next_try_at = $2, refused_try = CASE WHEN $3 THEN tries END
        WHERE reference = $1 AND tries = $4 AND NOT done AND settled_as IS NULL
        """;

    private const string Refused = """
        SELECT reference FROM jiko.payment_refund
        WHERE reference = $1 AND NOT done AND settled_as IS NULL AND refused_try = tries
        """;

    private const string DueToCheck = $"""
        UPDATE jiko.payment_refund r SET check_at = $2
        WHERE r.reference = ANY (ARRAY(
            SELECT reference FROM jiko.payment_refund WHERE check_at <= $1
            ORDER BY check_at LIMIT $3 FOR UPDATE SKIP LOCKED))
        RETURNING {Columns}, r.settled_at
        """;

    public async Task<IReadOnlyList<RefundWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
        await database.Background.Rows(
            Due, Read, Sql.Of(now), Sql.Of(now + lease), Sql.Of(limit));

    public Task TryAgain(RefundWork claimed, DateTimeOffset at, DateTimeOffset? refusedAt) => database.Background.Run(
        Again, Sql.Of(claimed.Reference), Sql.Of(at), Sql.Of(refusedAt is not null), Sql.Of(claimed.Tries));

    public async Task<bool> IsRefused(string refundReference) => await Sql.ForGrains(
        database.Source.Row(Refused, row => row.GetString(0), Sql.Of(refundReference))) is not null;

    public Task<OpenDrawer?> Drawer(Guid kitchenId, Guid shiftId) => Sql.ForGrains(database.Source.Row(
        "SELECT till_id, cash FROM jiko.open_drawer($1, $2)",
        row => new OpenDrawer(shiftId, row.GetGuid(0), new Money(row.GetInt64(1))),
        Sql.Of(kitchenId), Sql.Of(shiftId)));

    async Task<IReadOnlyList<SettledRefund>> ISettledRefunds.Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
        await database.Background.Rows(
            DueToCheck, row => new SettledRefund(Read(row), row.GetFieldValue<DateTimeOffset>(9)),
            Sql.Of(now), Sql.Of(now + lease), Sql.Of(limit));

    public Task AskAgain(string reference, DateTimeOffset? at) => database.Background.Run(
        "UPDATE jiko.payment_refund SET check_at = $2 WHERE reference = $1", Sql.Of(reference),
        Sql.Of(at?.ToUniversalTime()));

    private static RefundWork Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetGuid(2), row.GetString(3),
        row.IsDBNull(4) ? null : row.GetString(4), new Money(row.GetInt64(5)), row.GetInt32(6),
        row.WireName<Currency>(8), row.GetBoolean(7));
}
