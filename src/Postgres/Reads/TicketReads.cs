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
            ORDER BY k.placed_at, k.id LIMIT $3) t
        JOIN jiko.placed_order o ON o.id = t.id
        ORDER BY o.placed_at, o.id LIMIT $3
        """;

    public async Task<IReadOnlyList<Ticket>> List(Guid kitchenId, TicketStatus? status, int limit)
    {
        string[] wanted = status is { } one ? [one.WireName] : [.. WireNames.All<TicketStatus>()];
        return await database.Source.Rows(Oldest, Read, Sql.Of(kitchenId), Sql.Of(wanted), Sql.Of(limit));
    }

    private static Ticket Read(NpgsqlDataReader row) => new(
        OrderReads.Read(row),
        WireNames.Parse<TicketStatus>(
            row.GetString(5)) ?? throw new InvalidOperationException("A CHECK keeps the words."));
}
