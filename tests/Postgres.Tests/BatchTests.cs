using JikoXpress.Domain;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Commits;
using JikoXpress.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using static JikoXpress.Domain.StockAdjustmentKind;
using Channel = System.Threading.Channels.Channel;

namespace JikoXpress.Postgres.Tests;

/// <summary>What becomes of commits that share one call.</summary>
public sealed class BatchTests(TestDatabase database) : StoreTests(database)
{
    private static readonly CommitAnswer Won = new CommitAnswer.Committed();

    [Fact]
    public async Task A_hundred_and_twenty_eight_sales_share_one_transaction()
    {
        var till = new Till("a full batch");
        await Store.Commit(till.Received(till.Pilau, 500));
        GrainCommit[] sales = [.. Enumerable.Range(0, 128).Select(_ => till.Sale((till.Pilau, 2), (till.Chai, 1)))];

        var answers = await Call(sales);

        Assert.All(answers, answer => Assert.Equal(Won, answer));
        Assert.Equal((244, 0, 256), await Level(till, till.Pilau));
        Assert.Equal(1, await Database.Ask<long>(
            $"SELECT count(DISTINCT xmin::text) FROM jiko.checkout_session WHERE kitchen_id = '{till.KitchenId}'"));
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(5, 5_000)]
    [InlineData(100, 0)]
    [InlineData(100, 5_000)]
    public async Task Items_are_locked_in_their_order_whatever_the_plan(int dishes, int others)
    {
        var till = new Till($"order of {dishes} among {others}");
        Guid[] menu = [.. Enumerable.Range(0, dishes).Select(_ => till.NextId()).Order()];
        await Store.Commit([.. menu.Reverse().Select((dish, version) => till.Received(dish, 9, version))]);
        await Database.Run($"""
            INSERT INTO jiko.stock_item (kitchen_id, menu_id)
            SELECT gen_random_uuid(), gen_random_uuid() FROM generate_series(1, {others})
            """);
        await Database.Run("ANALYZE jiko.stock_item");
        var held = await Database.Lock($"jiko.stock_item WHERE menu_id = '{menu[2]}'");

        var answers = Call(
            till.Sale(menu.Reverse().Select(dish => (dish, 1))), till.Sale((menu[0], 1)), till.Sale((menu[^1], 1)));
        await Database.UntilSomebodyWaits();
        var free = await Database.Ask<Guid[]>($"""
            SELECT array_agg(f.menu_id ORDER BY f.menu_id) FROM (
                SELECT menu_id FROM jiko.stock_item WHERE kitchen_id = '{till.KitchenId}' FOR UPDATE SKIP LOCKED) f
            """);
        await held.DisposeAsync();

        Assert.All(await answers, answer => Assert.Equal(Won, answer));
        Assert.Equal(menu[3..], free);
    }

    [Fact]
    public async Task Some_lose_on_stock_and_their_neighbours_win()
    {
        var till = new Till("losers and winners");
        await Store.Commit(till.Received(till.Pilau, 3));

        var answers = await Call(
            till.Sale((till.Pilau, 2)), till.Sale((till.Pilau, 2)), till.Sale((till.Chai, 1)),
            till.Sale((till.Pilau, 1)));

        Assert.Equal([Won, Short(till.Pilau, 2, 1), Won, Won], answers);
        Assert.Equal((0, 0, 3), await Level(till, till.Pilau));
        Assert.Equal(3, await RowsOf("checkout_session", $"kitchen_id = '{till.KitchenId}'"));
        Assert.Equal(3, await RowsOf("customer_order", $"kitchen_id = '{till.KitchenId}'"));
    }

    [Fact]
    public async Task First_come_first_served_and_each_with_all_its_items_or_none()
    {
        var till = new Till("greedy");
        await Store.Commit(till.Received(till.Pilau, 3), till.Received(till.Chai, 3, version: 1));

        var answers = await Call(
            till.Sale((till.Pilau, 2), (till.Chai, 1)),
            till.Sale((till.Pilau, 2), (till.Chai, 2)),
            till.Slip((till.Pilau, 1), (till.Chai, 2)),
            till.Sale((till.Chai, 1)));

        // The second leaves its two chai to the third; nothing is left for the fourth.
        Assert.Equal([Won, Short(till.Pilau, 2, 1), Won, Short(till.Chai, 1, 0)], answers);
        Assert.Equal((1, 1, 2), await Level(till, till.Pilau));
        Assert.Equal((2, 2, 1), await Level(till, till.Chai));
    }

