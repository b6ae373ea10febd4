using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Abstractions.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

internal sealed class TicketReads(JikoDatabase database) : ITicketReads
{
    private static readonly string[] Open =
        [TicketStatus.New.WireName, TicketStatus.Preparing.WireName, TicketStatus.Ready.WireName];

    public Task<Page<Ticket>> List(TicketFilter filter, PageRequest page) => StagedOrders.Read(
        database, $"{OrderReads.Columns}, o.ticket", filter.KitchenId,
        filter.Status is { } one ? [one.WireName] : Open, filter.Sale, [], page, oldestFirst: true, Read);

    private static Ticket Read(NpgsqlDataReader row) => new(
        OrderReads.Read(row),
        WireNames.Parse<TicketStatus>(row.GetString(5))
            ?? throw new InvalidOperationException("A row holds an unknown word, which a CHECK constraint forbids."));
}
