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

    [Fact]
    public async Task Orders_of_every_stage_are_in_the_list()
    {
        var till = new Till("stages");
        (string Status, string Ticket)[] stages =
        [
            .. WireNames.All<OrderStatus>().Select(status => (status, "NULL")),
            .. WireNames.All<TicketStatus>().Select(ticket => (OrderStatus.Placed.WireName, $"'{ticket}'")),
        ];
        var newestFirst = new List<Guid>();
        foreach (var (status, ticket) in stages)
        {
            till.Now = Till.Noon.AddMinutes(newestFirst.Count);
            var sale = till.Sale((till.Chai, 1));
            await Store.Commit(sale);
            newestFirst.Insert(0, OrderOf(sale).Id);
            await Database.Run(
                $"UPDATE jiko.customer_order SET status = '{status}', ticket = {ticket} WHERE id = '{newestFirst[0]}'");
        }

        var first = await List(new PageRequest(3));
        var second = await List(new PageRequest(3, After: Place(first)));
        var third = await List(new PageRequest(3, After: Place(second)));
        Assert.Equal(newestFirst, first.Items.Concat(second.Items).Concat(third.Items).Select(order => order.Id));
        Assert.Equal((true, true, false), (first.HasMore, second.HasMore, third.HasMore));
        var back = await List(new PageRequest(3, Before: new Cursor(third.Items[0].PlacedAt, third.Items[0].Id)));
        Assert.Equal(second.Items.Select(order => order.Id), back.Items.Select(order => order.Id));
        Assert.True(back.HasMore);

        Assert.Equal(6, await Count(status: OrderStatus.Placed));
        Assert.Equal(1, await Count(status: OrderStatus.NeedsApproval));
        Assert.Equal(1, await Count(status: OrderStatus.Rejected));
        Assert.Equal(1, await Count(ticket: TicketStatus.Ready));
        Assert.Equal(1, await Count(OrderStatus.Placed, TicketStatus.Ready));
        Assert.Equal(0, await Count(OrderStatus.Rejected, TicketStatus.Ready));
        Assert.Equal(stages.Length, await PlacedBefore(stages.Length));
        Assert.Equal(stages.Length - 1, await PlacedBefore(stages.Length - 1));

        // As their sessions say.
        await Database.Run(
            $"UPDATE jiko.customer_order SET status = 'PLACED', ticket = 'NEW' WHERE kitchen_id = '{till.KitchenId}'");

        Task<Page<Order>> List(PageRequest page, OrderStatus? status = null, TicketStatus? ticket = null) =>
            Store.Orders.List(new OrderFilter(till.KitchenId, status, Ticket: ticket), page);

        async Task<int> Count(OrderStatus? status = null, TicketStatus? ticket = null) =>
            (await List(new PageRequest(10), status, ticket)).Items.Count;

        Task<long> PlacedBefore(int minute) => Database.Ask<long>($"""
            SELECT count(*) FROM jiko.orders_placed(
                '{till.KitchenId}', '{Till.Noon:O}', '{Till.Noon.AddMinutes(minute):O}')
            """);

        static Cursor Place(Page<Order> page) => new(page.Items[^1].PlacedAt, page.Items[^1].Id);
    }

    private static Order OrderOf(GrainCommit sale) => sale.Effects.OfType<Effect.PlaceOrder>().Single().Order with
    {
        Payments = ((Session.Opened)StateJson.Read<Session>(sale.State)).Payments,
    };
}
