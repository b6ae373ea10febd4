using Npgsql;

namespace JikoXpress.Baselines;

/// <summary>
/// F: one transaction a checkout, statement by statement, with SELECT ... FOR UPDATE on the stock; prepared.
/// </summary>
internal sealed class ForUpdate(NpgsqlDataSource source) : ISales
{
    public async Task Store(Sale sale, DateTimeOffset now)
    {
        var state = sale.State;
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var onHand = new Dictionary<Guid, int>();
        await using (var stock = Command(connection, Statements.LockStock))
        {
            stock.Parameters.With(state.KitchenId).With(state.Lines.Select(line => line.MenuId).ToArray());
            await using var rows = await stock.ExecuteReaderAsync();
            while (await rows.ReadAsync()) onHand.Add(rows.GetGuid(0), rows.GetInt32(1));
        }

        foreach (var line in state.Lines)
        {
            if (onHand[line.MenuId] < line.Quantity)
                throw new InvalidOperationException("The benchmark ran out of stock.");
            await Run(connection, Statements.SellStock, parameters => parameters.Sold(state, line));
        }

        await Run(connection, Statements.AddSession, parameters => parameters.Session(sale));
        await Run(connection, Statements.AddOrder, parameters => parameters.Order(sale, now));
        await Run(connection, Statements.AddEntry, parameters => parameters.Entry(state, "DRAWER", state.Total, now));
        await Run(connection, Statements.AddEntry, parameters => parameters.Entry(state, "SALES", -state.Total, now));
        await Run(connection, Statements.AddEvent, parameters => parameters.Event(state, now));
        await transaction.CommitAsync();
    }

    private static async Task Run(NpgsqlConnection connection, string text, Action<NpgsqlParameterCollection> fill)
    {
        await using var command = Command(connection, text);
        fill(command.Parameters);
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string text) => new(text, connection);
}