    [Fact]
    public async Task Every_item_that_is_short_is_named()
    {
        var till = new Till("all shortages");
        await Store.Commit(till.Received(till.Pilau, 1), till.Received(till.Chai, 2, version: 1));

        var answers = await Call(till.Sale((till.Pilau, 2), (till.Chai, 5)), till.Sale((till.Chai, 1)));

        var shortage = Assert.IsType<CommitAnswer.InsufficientStock>(answers[0]);
        Assert.Equal(
            [new StockShortage(till.Chai, 5, 2), new StockShortage(till.Pilau, 2, 1)],
            shortage.Shortages.OrderByDescending(line => line.Requested));
        Assert.Equal(Won, answers[1]);
    }

    [Fact]
    public async Task A_wallet_that_is_short_leaves_its_items_to_the_next()
    {
        var till = new Till("short wallet");
        var (poor, rich) = (till.NextId(), till.NextId());
        await Store.Commit(till.Received(till.Pilau, 1), till.TopUp(poor, 4_999), till.TopUp(rich, 5_000));

        var answers = await Call(
            till.WalletSale(poor, (till.Pilau, 1)), till.WalletSale(rich, (till.Pilau, 1)),
            till.WalletSale(rich, (till.Chai, 1)), till.WalletSale(poor, (till.Chai, 1)));

        Assert.Equal(
            [
                new CommitAnswer.InsufficientFunds(poor, new Money(4_999)), Won,
                new CommitAnswer.InsufficientFunds(rich, Money.Zero), Won,
            ],
            answers);
        Assert.Equal((0, 0, 1), await Level(till, till.Pilau));
    }

    [Fact]
    public async Task Money_and_items_that_come_free_in_a_batch_serve_the_same_batch()
    {
        var till = new Till("within a batch");
        var customer = till.NextId();
        var slip = till.Slip((till.Pilau, 2));
        await Store.Commit(till.Received(till.Pilau, 2), slip);

        var answers = await Call(
            till.TopUp(customer, 10_000), till.Cancelled(slip), till.WalletSale(customer, (till.Pilau, 2)));

        Assert.Equal([Won, Won, Won], answers);
        Assert.Equal((0, 0, 2), await Level(till, till.Pilau));
    }

    [Fact]
    public async Task Conflicts_take_nothing_from_their_neighbours()
    {
        var till = new Till("conflicts");
        var slip = till.Slip((till.Pilau, 1));
        var paid = till.Paid(slip);
        var first = till.Slip((till.Pilau, 1));
        var second = till.Slip((till.Pilau, 1));
        await Store.Commit(till.Received(till.Pilau, 3), slip, paid);

        var answers = await Call(
            till.Cancelled(slip), first, second with { Row = second.Row! with { Number = first.Row!.Number } },
            till.Sale((till.Pilau, 1)), till.Sale((till.Pilau, 1)));

        Assert.Equal(
            [new CommitAnswer.VersionConflict(), Won, new CommitAnswer.NumberTaken(), Won, Short(till.Pilau, 1, 0)],
            answers);
        Assert.Equal((1, 1, 2), await Level(till, till.Pilau));
    }

    [Fact]
    public async Task A_delivery_in_a_batch_is_sold_in_the_same_batch()
    {
        var till = new Till("delivery and sale");
        await Store.Commit(till.Received(till.Pilau, 1));

        var answers = await Call(till.Sale((till.Pilau, 3)), till.Adjust(Receipt, till.Pilau, 2, version: 1));
        var late = await Call(till.Sale((till.Pilau, 1)));

        Assert.Equal([Won, Won], answers);
        Assert.Equal([Short(till.Pilau, 1, 0)], late);
        Assert.Equal((0, 0, 3), await Level(till, till.Pilau));
    }

