using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests;

public sealed class KitchenListTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task Orders_are_found_and_listed_newest_first_in_their_own_kitchen()
    {
        var (till, other) = (new Till("orders"), new Till("other orders"));
        var orders = new List<Order>();
        foreach (var minute in Enumerable.Range(0, 3))
        {
            till.Now = Till.Noon.AddMinutes(minute);
            var sale = till.Sale((till.Chai, 1));
            await Store.Commit(sale);
            orders.Insert(0, OrderOf(sale));
        }

        var first = await Store.Orders.List(new OrderFilter(till.KitchenId), new PageRequest(2));
        var rest = await Store.Orders.List(
            new OrderFilter(till.KitchenId), new PageRequest(2, After: new Cursor(first.Items[^1].PlacedAt, first.Items[^1].Id)));

        Assert.Equal(orders, first.Items.Concat(rest.Items));
        Assert.Equal((true, false), (first.HasMore, rest.HasMore));
        Assert.Equal(orders[1], await Store.Orders.Find(till.KitchenId, orders[1].Id));
        Assert.Null(await Store.Orders.Find(other.KitchenId, orders[1].Id));
        Assert.Empty((await Store.Orders.List(new OrderFilter(other.KitchenId), new PageRequest(2))).Items);
    }

    [Fact]
    public async Task Tickets_come_oldest_first_by_status()
    {
        var till = new Till("tickets");
        var sales = new List<GrainCommit>();
        foreach (var minute in Enumerable.Range(0, 3))
        {
            till.Now = Till.Noon.AddMinutes(minute);
            var sale = till.Sale((till.Chai, 1));
            await Store.Commit(sale);
            sales.Add(sale);
        }

        await Store.Commit(till.Continue(
            sales[1], session => session.Move(new MoveTicket(till.Cashier, TicketStatus.Ready), till.Now)));
        var orders = sales.ConvertAll(OrderOf);
        var ready = orders[1] with { OrderState = OrderState.AtBirth with { Ticket = TicketStatus.Ready } };

        var first = await Store.Tickets.List(new TicketFilter(till.KitchenId), new PageRequest(2));
        Assert.Equal([new Ticket(orders[0], TicketStatus.New), new Ticket(ready, TicketStatus.Ready)], first.Items);
        Assert.True(first.HasMore);
        var rest = await Store.Tickets.List(
            new TicketFilter(till.KitchenId), new PageRequest(2, After: new Cursor(ready.PlacedAt, ready.Id)));
        Assert.Equal([new Ticket(orders[2], TicketStatus.New)], rest.Items);
        Assert.False(rest.HasMore);
        Assert.Equal(
            [new Ticket(orders[0], TicketStatus.New), new Ticket(orders[2], TicketStatus.New)],
            (await Store.Tickets.List(new TicketFilter(till.KitchenId, TicketStatus.New), new PageRequest(10))).Items);
        Assert.Empty((await Store.Tickets.List(new TicketFilter(new Till("no tickets").KitchenId), new PageRequest(10))).Items);

        await Store.Commit(till.Continue(
            sales[0], session => session.Move(new MoveTicket(till.Cashier, TicketStatus.Served), till.Now)));
        Assert.Equal(ready.Id, (await Store.Tickets.List(new TicketFilter(till.KitchenId), new PageRequest(1))).Items.Single().Order.Id);
        Assert.Single((await Store.Tickets.List(new TicketFilter(till.KitchenId, TicketStatus.Served), new PageRequest(10))).Items);
    }

    private static Order OrderOf(GrainCommit sale) => sale.Effects.OfType<Effect.PlaceOrder>().Single().Order with
    {
        Payments = ((Session.Opened)StateJson.Read<Session>(sale.State)).Payments,
    };
}
