using JikoXpress.Domain;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using static JikoXpress.Grains.Tests.Fixture;

namespace JikoXpress.Grains.Tests;

/// <summary>A cart that two kitchens cook for, whatever becomes of the answers of its commits.</summary>
public sealed class GroupTests
{
    private static readonly Caller Shopper = new(CallerKind.AppUser, Named(35));

    private readonly Fixture kitchen = new();

    [Fact]
    public async Task A_group_that_ends_while_a_session_of_it_is_read_is_not_remembered_as_it_was()
    {
        var group = await CheckedOut(kitchen.Silo);
        var follower = kitchen.Silo.Session(group.Members[1].Opened.Id);
        var slow = kitchen.Store.SlowLoads = new TaskCompletionSource();
        var reading = follower.Read();
        kitchen.Store.SlowLoads = null;

        await GiveUp(kitchen.Silo, group);
        slow.SetResult();

        Assert.IsType<Session.Ended>((await reading).State);
        Assert.IsType<Session.Ended>((await follower.Read()).State);
        Assert.Equal("session-not-pending", Refused(await follower.Cancel(new CancelSession(Shopper))));
    }

    [Theory]
    [InlineData(Fault.LostBefore)]
    [InlineData(Fault.LostAfter)]
    [InlineData(Fault.Late)]
    internal async Task A_checkout_whose_answer_is_lost_is_done_once(Fault fault)
    {
        kitchen.Store.Receive(Pilau, 5);
        kitchen.Store.Faults.Enqueue(fault);

        var group = await CheckedOut(kitchen.Silo);

        Assert.Equal(group.Sessions.Select(one => one.Id), kitchen.Store.Rows.Sessions.Select(row => row.Id));
        Assert.Equal(group.Leading.Id, (await kitchen.Silo.Cart(Shopper.Id).Read()).State.Pending?.GroupId);
        Assert.Equal(2, kitchen.Store.Stock[Pilau].Reserved);
    }

    [Theory]
    [InlineData(Fault.LostBefore)]
    [InlineData(Fault.LostAfter)]
    [InlineData(Fault.Late)]
    internal async Task A_group_ends_as_one_though_the_answer_is_lost(Fault fault)
    {
        kitchen.Store.Receive(Pilau, 5);
        var group = await CheckedOut(kitchen.Silo);
        kitchen.Store.Faults.Enqueue(fault);

        await GiveUp(kitchen.Silo, group);

        Assert.All(kitchen.Store.Rows.Sessions, row => Assert.IsType<Session.Ended>(row.Session));
        Assert.Null((await kitchen.Silo.Cart(Shopper.Id).Read()).State.Pending);
        Assert.Equal((5, 0), (kitchen.Store.Stock[Pilau].OnHand, kitchen.Store.Stock[Pilau].Reserved));
    }

    [Fact]
    public async Task A_cart_that_is_changed_while_its_group_ends_loses_neither()
    {
        var group = await CheckedOut(kitchen.Silo);

        await Task.WhenAll(
            GiveUp(kitchen.Silo, group),
            Put(kitchen.NewStranger(), Soda, 3));

        var (cart, _) = await kitchen.Silo.Cart(Shopper.Id).Read();
        Assert.Equal((3, null), (cart.Lines.Count, cart.Pending));
    }

    [Fact]
    public async Task What_was_read_later_is_not_forgotten_for_what_was_read_before()
    {
        var group = await CheckedOut(kitchen.Silo);
        var other = kitchen.NewStranger().Session(group.Leading.Id);
        var early = kitchen.Store.SlowLoads = new TaskCompletionSource();
        var before = other.Read();
        kitchen.Store.SlowLoads = null;
        await GiveUp(kitchen.Silo, group);
        var late = kitchen.Store.SlowLoads = new TaskCompletionSource();
        var after = other.Read();
        kitchen.Store.SlowLoads = null;

        early.SetResult();
        await before;
        late.SetResult();

        Assert.IsType<Session.Ended>((await after).State);
        Assert.IsType<Session.Ended>((await other.Read()).State);
    }

    /// <summary>Two pilau here and a samaki next door, to be paid by phone.</summary>
    internal static async Task<CheckoutGroup> CheckedOut(IGrainFactory silo)
    {
        await Put(silo, Pilau, 2);
        await Put(silo, Samaki, 1);
        var group = Assert.IsType<Reply<CheckoutGroup>.Accepted>(await silo.Cart(Shopper.Id).CheckOut(new OpenSession(
            Shopper, SessionType.Immediate, Channel.App, FulfillmentType.Pickup, Items: null,
            [new PaymentRequest(PaymentMethod.MobileMoney, new Money(18_000), PhoneNumber: "+255754000111")],
            FromCart: true, Operation: new Operation(Named(51), Named(52))))).State;
        Assert.Equal(2, group?.Members.Count);
        return group!;
    }

    private static async Task Put(IGrainFactory silo, Guid dish, int quantity) =>
        Assert.IsType<Reply<Cart>.Accepted>(
            await silo.Cart(Shopper.Id).Put(new PutCartItem(dish, quantity), liveMode: false));

    private static async Task GiveUp(IGrainFactory silo, CheckoutGroup group) => Accepted(
        await silo.Session(group.Leading.Id).Cancel(new CancelSession(
            Shopper, new Operation(Named(53), Named(54)), WholeGroup: true)));
}