    [Fact]
    public async Task The_operations_of_losers_are_free_to_be_tried_again()
    {
        var till = new Till("losing operation");
        var operation = till.NextOperation();
        await Store.Commit(till.Received(till.Pilau, 1));
        var sale = till.Sale((till.Pilau, 2)) with { Operation = operation };

        var answers = await Call(sale, till.Sale((till.Chai, 1)));

        Assert.Equal([Short(till.Pilau, 2, 1), Won], answers);
        Assert.Null(await Store.States.Answered(operation.Id));
        await Store.Commit(till.Received(till.Pilau, 1, version: 1), sale);
        Assert.NotNull(await Store.States.Answered(operation.Id));
    }

    [Fact]
    public async Task A_commit_whose_caller_has_given_it_up_is_not_made_and_its_neighbours_are()
    {
        var till = new Till("given up");
        var queue = Channel.CreateUnbounded<PendingCommit>();
        var late = new PendingCommit(till.Sale((till.Chai, 1)), waitedAlready: TimeSpan.FromSeconds(10));
        var prompt = new PendingCommit(till.Sale((till.Chai, 1)));
        foreach (var pending in (PendingCommit[])[late, prompt]) Assert.True(queue.Writer.TryWrite(pending));
        queue.Writer.Complete();

        await new CommitWriter(
            new CommitCalls(Store.Database), queue.Reader, 2, new WorkSignals(), TimeProvider.System,
            NullLogger.Instance).Run();

        await Assert.ThrowsAsync<StoreBusyException>(() => late.Answer);
        Assert.Equal(Won, await prompt.Answer);
        Assert.Null(await Store.States.Load(GrainKind.Session, late.Commit.Key));
    }

    [Fact]
    public async Task Only_a_failure_that_nobody_expects_is_a_warning()
    {
        var till = new Till("expected and not");
        var first = till.Slip((till.Chai, 1));
        var sold = till.Sale((till.Chai, 1));
        await Store.Commit(first, sold);
        var second = till.Slip((till.Chai, 1));
        var sameNumber = second with { Row = second.Row! with { Number = first.Row!.Number } };
        var topUp = till.TopUp(till.NextId(), 1_000);
        await Store.Commit(topUp);
        var samePosting = topUp with { Key = till.NextId(), Operation = till.NextOperation() };

        var routine = new Warnings();
        Assert.Equal(
            [new CommitAnswer.NumberTaken(), Won], await Call(routine, sameNumber, till.Sale((till.Chai, 1))));
        var fault = new Warnings();
        Assert.Equal(
            [new CommitAnswer.VersionConflict(), Won], await Call(fault, samePosting, till.Sale((till.Chai, 1))));

        Assert.Equal((0, 1), (routine.Count, fault.Count));
    }

    private static CommitAnswer.InsufficientStock Short(Guid menuId, int requested, int available) =>
        new([new StockShortage(menuId, requested, available)]);

    /// <summary>A writer that finds all of them waiting at its start, and nothing after them.</summary>
    private Task<CommitAnswer[]> Call(params IReadOnlyList<GrainCommit> batch) => Call(NullLogger.Instance, batch);

    private async Task<CommitAnswer[]> Call(ILogger log, params IReadOnlyList<GrainCommit> batch)
    {
        var queue = Channel.CreateUnbounded<PendingCommit>();
        PendingCommit[] waiting = [.. batch.Select(commit => new PendingCommit(commit))];
        foreach (var pending in waiting) Assert.True(queue.Writer.TryWrite(pending));
        queue.Writer.Complete();
        var calls = new CommitCalls(Store.Database);
        var signals = new WorkSignals();
        await new CommitWriter(calls, queue.Reader, waiting.Length, signals, TimeProvider.System, log).Run();
        return await Task.WhenAll(waiting.Select(pending => pending.Answer));
    }

    private sealed class Warnings : ILogger
    {
        public int Count { get; private set; }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Count++;
    }
}
