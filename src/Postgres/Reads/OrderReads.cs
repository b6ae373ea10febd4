using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Abstractions.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

internal sealed class OrderReads(JikoDatabase database) : IOrderReads
{
    /// <summary>Columns of jiko.placed_order, for <see cref="Read"/>.</summary>
    public const string Columns = "o.id, o.placed_at, o.status, o.payment_state, o.session";

    private const string One = $"SELECT {Columns} FROM jiko.placed_order o WHERE id = $2 AND kitchen_id = $1";

    public Task<Order?> Find(Guid kitchenId, Guid orderId) =>
        database.Source.Row(One, Read, Sql.Of(kitchenId), Sql.Of(orderId));

    public async Task<Order?> FindFor(Caller caller, Guid orderId)
    {
        var (order, opening) = await database.Source.Row(
            $"SELECT {Columns} FROM jiko.placed_order o WHERE id = $1",
            row => new Seen(Read(row), SessionOf(row).Opening), Sql.Of(orderId)) ?? Seen.Nothing;
        return opening is not null && caller.MaySee(opening) ? order : null;
    }

    public Task<Page<Order>> List(OrderFilter filter, PageRequest page)
    {
        List<(string, NpgsqlParameter)> more = [];
        if (filter.Status is { } status) more.Add(("k.status =", Sql.Of(status.WireName)));
        if (filter.PaymentState is { } payment) more.Add(("k.payment_state =", Sql.Of(payment.WireName)));
        return StagedOrders.Read(
            database, Columns, filter.KitchenId, StagesOf(filter), filter.Sale, more, page, oldestFirst: false, Read);
    }

    private static IReadOnlyList<string> StagesOf(OrderFilter filter) => filter switch
    {
        { Ticket: { } ticket } => [ticket.WireName],
        { Status: null } => StagedOrders.All,
        { Status: OrderStatus.Placed } => StagedOrders.Placed,
        { Status: { } withoutTicket } => [withoutTicket.WireName],
    };

    public static Order Read(NpgsqlDataReader row)
    {
        var session = SessionOf(row);
        var state = (session as Session.Confirmed)?.OrderState;
        return session.Opening.OrderOf(
            row.GetGuid(0), session.Id, row.GetFieldValue<DateTimeOffset>(1), WireName<OrderStatus>(row.GetString(2)),
            WireName<OrderPaymentState>(row.GetString(3))) with
        {
            OrderState = state,
            TableNumber = state?.TableNumber ?? session.Opening.TableNumber,
            Payments = session.Payments,
        };
    }

    private static Session.Opened SessionOf(NpgsqlDataReader row) =>
        StateJson.Read<Session>(row.GetString(4)) as Session.Opened
        ?? throw new InvalidOperationException("The session of an order must be opened.");

    private static TWord WireName<TWord>(string word) where TWord : struct, Enum =>
        WireNames.Parse<TWord>(word)
        ?? throw new InvalidOperationException("A row holds an unknown word, which a CHECK constraint forbids.");

    private sealed record Seen(Order? Order, SessionOpening? Opening)
    {
        public static Seen Nothing { get; } = new(null, null);
    }
}
