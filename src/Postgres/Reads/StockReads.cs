using System.Data;
using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using JikoXpress.Grains.Ports;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

internal sealed class StockReads(JikoDatabase database) : IStockReads
{
    private const string Levels = """
        SELECT menu_id, on_hand, reserved, sold, wasted, received FROM jiko.stock_item WHERE kitchen_id = $1
        """;

    internal const string Kept = """
        SELECT id, plate_menu_ids, plate_quantities, plates_lapse_at FROM jiko.checkout_session
        WHERE kitchen_id = $1 AND plates = 'RESERVED'
        """;

    private const string LastNumber = """
        SELECT coalesce(max(number), 0) FROM jiko.checkout_session WHERE kitchen_id = $1 AND business_date = $2
        """;

    /// <summary>Items move in the commit that opens their session, so an existing session has committed them.</summary>
    private const string Committed = "SELECT id FROM jiko.checkout_session WHERE id = ANY ($1)";

    public Task<StockRows> Load(Guid kitchenId, DateOnly businessDate, IReadOnlyCollection<Guid> sessions) =>
        Sql.ForGrains(Read(kitchenId, businessDate, sessions));

    private async Task<StockRows> Read(Guid kitchenId, DateOnly businessDate, IReadOnlyCollection<Guid> sessions)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        // One snapshot for all four queries; otherwise an item could be missed or counted twice between them.
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Levels) { Parameters = { Sql.Of(kitchenId) } },
                new NpgsqlBatchCommand(Kept) { Parameters = { Sql.Of(kitchenId) } },
                new NpgsqlBatchCommand(LastNumber) { Parameters = { Sql.Of(kitchenId), Sql.Of(businessDate) } },
                new NpgsqlBatchCommand(Committed) { Parameters = { Sql.Of<Guid[]>([.. sessions]) } },
            },
        };
        await using var rows = await batch.ExecuteReaderAsync();
        var levels = await rows.All(ReadLevel);
        await rows.NextResultAsync();
        var kept = await rows.All(ReadKept);
        await rows.NextResultAsync();
        var lastNumber = (await rows.All(row => row.GetInt32(0))).Single();
        await rows.NextResultAsync();
        var committed = await rows.All(row => row.GetGuid(0));
        return new StockRows(levels.ToSequence(), kept.ToSequence(), lastNumber, committed.ToHashSet());
    }

    private static StockLevel ReadLevel(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5));

    private static Reservation ReadKept(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetFieldValue<Guid[]>(1)
            .Zip(row.GetFieldValue<int[]>(2), (menuId, quantity) => new StockLine(menuId, quantity))
            .ToSequence(),
        row.GetFieldValue<DateTimeOffset>(3));
}
