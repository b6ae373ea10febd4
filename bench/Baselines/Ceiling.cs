using System.Threading.Channels;
using Npgsql;

namespace JikoXpress.Baselines;

/// <summary>
/// The group-commit ceiling: stock decided in memory, two writers, each commit carrying all that queued, as one batch
/// of unnest() inserts. It recovers nothing and refuses nobody politely: what is left when all else is taken away.
/// </summary>
internal sealed class Ceiling : ISales, IAsyncDisposable
{
    private const int Writers = 2;
    private const int MostInGroup = 128;

    private const string AddSessions = """
        INSERT INTO session (id, version, kitchen_id, status, opened_at, total, state)
        SELECT id, 1, kitchen_id, status, at, total, state
        FROM unnest($1, $2, $3, $4, $5, $6) AS s(id, kitchen_id, status, at, total, state)
        """;

    private const string AddOrders = """
        INSERT INTO customer_order (id, session_id, kitchen_id, placed_at, content)
        SELECT * FROM unnest($1, $2, $3, $4, $5)
        """;

    private const string AddEntries = """
        INSERT INTO ledger_entry (session_id, kitchen_id, account, amount, at)
        SELECT s.id, s.kitchen_id, side.account, side.sign * s.total, s.at
        FROM unnest($1, $2, $3, $4) AS s(id, kitchen_id, total, at)
        CROSS JOIN (VALUES ('DRAWER', 1), ('SALES', -1)) AS side(account, sign)
        """;

    private const string AddEvents = """
        INSERT INTO outbox (kitchen_id, type, payload, at)
        SELECT kitchen_id, 'checkout_session.confirmed', payload, at
        FROM unnest($1, $2, $3) AS e(kitchen_id, payload, at)
        """;

    private const string SellStock = """
        UPDATE stock s SET on_hand = s.on_hand - l.quantity
        FROM unnest($1, $2, $3) AS l(kitchen_id, menu_id, quantity)
        WHERE s.kitchen_id = l.kitchen_id AND s.menu_id = l.menu_id
        """;

    private readonly Dictionary<Guid, int> onHand = [];
    private readonly Channel<Waiting> queue = Channel.CreateUnbounded<Waiting>();
    private readonly NpgsqlDataSource source;
    private readonly Task[] writers;

    public Ceiling(NpgsqlDataSource source)
    {
        this.source = source;
        writers = [.. Enumerable.Range(0, Writers).Select(_ => Task.Run(Write))];
    }

    public Task Store(Sale sale, DateTimeOffset now)
    {
        lock (onHand)
        {
            foreach (var line in sale.State.Lines)
                onHand[line.MenuId] = onHand.GetValueOrDefault(line.MenuId) - line.Quantity;
        }

        var waiting = new Waiting(sale, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        queue.Writer.TryWrite(waiting);
        return waiting.Stored.Task;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await Task.WhenAll(writers);
    }

    private async Task Write()
    {
        await using var connection = await source.OpenConnectionAsync();
        var group = new List<Waiting>();
        while (await queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < MostInGroup && queue.Reader.TryRead(out var next)) group.Add(next);
            if (group.Count == 0) continue;
            try
            {
                await Commit(connection, [.. group.Select(waiting => waiting.Sale)]);
                foreach (var waiting in group) waiting.Stored.SetResult();
            }
            catch (Exception failure)
            {
                foreach (var waiting in group) waiting.Stored.SetException(failure);
            }
        }
    }

    private static async Task Commit(NpgsqlConnection connection, Sale[] sales)
    {
        await using var batch = connection.CreateBatch();
        SaleState[] states = [.. sales.Select(sale => sale.State)];
        Guid[] ids = [.. states.Select(state => state.Id)];
        Guid[] kitchens = [.. states.Select(state => state.KitchenId)];
        long[] totals = [.. states.Select(state => state.Total)];
        DateTimeOffset[] times = [.. states.Select(state => state.OpenedAt)];
        batch.Add(AddSessions).With(ids).With(kitchens).With(states.Select(state => state.Status).ToArray()).With(times)
            .With(totals).With(sales.Select(sale => sale.StateJson).ToArray());
        batch.Add(AddOrders).With(states.Select(state => state.OrderId ?? Guid.Empty).ToArray()).With(ids)
            .With(kitchens).With(times).With(sales.Select(sale => sale.OrderJson).ToArray());
        batch.Add(AddEntries).With(ids).With(kitchens).With(totals).With(times);
        batch.Add(AddEvents).With(kitchens)
            .With(states.Select(state => $$"""{"sessionId":"{{state.Id}}","orderId":"{{state.OrderId}}"}""").ToArray())
            .With(times);
        var sold = states
            .SelectMany(state => state.Lines.Select(line => (state.KitchenId, line.MenuId, line.Quantity)))
            .GroupBy(line => (line.KitchenId, line.MenuId), line => line.Quantity)
            .OrderBy(line => line.Key)
            .ToList();
        batch.Add(SellStock).With(sold.Select(line => line.Key.KitchenId).ToArray())
            .With(sold.Select(line => line.Key.MenuId).ToArray()).With(sold.Select(line => line.Sum()).ToArray());
        await batch.ExecuteNonQueryAsync();
    }

    private sealed record Waiting(Sale Sale, TaskCompletionSource Stored);
}
