using Npgsql;

namespace JikoXpress.Baselines;

/// <summary>
/// R: the best that row locks give: everything of one checkout in one batch, one round trip, prepared; the stock is
/// decremented under a CHECK, in the order of the items.
/// </summary>
internal sealed class RowLock(NpgsqlDataSource source) : ISales
{
    public async Task Store(Sale sale, DateTimeOffset now)
    {
        var state = sale.State;
        await using var batch = source.CreateBatch();
        batch.Add(Statements.AddSession).Session(sale);
        batch.Add(Statements.AddOrder).Order(sale, now);
        batch.Add(Statements.AddEntry).Entry(state, "DRAWER", state.Total, now);
        batch.Add(Statements.AddEntry).Entry(state, "SALES", -state.Total, now);
        batch.Add(Statements.AddEvent).Event(state, now);
        // The contended rows last, so that they are locked for the shortest time.
        foreach (var line in state.Lines.OrderBy(line => line.MenuId))
            batch.Add(Statements.SellStock).Sold(state, line);
        await batch.ExecuteNonQueryAsync();
    }
}

internal static class Batches
{
    /// <summary>Adds a statement, whose parameters are to be filled.</summary>
    public static NpgsqlParameterCollection Add(this NpgsqlBatch batch, string text)
    {
        var command = new NpgsqlBatchCommand(text);
        batch.BatchCommands.Add(command);
        return command.Parameters;
    }
}
