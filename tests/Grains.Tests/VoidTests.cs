using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Abstractions;
using static JikoXpress.Grains.Tests.Fixture;

namespace JikoXpress.Grains.Tests;

/// <summary>A line that is voided, of a round that the kitchen may be at, by another activation as well.</summary>
public sealed class VoidTests
{
    private static readonly Guid Round = Named(50);

    private readonly Fixture kitchen = new();
    private readonly IGrainFactory other;

    public VoidTests()
    {
        other = kitchen.NewStranger();
        kitchen.Store.Receive(Pilau, 2);
    }

    [Fact]
    public async Task Its_items_can_be_sold_again_and_its_round_knows_at_once()
    {
        var bill = await Order();
        Assert.Equal("insufficient-stock", Refused(await kitchen.Silo.Session(Named(51)).Open(CashSale(1))));
        var known = SessionMark.Of(await kitchen.Silo.Session(Round).Read());
        var watch = kitchen.Silo.Session(Round).Watch(known, TimeSpan.FromSeconds(30));
        Assert.False(watch.IsCompleted);

        Assert.True(Restocked(await Void(kitchen.Silo, bill)));

        Assert.Equal(2, After(await watch).Voided(0));
        Assert.Equal(2, After(await kitchen.Silo.Session(Round).Read()).Voided(0));
        Accepted(await kitchen.Silo.Session(Named(51)).Open(CashSale(2)));
    }

    [Fact]
    public async Task Who_cooks_elsewhere_hears_of_it_in_five_seconds()
    {
        var bill = await Order();
        Assert.Equal(OrderState.AtBirth, After(await other.Session(Round).Read()));

        await Void(kitchen.Silo, bill);
        Assert.Equal(0, After(await other.Session(Round).Read()).Voided(0));
        kitchen.Clock.Advance(TimeSpan.FromSeconds(5) + TimeSpan.FromMilliseconds(1));

        Assert.Equal(2, After(await other.Session(Round).Read()).Voided(0));
    }

    [Fact]
    public async Task Who_begins_with_an_old_memory_takes_nothing_back()
    {
        var bill = await Order();
        Assert.Equal(OrderState.AtBirth, After(await other.Session(Round).Read()));
        await Void(kitchen.Silo, bill);

        await Begin(other);

        var after = After(await other.Session(Round).Read());
        Assert.Equal((2, TicketStatus.Preparing), (after.Voided(0), after.Ticket));
    }

    [Fact]
    public async Task A_kitchen_that_begins_meanwhile_keeps_its_items_sold()
    {
        var bill = await Order();
        var slow = kitchen.Store.Held = new TaskCompletionSource();
        var voiding = Void(kitchen.Silo, bill);
        kitchen.Store.Held = null;
        await Begin(other);
        slow.SetResult();

        Assert.False(Restocked(await voiding));

        Assert.Equal((0, 2), (kitchen.Store.Stock[Pilau].OnHand, kitchen.Store.Stock[Pilau].Sold));
        var after = After(await kitchen.Silo.Session(Round).Read());
        Assert.Equal((2, TicketStatus.Preparing), (after.Voided(0), after.Ticket));
    }

    [Fact]
    public async Task A_round_that_never_stands_still_is_given_up()
    {
        var bill = await Order();
        kitchen.Store.Overtakes = true;

        var refused = Assert.IsType<Reply<Bill>.Refused>(await kitchen.Silo.Bill(bill.Id).VoidLine(Command(bill)));

        Assert.Equal("overloaded", refused.Refusals[0].Code);
        Assert.Equal(0, kitchen.Store.Stock[Pilau].OnHand);
    }

    [Theory]
    [InlineData(Fault.LostBefore)]
    [InlineData(Fault.LostAfter)]
    [InlineData(Fault.Late)]
    internal async Task A_void_whose_answer_is_lost_is_done_once(Fault fault)
    {
        var bill = await Order();
        kitchen.Store.Faults.Enqueue(fault);

        var voided = await Void(kitchen.Silo, bill);
        var again = await Void(other, bill);

        Assert.Equal(voided with { Replayed = true }, again with { Replayed = true });
        Assert.Equal((2, 0), (kitchen.Store.Stock[Pilau].OnHand, kitchen.Store.Stock[Pilau].Sold));
        Assert.Single(kitchen.Store.Rows.Events, row => row.Event is KitchenEvent.TicketLineVoided);
    }

    [Fact]
    public async Task A_waiter_hears_that_a_round_was_served_though_its_bill_is_closed_since()
    {
        var bill = await Order();
        kitchen.Store.Faults.Enqueue(Fault.LostAfter);
        kitchen.Store.Meanwhile = async () =>
        {
            var served = Assert.Single(kitchen.Store.Rows.Bills).Bill;
            for (var place = 0; place < served.Lines.Count; place++) await Void(other, served, place);
        };

        var reply = Accepted(await kitchen.Silo.Session(Named(51)).Open(new OpenSession(
            Cashier, SessionType.Tab, Channel.Pos, FulfillmentType.DineIn, [new LineRequest(Soda, 1)], Payments: null,
            TableNumber: "05", BillId: bill.Id, Operation: new Operation(Named(51), Named(52)))));

        Assert.True(reply.Replayed);
        Assert.Equal(BillStatus.Void, Assert.Single(kitchen.Store.Rows.Bills).Bill.Status);
    }

    [Fact]
    public async Task With_its_last_line_the_ticket_is_cancelled()
    {
        var bill = await Order();
        await Void(kitchen.Silo, bill);
        await Void(other, bill, place: 1);

        Assert.Equal(TicketStatus.Cancelled, Assert.Single(kitchen.Store.Rows.Orders).Ticket);
        var bills = Assert.Single(kitchen.Store.Rows.Bills);
        Assert.Equal(BillStatus.Void, bills.Bill.Status);
    }

    /// <summary>Two pilau, all there are, and a soda.</summary>
    private async Task<Bill.Opened> Order()
    {
        Accepted(await kitchen.Silo.Session(Round).Open(new OpenSession(
            Cashier, SessionType.Tab, Channel.Pos, FulfillmentType.DineIn,
            [new LineRequest(Pilau, 2), new LineRequest(Soda, 1)], Payments: null, TableNumber: "05")));
        return Assert.Single(kitchen.Store.Rows.Bills).Bill;
    }

    private static VoidBillLine Command(Bill.Opened bill, int place = 0) => new(
        Cashier, bill.Lines[place].Id, "Cold", Operation: new Operation(Named(60 + place), Named(70 + place)));

    private static async Task<Reply<Bill>.Accepted> Void(IGrainFactory silo, Bill.Opened bill, int place = 0) =>
        Assert.IsType<Reply<Bill>.Accepted>(await silo.Bill(bill.Id).VoidLine(Command(bill, place)));

    private static bool Restocked(Reply<Bill>.Accepted reply) =>
        ((Bill.Opened)reply.State).Lines[0].Voided?.Restocked ?? throw new InvalidOperationException("It is voided.");

    private static async Task Begin(IGrainFactory silo) =>
        Accepted(await silo.Session(Round).MoveTicket(new MoveTicket(Cashier, TicketStatus.Preparing)));

    private static OrderState After(Snapshot<Session> read) => ((Session.Confirmed)read.State).After;
}
