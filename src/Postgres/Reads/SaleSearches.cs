using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

/// <summary>
/// Finds the sessions that a guest's receipt, phone or time of payment belongs to. Their ids come first, each from an
/// index of its own, and the list is made of those: one statement with all of it would be planned as a walk through
/// the kitchen's year.
/// </summary>
internal static class SaleSearches
{
    /// <summary>More sales than this, the newest ones, are not looked at.</summary>
    private const int Most = 1000;

    /// <summary>A session that sells nothing, and only takes the money for a bill.</summary>
    public const string PaysBill =
        "EXISTS (SELECT FROM jiko.bill_payment p WHERE p.session_id = checkout_session.id)";

    internal const string ByReceipt = """
        SELECT a.session_id FROM jiko.payment_receipt r JOIN jiko.payment_attempt a ON a.reference = r.reference
        WHERE r.receipt = ANY ($2) AND a.kitchen_id = $1
        UNION
        SELECT a.session_id FROM jiko.payment_attempt a WHERE a.reference = ANY ($2) AND a.kitchen_id = $1
        UNION
        SELECT a.session_id FROM jiko.attested_receipt a WHERE a.receipt = ANY ($2) AND a.kitchen_id = $1
        """;

    internal const string ByPhone = """
        SELECT a.session_id FROM jiko.payment_attempt a
        WHERE a.kitchen_id = $1 AND a.phone IS NOT NULL
            AND reverse(a.phone) ~>=~ reverse($2) AND reverse(a.phone) ~<~ (reverse($2) || ':') -- which follows the 9
        ORDER BY a.started_at DESC LIMIT $3
        """;

    /// <summary>
    /// The sales with a number, of as many days as $3: one look into each day's numbers, and not a walk through all.
    /// </summary>
    private const string WithNumber = """
        FROM (SELECT max(business_date) AS day FROM jiko.checkout_session WHERE kitchen_id = $1) AS last
        CROSS JOIN generate_series(0, $3) AS ago
        CROSS JOIN LATERAL (
            SELECT c.id, c.session_type, c.business_date FROM jiko.checkout_session c
            WHERE c.kitchen_id = $1 AND c.business_date = last.day - ago AND c.number = $2
            OFFSET 0) AS s -- keeps the planner from joining the days the other way round
        """;

    private const string ByNumber = $"SELECT s.id {WithNumber}";

    internal const string SlipsByNumber = $"""
        SELECT s.id {WithNumber}
        WHERE s.session_type = 'SLIP' ORDER BY s.business_date DESC LIMIT 10
        """;

    /// <summary>How many days back a number is looked for, where no day is given.</summary>
    private const int Days = 400;

    /// <summary>The business day of a moment depends on the kitchen, but is never further away than a day.</summary>
    internal const string ByMinute = """
        SELECT o.session_id FROM jiko.orders_placed($1, $2, $3) o
        UNION
        SELECT s.id FROM jiko.checkout_session s
        WHERE s.kitchen_id = $1 AND s.business_date BETWEEN $4 AND $5 AND s.opened_at >= $2 AND s.opened_at < $3
        LIMIT $6
        """;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>The newest slips with a number, of different days.</summary>
    public static async Task<IReadOnlyList<Guid>> Slips(NpgsqlDataSource source, Guid kitchenId, int number) =>
        await source.Rows(
            SlipsByNumber, row => row.GetGuid(0), Sql.Of(kitchenId), Sql.Of(number), Sql.Of(Days));

    /// <summary>The sessions, or null where nothing is asked that leads to them by itself.</summary>
    public static async Task<Guid[]?> Find(NpgsqlDataSource source, Guid kitchenId, SessionFilter filter)
    {
        HashSet<Guid>? found = null;
        var search = filter.Search ?? SaleSearch.Nothing;
        if (search.Number is { } number && filter.Sale is not ({ From: not null } or { To: not null }))
            Keep(await Ids(ByNumber, Sql.Of(kitchenId), Sql.Of(number), Sql.Of(Days)));
        if (search.Receipt is { } receipt)
        {
            string[] written =
            [
                receipt, receipt.ToUpperInvariant(), receipt.ToLowerInvariant(), ReceiptCode.Of(receipt) ?? receipt,
            ];
            Keep(await Ids(ByReceipt, Sql.Of(kitchenId), Sql.Of(written)));
        }

        if (search.PhoneEnding is { } ending)
            Keep(await Ids(ByPhone, Sql.Of(kitchenId), Sql.Of(ending), Sql.Of(Most)));
        if (search.Minute is { } minute)
        {
            var day = DateOnly.FromDateTime(minute.UtcDateTime);
            Keep(await Ids(
                ByMinute, Sql.Of(kitchenId), Sql.Of(minute - Minute), Sql.Of(minute + (2 * Minute)),
                Sql.Of(day.AddDays(-1)), Sql.Of(day.AddDays(1)), Sql.Of(Most)));
        }

        return found?.ToArray();

        Task<List<Guid>> Ids(string text, params NpgsqlParameter[] parameters) =>
            source.Rows(text, row => row.GetGuid(0), parameters);

        void Keep(IEnumerable<Guid> ids)
        {
            if (found is null) found = [.. ids];
            else found.IntersectWith(ids);
        }
    }
}
