using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;

namespace JikoXpress.Postgres.Payments;

internal sealed class Receipts : IReceipts
{
    // Always in the same order, so that processes that claim the same receipts cannot deadlock.
    private const string Note = """
        WITH asked AS (
            SELECT * FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS a(adapter, receipt, reference, at, place)),
        mine AS (
            INSERT INTO jiko.payment_receipt (adapter, receipt, reference, claimed_at)
            SELECT adapter, receipt, reference, at FROM asked ORDER BY adapter, receipt, place
            ON CONFLICT DO NOTHING
            RETURNING adapter, receipt, reference),
        owned AS (
            SELECT a.*, coalesce(m.reference, k.reference) AS owner
            FROM asked a
            LEFT JOIN mine m ON m.adapter = a.adapter AND m.receipt = a.receipt
            LEFT JOIN jiko.payment_receipt k ON k.adapter = a.adapter AND k.receipt = a.receipt),
        clash AS (
            INSERT INTO jiko.payment_conflict (adapter, receipt, reference, known_reference, seen_at)
            SELECT adapter, receipt, reference, owner, at FROM owned WHERE owner <> reference
            ORDER BY adapter, receipt, reference
            ON CONFLICT DO NOTHING)
        SELECT owner FROM owned ORDER BY place
        """;

    private readonly JikoDatabase database;
    private readonly Batcher<Claimed, string?> claiming;

    public Receipts(JikoDatabase database)
    {
        this.database = database;
        claiming = new(Claim);
    }

    public async Task<string> Claim(string adapter, string receipt, string reference, DateTimeOffset at)
    {
        var claimed = new Claimed(adapter, receipt, reference, at.ToUniversalTime());
        while (true)
        {
            if (await Sql.ForGrains(claiming.Ask(claimed)) is { } owner) return owner;
            // Another process noted it while this statement ran: the next one sees that.
        }
    }

    /// <summary>The owners; null where another process notes the receipt at the same time.</summary>
    private async Task<IReadOnlyList<string?>> Claim(IReadOnlyList<Claimed> claims) => await database.Background.Rows(
        Note, row => row.IsDBNull(0) ? null : row.GetString(0),
        Sql.Of(claims.Select(claim => claim.Adapter).ToArray()),
        Sql.Of(claims.Select(claim => claim.Receipt).ToArray()),
        Sql.Of(claims.Select(claim => claim.Reference).ToArray()),
        Sql.Of(claims.Select(claim => claim.At).ToArray()));

    private sealed record Claimed(string Adapter, string Receipt, string Reference, DateTimeOffset At);
}
