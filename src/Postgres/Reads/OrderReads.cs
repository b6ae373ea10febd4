using JikoXpress.Domain;
using JikoXpress.Domain.Orders;
using JikoXpress.Grains.Abstractions.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

internal sealed class OrderReads(JikoDatabase database) : IOrderReads
{
    private const string One = "SELECT content FROM jiko.customer_order WHERE id = $2 AND kitchen_id = $1";

    public Task<Order?> Find(Guid kitchenId, Guid orderId) =>
        database.Source.Row(One, Read, Sql.Of(kitchenId), Sql.Of(orderId));

    public Task<Page<Order>> List(Guid kitchenId, PageRequest page) =>
        new KeysetQuery("content", "jiko.customer_order", "placed_at")
            .Where("kitchen_id =", kitchenId)
            .Run(database.Source, page, Read);

    private static Order Read(NpgsqlDataReader row) => StateJson.Read<Order>(row.GetString(0));
}
