using JikoXpress.Domain;
using JikoXpress.Domain.Orders;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

internal sealed class OrderReads(JikoDatabase database) : IOrderReads
{
    /// <summary>Of jiko.placed_order, for <see cref="Read"/>.</summary>
    public const string Columns = "o.id, o.placed_at, o.status, o.payment_state, o.session";

    private const string One = $"SELECT {Columns} FROM jiko.placed_order o WHERE id = $2 AND kitchen_id = $1";

    public Task<Order?> Find(Guid kitchenId, Guid orderId) =>
        database.Source.Row(One, Read, Sql.Of(kitchenId), Sql.Of(orderId));

    public Task<Page<Order>> List(Guid kitchenId, PageRequest page) =>
        new KeysetQuery(Columns, "jiko.placed_order o", "placed_at")
            .Where("kitchen_id =", kitchenId)
            .Run(database.Source, page, Read);

    public static Order Read(NpgsqlDataReader row)
    {
        var session = StateJson.Read<Session>(row.GetString(4)) as Session.Opened
            ?? throw new InvalidOperationException("An order is placed by a session that was opened.");
        return session.Opening.OrderOf(
            row.GetGuid(0), session.Id, row.GetFieldValue<DateTimeOffset>(1), Word<OrderStatus>(row.GetString(2)),
            Word<OrderPaymentState>(row.GetString(3)));
    }

    private static TWord Word<TWord>(string word) where TWord : struct, Enum =>
        Words.Parse<TWord>(word) ?? throw new InvalidOperationException("A CHECK keeps the words.");
}
