using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;

namespace JikoXpress.Postgres.Payments;

internal sealed class Receipts(JikoDatabase database) : IReceipts, IPaymentConflicts
{
    private const string Note = """
        WITH mine AS (
            INSERT INTO jiko.payment_receipt (adapter, receipt, reference, claimed_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING
            RETURNING reference),
        known AS (SELECT reference FROM jiko.payment_receipt WHERE adapter = $1 AND receipt = $2),
        clash AS (
            INSERT INTO jiko.payment_conflict (adapter, receipt, reference, known_reference, seen_at)
            SELECT $1, $2, $3, reference, $4 FROM known WHERE reference <> $3
            ON CONFLICT DO NOTHING)
        SELECT reference FROM mine UNION ALL SELECT reference FROM known
        """;

    public async Task<string> Claim(string adapter, string receipt, string reference, DateTimeOffset at)
    {
        while (true)
        {
            var found = await database.Source.Rows(
                Note, row => row.GetString(0), Sql.Of(adapter), Sql.Of(receipt), Sql.Of(reference), Sql.Of(at));
            if (found.Count > 0) return found[0];
            // Another process noted it while this statement ran: the next one sees that.
        }
    }

    public Task<Page<PaymentConflict>> List(PageRequest page) =>
        new KeysetQuery("id, adapter, receipt, reference, known_reference, seen_at", "jiko.payment_conflict", "seen_at")
            .Where("seen_at IS NOT NULL")
            .Run(database.Source, page, row => new PaymentConflict(
                row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4),
                row.GetFieldValue<DateTimeOffset>(5)));
}
