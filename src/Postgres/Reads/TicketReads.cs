using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Abstractions.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

internal sealed class TicketReads(JikoDatabase database) : ITicketReads
{
    /// <summary>Takes the oldest of each requested status, then the oldest of those, as the index is ordered.</summary>
    private const string Oldest = $"""
        SELECT {OrderReads.Columns}, o.ticket
        FROM unnest($2) AS wanted(status)
        CROSS JOIN LATERAL (
            SELECT k.id FROM jiko.customer_order k
            WHERE k.kitchen_id = $1 AND k.ticket = wanted.status
                AND (k.placed_at, k.id) > ($4, $5)
            ORDER BY k.placed_at, k.id LIMIT $3) t
        JOIN jiko.placed_order o ON o.id = t.id
        ORDER BY o.placed_at, o.id LIMIT $3
        """;

    private static readonly string[] Open =
        [TicketStatus.New.WireName, TicketStatus.Preparing.WireName, TicketStatus.Ready.WireName];

    public async Task<Page<Ticket>> List(Guid kitchenId, TicketStatus? status, Cursor? after, int limit)
    {
        var wanted = status is { } one ? [one.WireName] : Open;
        var from = after ?? new Cursor(DateTimeOffset.UnixEpoch, Guid.Empty);
        // One row more than asked for tells whether there is more.
        var rows = await database.Source.Rows(
            Oldest, Read, Sql.Of(kitchenId), Sql.Of(wanted), Sql.Of(limit + 1), Sql.Of(from.At), Sql.Of(from.Id));
        return new Page<Ticket>([.. rows.Take(limit)], rows.Count > limit);
    }

    private static Ticket Read(NpgsqlDataReader row) => new(
        OrderReads.Read(row),
        WireNames.Parse<TicketStatus>(row.GetString(5))
            ?? throw new InvalidOperationException("A row holds an unknown word, which a CHECK constraint forbids."));
}
