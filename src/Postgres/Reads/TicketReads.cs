using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Abstractions.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

internal sealed class TicketReads(JikoDatabase database) : ITicketReads
{
    private static readonly string[] Open =
        [TicketStatus.New.WireName, TicketStatus.Preparing.WireName, TicketStatus.Ready.WireName];

    public async Task<Page<Ticket>> List(TicketFilter filter, PageRequest page)
    {
        var goesBack = page.Before is not null;
        var from = page.Before ?? page.After ?? new Cursor(DateTimeOffset.UnixEpoch, Guid.Empty);
        string[] wanted = filter.Status is { } one ? [one.WireName] : Open;
        // One row more than asked for tells whether there is more.
        List<NpgsqlParameter> parameters =
        [
            Sql.Of(filter.KitchenId), Sql.Of(wanted), Sql.Of(page.Limit + 1), Sql.Of(from.At), Sql.Of(from.Id),
        ];
        List<string> conditions = [];
        foreach (var (condition, value) in SaleConditions.Of(filter.Sale ?? SaleFilter.None, "s."))
        {
            parameters.Add(value);
            conditions.Add($" AND {condition} ${parameters.Count}");
        }

        var rows = await database.Source.Rows(Text(conditions, goesBack), Read, [.. parameters]);
        var tickets = rows.Take(page.Limit);
        return new Page<Ticket>([.. goesBack ? tickets.Reverse() : tickets], rows.Count > page.Limit);
    }

    /// <summary>The next ones of each requested status, and the next of those: as the index is ordered.</summary>
    private static string Text(List<string> conditions, bool goesBack)
    {
        var (beyond, direction) = goesBack ? ("<", "DESC") : (">", "ASC");
        var sale = conditions.Count == 0 ? "" : "JOIN jiko.checkout_session s ON s.id = k.session_id";
        return $"""
            SELECT {OrderReads.Columns}, o.ticket
            FROM unnest($2) AS wanted(status)
            CROSS JOIN LATERAL (
                SELECT k.id FROM jiko.customer_order k {sale}
                WHERE k.kitchen_id = $1 AND k.ticket = wanted.status
                    AND (k.placed_at, k.id) {beyond} ($4, $5) {string.Concat(conditions)}
                ORDER BY k.placed_at {direction}, k.id {direction} LIMIT $3) t
            JOIN jiko.placed_order o ON o.id = t.id
            ORDER BY o.placed_at {direction}, o.id {direction} LIMIT $3
            """;
    }

    private static Ticket Read(NpgsqlDataReader row) => new(
        OrderReads.Read(row),
        WireNames.Parse<TicketStatus>(row.GetString(5))
            ?? throw new InvalidOperationException("A row holds an unknown word, which a CHECK constraint forbids."));
}
