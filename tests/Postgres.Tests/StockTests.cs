using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using JikoXpress.Grains.Ports;
using JikoXpress.Testing;
using static JikoXpress.Domain.StockAdjustmentKind;

namespace JikoXpress.Postgres.Tests;

public sealed class StockTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task A_slip_reserves_and_its_payment_sells()
    {
        var till = new Till("reserve and sell");
        await Store.Commit(till.Received(till.Pilau, 10));
        var slip = till.Slip((till.Pilau, 3));

        await Store.Commit(slip);
        Assert.Equal((10, 3, 0), await Level(till, till.Pilau));

        await Store.Commit(till.Paid(slip));
        Assert.Equal((7, 0, 3), await Level(till, till.Pilau));
    }

    [Fact]
    public async Task A_cancelled_slip_gives_its_items_back_once()
    {
        var till = new Till("release");
        await Store.Commit(till.Received(till.Pilau, 10));
        var slip = till.Slip((till.Pilau, 3));
        var cancelled = till.Cancelled(slip);
        await Store.Commit(slip, cancelled);
        Assert.Equal((10, 0, 0), await Level(till, till.Pilau));

        var again = cancelled with
        {
            ExpectedVersion = 2,
            Effects = [new Effect.ReleaseReserved(slip.Key), new Effect.SellReserved(slip.Key)],
        };
        await Store.Commit(again);

        Assert.Equal((10, 0, 0), await Level(till, till.Pilau));
    }

    [Fact]
    public async Task Items_that_are_sold_are_not_sold_again()
    {
        var till = new Till("sold once");
        await Store.Commit(till.Received(till.Pilau, 10));
        var slip = till.Slip((till.Pilau, 3));
        var paid = till.Paid(slip);
        await Store.Commit(slip, paid);

        await Store.Commit(paid with { ExpectedVersion = 2, Effects = [new Effect.SellReserved(slip.Key)] });

        Assert.Equal((7, 0, 3), await Level(till, till.Pilau));
    }

    [Fact]
    public async Task Reserved_items_can_be_kept_until_later()
    {
        var till = new Till("extend");
        await Store.Commit(till.Received(till.Pilau, 10));
        var slip = till.Slip((till.Pilau, 3));
        var later = Till.Noon.AddHours(1);
        await Store.Commit(
            slip, slip with { ExpectedVersion = 1, Effects = [new Effect.ExtendReserved(slip.Key, later)] });

        var rows = await Store.Stock.Load(till.KitchenId, Till.Today, []);

        Assert.Equal([new Reservation(slip.Key, [new StockLine(till.Pilau, 3)], later)], rows.Reservations);
    }

    [Fact]
    public async Task An_item_without_a_stock_record_is_always_sellable()
    {
        var till = new Till("untracked");

        await Store.Commit(till.Sale((till.Chai, 999)));

        Assert.Empty((await Store.Stock.Load(till.KitchenId, Till.Today, [])).Levels);
        Assert.Equal(0, await RowsOf("session_plates", $"kitchen_id = '{till.KitchenId}'"));
    }

    [Fact]
    public async Task A_sale_takes_all_its_items_or_none()
    {
        var till = new Till("all or none");
        await Store.Commit(till.Received(till.Pilau, 10), till.Received(till.Chai, 1, version: 1));

        var answer = await Store.Commits.Commit(till.Sale((till.Pilau, 4), (till.Chai, 2)));

        Assert.Equal(new CommitAnswer.InsufficientStock([new StockShortage(till.Chai, 2, 1)]), answer);
        Assert.Equal((10, 0, 0), await Level(till, till.Pilau));
        Assert.Equal((1, 0, 0), await Level(till, till.Chai));
        Assert.Equal(0, await RowsOf("checkout_session", $"kitchen_id = '{till.KitchenId}'"));
    }

    [Fact]
    public async Task What_is_reserved_cannot_be_sold_to_somebody_else()
    {
        var till = new Till("reserved for another");
        await Store.Commit(till.Received(till.Pilau, 3), till.Slip((till.Pilau, 2)));

        var answer = await Store.Commits.Commit(till.Sale((till.Pilau, 2)));

        Assert.Equal(new CommitAnswer.InsufficientStock([new StockShortage(till.Pilau, 2, 1)]), answer);
    }

    [Fact]
    public async Task Receipts_waste_and_counts_keep_the_record_straight()
    {
        var till = new Till("adjustments");
        await Store.Commit(
            till.Adjust(Receipt, till.Pilau, 10, version: 0),
            till.Adjust(Waste, till.Pilau, 2, version: 1),
            till.Adjust(Count, till.Pilau, 5, version: 2),
            till.Adjust(Count, till.Pilau, 9, version: 3),
            till.Adjust(Receipt, till.Pilau, 1, version: 4));

        var rows = await Store.Stock.Load(till.KitchenId, Till.Today, []);

        // 10 received and 2 wasted; 3 fewer found are wasted, 4 more found are received; 1 received.
        Assert.Equal(
            [new StockLevel(till.Pilau, OnHand: 10, Reserved: 0, Sold: 0, Wasted: 5, Received: 15)], rows.Levels);
        Assert.Equal(5, await RowsOf("stock_journal", $"kitchen_id = '{till.KitchenId}'"));
    }

    [Fact]
    public async Task A_first_count_starts_the_record_even_of_nothing()
    {
        var till = new Till("a first count");
        await Store.Commit(till.Adjust(Count, till.Pilau, 0, version: 0));

        Assert.Equal((0, 0, 0), await Level(till, till.Pilau));
        Assert.IsType<CommitAnswer.InsufficientStock>(await Store.Commits.Commit(till.Sale((till.Pilau, 1))));
    }

    [Theory]
    [InlineData(Waste, 8, 8, 7)]
    [InlineData(Count, 2, 3, 2)]
    public async Task What_is_promised_to_sessions_cannot_be_wasted_or_counted_away(
        StockAdjustmentKind kind, int quantity, int requested, int available)
    {
        var till = new Till($"promised, then {kind}");
        await Store.Commit(till.Received(till.Pilau, 10), till.Slip((till.Pilau, 3)));

        var answer = await Store.Commits.Commit(till.Adjust(kind, till.Pilau, quantity, version: 1));

        Assert.Equal(new CommitAnswer.InsufficientStock([new StockShortage(till.Pilau, requested, available)]), answer);
        Assert.Equal((10, 3, 0), await Level(till, till.Pilau));
        Assert.Equal(1, (await Store.States.Load(GrainKind.Inventory, till.KitchenId))?.Version);
    }

    [Theory]
    [InlineData(Waste, 7)]
    [InlineData(Count, 3)]
    public async Task Everything_that_is_not_promised_can_be(StockAdjustmentKind kind, int quantity)
    {
        var till = new Till($"not promised, then {kind}");
        await Store.Commit(till.Received(till.Pilau, 10), till.Slip((till.Pilau, 3)));

        await Store.Commit(till.Adjust(kind, till.Pilau, quantity, version: 1));

        Assert.Equal((3, 3, 0), await Level(till, till.Pilau));
    }

    [Fact]
    public async Task Waste_of_an_item_without_a_record_is_refused()
    {
        var till = new Till("waste of nothing");

        var answer = await Store.Commits.Commit(till.Adjust(Waste, till.Pilau, 1, version: 0));

        Assert.Equal(new CommitAnswer.InsufficientStock([new StockShortage(till.Pilau, 1, 0)]), answer);
        Assert.Null(await Store.States.Load(GrainKind.Inventory, till.KitchenId));
    }

    [Fact]
    public async Task The_inventory_reads_its_levels_reservations_last_number_and_who_has_committed()
    {
        var till = new Till("stock reads");
        var sale = till.Sale((till.Pilau, 1));
        var slip = till.Slip((till.Pilau, 2), (till.Chai, 1));
        await Store.Commit(till.Received(till.Pilau, 10), till.Received(till.Chai, 10, version: 1), sale, slip);

        var rows = await Store.Stock.Load(till.KitchenId, Till.Today, [sale.Key, slip.Key, till.NextId()]);

        Assert.Equal(2, rows.Levels.Count);
        Assert.Equal(
            [new StockLine(till.Pilau, 2), new StockLine(till.Chai, 1)],
            Assert.Single(rows.Reservations).Items.OrderByDescending(items => items.Quantity));
        Assert.Equal(2, rows.LastNumber);
        Assert.Equal([sale.Key, slip.Key], rows.Committed.OrderBy(id => id != sale.Key));
        Assert.Equal(0, (await Store.Stock.Load(till.KitchenId, Till.Today.AddDays(1), [])).LastNumber);
    }
}
