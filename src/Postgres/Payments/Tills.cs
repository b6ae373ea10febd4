using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Payments;

/// <summary>What kitchens' tills have told, and what is known of their receipts.</summary>
internal sealed class Tills(JikoDatabase database) : ITillNotices, IChannelReceipts
{
    private const string Add = """
        WITH kept AS (
            INSERT INTO jiko.till_notice (receipts, receipt, adapter, kitchen_id, amount, paid_at, received_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (receipts, receipt) DO NOTHING
            RETURNING *)
        SELECT n.adapter, n.receipt, n.kitchen_id, n.amount, n.paid_at, n.received_at, r.reference, a.amount,
            a.session_id, EXISTS (
                SELECT FROM jiko.payment_exception e
                WHERE e.adapter = n.adapter AND e.kind = 'TILL_UNMATCHED' AND e.receipt = n.receipt)
        FROM (
            SELECT * FROM kept
            UNION ALL
            SELECT * FROM jiko.till_notice WHERE receipts = $1 AND receipt = $2) n
        LEFT JOIN jiko.payment_receipt r ON r.adapter = n.receipts AND r.receipt = n.receipt
        LEFT JOIN jiko.attested_receipt a ON a.receipts = n.receipts AND a.receipt = n.receipt
        """;

    private const string Chosen = "SELECT fits FROM jiko.till_notice WHERE receipts = $1 AND receipt = $2";

    // The clocks of the till's phone and of the hosts differ, and what has just ended may be not noted yet. A phone
    // that is known to be the payer's is a better reason than an amount alone.
    private const string Fits = """
        WITH fit AS MATERIALIZED (
            SELECT p.reference, p.phone IS NOT NULL AND p.phone IS NOT DISTINCT FROM $3::text AS same_phone
            FROM jiko.payment_attempt p
            WHERE p.adapter = $1 AND p.adapter LIKE 'till:%' AND p.state = 'SENT' AND p.amount = $2
                AND p.started_at <= $4::timestamptz + interval '2 minutes'
                AND p.ask_by >= $5::timestamptz - interval '1 minute'
                AND (p.phone IS NULL OR $3::text IS NULL OR p.phone = $3::text)
                AND NOT EXISTS (SELECT FROM jiko.till_notice n WHERE n.fits = p.reference))
        SELECT reference FROM fit WHERE same_phone OR NOT EXISTS (SELECT FROM fit f WHERE f.same_phone)
        LIMIT 2
        """;

    private const string Choose =
        "UPDATE jiko.till_notice SET fits = $3 WHERE receipts = $1 AND receipt = $2 AND fits IS NULL";

    // Money that was given back, or settled in another way, is nobody's receipt any more.
    private const string Find = """
        SELECT k.receipts, k.receipt, r.reference IS NOT NULL OR e.decision IS NOT NULL,
            coalesce(a.session_id, p.session_id), n.amount
        FROM unnest($1, $2) AS k(receipts, receipt)
        LEFT JOIN jiko.payment_receipt r ON r.adapter = k.receipts AND r.receipt = k.receipt
        LEFT JOIN jiko.attested_receipt a ON a.receipts = k.receipts AND a.receipt = k.receipt
        LEFT JOIN jiko.payment_attempt p ON p.reference = r.reference
        LEFT JOIN jiko.till_notice n ON n.receipts = k.receipts AND n.receipt = k.receipt
        LEFT JOIN LATERAL (
            SELECT max(e.decision) AS decision FROM jiko.payment_exception e
            WHERE e.adapter = n.adapter AND e.kind = 'TILL_UNMATCHED' AND e.receipt = n.receipt) e ON true
        WHERE r.reference IS NOT NULL OR n.receipt IS NOT NULL
        """;

    public async Task<KeptNotice> Keep(NewTillNotice notice)
    {
        while (true)
        {
            var kept = await database.Background.Rows(
                Add, Read, Sql.Of(TillNames.ReceiptsOf(notice.Adapter)), Sql.Of(notice.Receipt),
                Sql.Of(notice.Adapter), Sql.Of(notice.KitchenId), Sql.Of(notice.Amount.Shillings),
                Sql.Of(notice.PaidAt), Sql.Of(notice.ReceivedAt));
            if (kept.Count > 0) return kept[0];
            // Another process kept it while this statement ran: the next one sees that.
        }
    }

    public async Task<string?> Fit(KeptNotice notice, string? phoneNumber)
    {
        var receipts = TillNames.ReceiptsOf(notice.Adapter);
        while (true)
        {
            if ((await Texts(Chosen, Sql.Of(receipts), Sql.Of(notice.Receipt)))[0] is { } chosen)
                return chosen;
            var fits = await Texts(
                Fits, Sql.Of(notice.Adapter), Sql.Of(notice.Amount.Shillings), Sql.Of(phoneNumber),
                Sql.Of(notice.PaidAt), Sql.Of(notice.ReceivedAt));
            if (fits.Count != 1) return null;
            try
            {
                await database.Background.Run(Choose, Sql.Of(receipts), Sql.Of(notice.Receipt), Sql.Of(fits[0]));
            }
            catch (PostgresException taken) when (taken.ConstraintName is "till_notice_fits")
            {
                // Another notice has been given this payment meanwhile: what is left is looked at again.
            }
        }
    }

    public async Task<IReadOnlyDictionary<TillReceipt, KnownReceipt>> Known(
        IReadOnlyCollection<TillReceipt> receipts)
    {
        var found = await Sql.ForGrains(database.Source.Rows(
            Find,
            row => (
                new TillReceipt(row.GetString(0), row.GetString(1)),
                new KnownReceipt(
                    row.GetBoolean(2), row.IsDBNull(3) ? null : row.GetGuid(3),
                    row.IsDBNull(4) ? null : new Money(row.GetInt64(4)))),
            Sql.Of(receipts.Select(each => each.Receipts).ToArray()),
            Sql.Of(receipts.Select(each => each.Receipt).ToArray())));
        return found.DistinctBy(each => each.Item1).ToDictionary(each => each.Item1, each => each.Item2);
    }

    private Task<List<string?>> Texts(string text, params NpgsqlParameter[] parameters) =>
        database.Background.Rows(text, row => row.IsDBNull(0) ? null : row.GetString(0), parameters);

    private static KeptNotice Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetGuid(2), new Money(row.GetInt64(3)),
        row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5),
        row.IsDBNull(6) ? null : row.GetString(6), row.IsDBNull(7) ? null : new Money(row.GetInt64(7)),
        row.IsDBNull(8) ? null : row.GetGuid(8), row.GetBoolean(9));
}
