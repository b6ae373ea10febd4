using JikoXpress.Domain;
using JikoXpress.Grains.Abstractions.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

internal sealed class StockJournal(JikoDatabase database) : IStockJournal
{
    private const string Select = """
        SELECT id, menu_id, kind, quantity, reason, by_whom, at, difference
        FROM jiko.stock_journal WHERE kitchen_id = $1
        """;

    public Task<StockMovement?> Find(Guid kitchenId, Guid adjustmentId) =>
        database.Source.Row($"{Select} AND id = $2", Read, Sql.Of(kitchenId), Sql.Of(adjustmentId));

    public Task<Page<StockMovement>> List(Guid kitchenId, Guid? menuId, PageRequest page) => menuId is { } only
        ? database.Source.Page($"{Select} AND menu_id = $2", page, Read, Sql.Of(kitchenId), Sql.Of(only))
        : database.Source.Page(Select, page, Read, Sql.Of(kitchenId));

    private static StockMovement Read(NpgsqlDataReader row) => new(
        new StockAdjustment(
            row.GetGuid(0), row.GetGuid(1), row.WireName<StockAdjustmentKind>(2), row.GetInt32(3),
            row.IsDBNull(4) ? null : row.GetString(4), row.GetGuid(5), row.GetFieldValue<DateTimeOffset>(6)),
        row.GetInt32(7));
}
