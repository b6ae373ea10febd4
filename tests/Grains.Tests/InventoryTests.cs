using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using static JikoXpress.Grains.Tests.Fixture;

namespace JikoXpress.Grains.Tests;

public sealed class InventoryTests
{
    private readonly Fixture kitchen = new();

    [Fact]
    public async Task A_hundred_buyers_of_the_last_ten_items_make_ten_sales_and_ninety_refusals()
    {
        kitchen.Store.Receive(Pilau, 10);
        var silos = new[] { kitchen.Silo, kitchen.NewStranger() };

        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(buyer => Task.Run(() => Buy(buyer))));

        Assert.Equal(10, replies.Count(reply => reply is Reply<Session>.Accepted));
        Assert.All(
            replies.OfType<Reply<Session>.Refused>(),
            reply => Assert.Equal("insufficient-stock", reply.Refusals[0].Code));
        Assert.Equal(0, kitchen.Store.Stock[Pilau].OnHand);

        // Both silos take the stock for theirs. Who loses to the other five times is told to try again, and does.
        async Task<Reply<Session>> Buy(int buyer)
        {
            for (var tries = 1; ; tries++)
            {
                var reply = await silos[buyer % 2].Session(Named(1000 + buyer)).Open(CashSale(1));
                if (reply is not Reply<Session>.Refused([{ Code: "overloaded" }, ..]) || tries is 20) return reply;
            }
        }
    }

    [Fact]
    public async Task Sold_out_is_answered_without_the_store()
    {
        kitchen.Store.Receive(Pilau, 1);
        Accepted(await kitchen.Silo.Session(Named(50)).Open(CashSale(1)));
        var (commits, loads) = (kitchen.Store.Commits, kitchen.Store.Loads);

        for (var buyer = 0; buyer < 20; buyer++)
            Assert.Equal(
                "insufficient-stock", Refused(await kitchen.Silo.Session(Named(60 + buyer)).Open(CashSale(1))));

        Assert.InRange(kitchen.Store.Commits - commits, 0, 1); // Sold out is announced meanwhile.
        Assert.InRange(kitchen.Store.Loads - loads, 0, 1);
    }

    [Fact]
    public async Task A_delivery_that_was_lost_is_not_taken_for_the_one_of_another_activation()
    {
        var other = kitchen.NewStranger();
        kitchen.Store.Overtaker = () => other.Inventory(KitchenId).Adjust(Delivery(Named(70), 5), null);

        await kitchen.Silo.Inventory(KitchenId).Adjust(Delivery(Named(71), 10), null);

        Assert.Equal(15, kitchen.Store.Stock[Pilau].Received);
    }

    [Fact]
    public async Task A_kitchen_that_has_announced_nothing_is_not_looked_for_with_every_sale()
    {
        for (var buyer = 0; buyer < 20; buyer++)
        {
            Accepted(await kitchen.Silo.Session(Named(60 + buyer)).Open(CashSale(1)));
            await kitchen.Silo.Inventory(KitchenId).Levels();
        }

        Assert.InRange(kitchen.Store.Loads, 0, 1);
    }

    [Fact]
    public async Task Lines_of_one_item_are_one_demand()
    {
        kitchen.Store.Receive(Pilau, 3);
        var twoLines = CashSale(4) with { Items = [new LineRequest(Pilau, 2), new LineRequest(Pilau, 2)] };

        Assert.Equal("insufficient-stock", Refused(await kitchen.Silo.Session(Named(50)).Open(twoLines)));
    }

    [Fact]
    public async Task A_hold_that_has_expired_refuses_nobody_even_if_nothing_ran()
    {
        kitchen.Store.Receive(Pilau, 1);
        Accepted(await kitchen.Silo.Session(Named(50)).Open(Slip(1)));
        Assert.Equal("insufficient-stock", Refused(await kitchen.Silo.Session(Named(51)).Open(CashSale(1))));

        kitchen.Clock.Advance(TimeSpan.FromMinutes(15));
        Accepted(await kitchen.Silo.Session(Named(52)).Open(CashSale(1)));

        var slip = Assert.IsType<Session.Ended>((await kitchen.Silo.Session(Named(50)).Read()).State);
        Assert.Equal(EndReason.SlipTimeout, slip.Reason);
        Assert.Equal(1, kitchen.Store.Stock[Pilau].Sold);
    }

    [Fact]
    public async Task A_hold_that_expired_elsewhere_refuses_nobody_either()
    {
        kitchen.Store.Receive(Pilau, 1);
        Accepted(await kitchen.Silo.Session(Named(50)).Open(Slip(1)));
        kitchen.Clock.Advance(TimeSpan.FromMinutes(15));
        await kitchen.NewStranger().Session(Named(50)).Expire();

        Accepted(await kitchen.Silo.Session(Named(51)).Open(CashSale(1)));

        Assert.Equal(1, kitchen.Store.Stock[Pilau].Sold);
    }

    [Fact]
    public async Task Items_that_were_freed_elsewhere_are_found_when_the_rows_are_not_fresh()
    {
        kitchen.Store.Receive(Pilau, 1);
        var other = kitchen.NewStranger();
        Accepted(await kitchen.Silo.Session(Named(50)).Open(Slip(1)));
        Assert.Equal("insufficient-stock", Refused(await other.Session(Named(51)).Open(CashSale(1))));
        Accepted(await kitchen.Silo.Session(Named(50)).Cancel(new CancelSession(Cashier)));

        kitchen.Clock.Advance(TimeSpan.FromSeconds(1));

        Accepted(await other.Session(Named(52)).Open(CashSale(1)));
    }

    [Fact]
    public async Task A_sale_that_begins_while_the_rows_are_read_is_counted_once()
    {
        kitchen.Store.Receive(Pilau, 2);
        Accepted(await kitchen.Silo.Session(Named(50)).Open(CashSale(1)));
        kitchen.Clock.Advance(TimeSpan.FromSeconds(1));
        kitchen.Store.SlowLoads = new TaskCompletionSource();
        var levels = kitchen.Silo.Inventory(KitchenId).Levels();
        var meanwhile = kitchen.Silo.Session(Named(51)).Open(CashSale(1));

        kitchen.Store.SlowLoads.SetResult();

        Accepted(await meanwhile);
        await levels;
        Assert.Equal(0, Assert.Single(await kitchen.Silo.Inventory(KitchenId).Levels()).Available);
        Assert.Equal("insufficient-stock", Refused(await kitchen.Silo.Session(Named(52)).Open(CashSale(1))));
        Assert.Equal(2, kitchen.Store.Stock[Pilau].Sold);
    }

    [Fact]
    public async Task Numbers_count_up_and_no_two_activations_give_the_same()
    {
        var silos = new[] { kitchen.Silo, kitchen.NewStranger() };

        for (var buyer = 0; buyer < 10; buyer++)
            Accepted(await silos[buyer % 2].Session(Named(1000 + buyer)).Open(CashSale(1)));

        Assert.Equal(10, kitchen.Store.Orders.Select(order => order.Number).Distinct().Count());
    }

    private static Domain.StockAdjustment Delivery(Guid id, int items) =>
        new(id, Pilau, Domain.StockAdjustmentKind.Receipt, items, Reason: null, Named(4), Noon);
}
