using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Testing;
using JikoXpress.Testing.Silo;
using static JikoXpress.Grains.Tests.Fixture;

namespace JikoXpress.Grains.Tests;

/// <summary>Sessions end when their time is over, though nobody asks for them.</summary>
public sealed class DeadlineTests
{
    private static readonly TimeSpan SlipTime = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Fixture kitchen = new();

    [Fact]
    public async Task A_slip_ends_within_a_second_while_its_kitchen_is_in_memory()
    {
        Accepted(await kitchen.Silo.Session(Named(50)).Open(Slip(1)));
        kitchen.Clock.Advance(SlipTime - TimeSpan.FromMilliseconds(1));
        Assert.Equal(SessionStatus.PendingPayment, StatusOf(Named(50)));

        kitchen.Clock.Advance(TimeSpan.FromSeconds(1));

        await Wait.Until(() => StatusOf(Named(50)) == SessionStatus.Expired);
    }

    [Fact]
    public async Task A_slip_ends_within_a_minute_where_only_the_reminder_knows_of_its_kitchen()
    {
        Accepted(await kitchen.Silo.Session(Named(50)).Open(Slip(1)));
        kitchen.Clock.Advance(SlipTime - (Minute / 2));
        kitchen.Cluster.Deactivate<IKitchenInventoryGrain>(KitchenId);
        await Wait.Until(() => kitchen.Cluster.Count == 0);

        kitchen.Clock.Advance(Minute);

        await Wait.Until(() => StatusOf(Named(50)) == SessionStatus.Expired);
    }

    [Fact]
    public async Task What_a_cart_opens_ends_as_well()
    {
        var shopper = new Caller(CallerKind.AppUser, Named(35));
        var cart = kitchen.Silo.Cart(shopper.Id);
        foreach (var dish in new[] { Pilau, Samaki }) await cart.Put(new PutCartItem(dish, 1), liveMode: false);
        Assert.IsType<Reply<CheckoutGroup>.Accepted>(await cart.CheckOut(new OpenSession(
            shopper, SessionType.Immediate, Channel.App, FulfillmentType.Pickup, Items: null,
            [new PaymentRequest(PaymentMethod.MobileMoney, new Money(13_000), PhoneNumber: "+255754000111")],
            FromCart: true, Operation: new Operation(Named(51), Named(52)))));

        kitchen.Clock.Advance(TimeSpan.FromMinutes(30));

        await Wait.Until(() => kitchen.Store.Rows.Sessions.All(row => row.Status == SessionStatus.Expired));
        Assert.Equal(2, kitchen.Store.Rows.Sessions.Count);
    }

    [Fact]
    public async Task What_takes_money_for_a_bill_ends_as_well()
    {
        Accepted(await kitchen.Silo.Session(Named(50)).Open(new OpenSession(
            Cashier, SessionType.Tab, Channel.Pos, FulfillmentType.DineIn, [new LineRequest(Pilau, 1)], Payments: null,
            TableNumber: "05")));
        var bill = Assert.Single(kitchen.Store.Rows.Bills).Bill.Id;
        Assert.IsType<Reply<Bill>.Accepted>(await kitchen.Silo.Bill(bill).Pay(new PayBill(
            Cashier, [new PaymentRequest(PaymentMethod.MobileMoney, new Money(5000), PhoneNumber: "+255754000111")],
            new Operation(Named(51), Named(52)))));

        kitchen.Clock.Advance(TimeSpan.FromMinutes(30));

        await Wait.Until(() => kitchen.Store.Rows.Bill(bill)?.Bill.Status == BillStatus.Open);
    }

    [Fact]
    public async Task A_trial_that_is_longer_than_any_timer_runs_has_a_reminder_and_keeps_no_slip_waiting()
    {
        Accepted(await kitchen.Silo.Session(Named(50)).OpenHosted(new OpenHosted(
            new Caller(CallerKind.Merchant, Named(70)), LiveMode: false, KitchenId, new Money(5_000),
            Mode: SubscriptionRules.Mode, CustomerPhone: "+255754000111",
            Plan: new SubscriptionPlan(SubscriptionRules.Month, TrialDays: SubscriptionRules.LongestTrial))));
        await Wait.Until(() => kitchen.Cluster.RemindersSet == 1);
        kitchen.Clock.Advance(TimeSpan.FromDays(2));

        Accepted(await kitchen.Silo.Session(Named(51)).Open(Slip(1)));
        kitchen.Clock.Advance(SlipTime + TimeSpan.FromSeconds(1));

        await Wait.Until(() => StatusOf(Named(51)) == SessionStatus.Expired);
        Assert.Equal(SessionStatus.PendingPayment, StatusOf(Named(50)));
    }

    [Fact]
    public async Task A_hundred_slips_are_one_reminder()
    {
        for (var slip = 0; slip < 100; slip++) Accepted(await kitchen.Silo.Session(Named(1000 + slip)).Open(Slip(1)));

        Assert.Equal(1, kitchen.Cluster.RemindersSet);
        Assert.Equal([KitchenId], kitchen.Cluster.Reminded);
    }

    [Fact]
    public async Task After_a_quiet_hour_a_kitchen_has_no_reminder_and_the_next_slip_sets_one()
    {
        Accepted(await kitchen.Silo.Session(Named(50)).Open(Slip(1)));
        for (var minute = 0; minute < 59; minute++) kitchen.Clock.Advance(Minute);
        Assert.Equal([KitchenId], kitchen.Cluster.Reminded);
        Assert.Equal(SessionStatus.Expired, StatusOf(Named(50)));

        kitchen.Clock.Advance(2 * Minute);
        await Wait.Until(() => kitchen.Cluster.Reminded.Count == 0);

        Accepted(await kitchen.Silo.Session(Named(51)).Open(Slip(1)));
        Assert.Equal([KitchenId], kitchen.Cluster.Reminded);
    }

    [Fact]
    public async Task A_session_that_ended_long_before_its_deadline_keeps_no_reminder()
    {
        var shop = new Caller(CallerKind.Merchant, Named(70));
        Accepted(await kitchen.Silo.Session(Named(50)).OpenHosted(
            new OpenHosted(shop, LiveMode: false, KitchenId, new Money(5_000))));
        await Wait.Until(() => kitchen.Cluster.Reminded.Count == 1);
        for (var minute = 0; minute < 65; minute++) kitchen.Clock.Advance(Minute);
        Assert.Equal([KitchenId], kitchen.Cluster.Reminded);

        Accepted(await kitchen.Silo.Session(Named(50)).ExpireEarly(new ExpireSession(shop)));
        for (var minute = 0; minute < 65; minute++) kitchen.Clock.Advance(Minute);

        await Wait.Until(() => kitchen.Cluster.Reminded.Count == 0);
    }

    [Fact]
    public async Task A_slip_that_is_opened_while_the_reminder_is_ended_has_one()
    {
        var network = new SlowToFind();
        var kitchen = new Fixture(network);
        Accepted(await kitchen.Silo.Session(Named(50)).Open(Slip(1)));
        for (var minute = 0; minute < 59; minute++) kitchen.Clock.Advance(Minute);
        network.Held = new TaskCompletionSource();
        kitchen.Clock.Advance(Minute);
        await Wait.Until(() => network.Waits);

        Accepted(await kitchen.Silo.Session(Named(51)).Open(Slip(1)));
        network.Held.SetResult();

        await Wait.Until(() => kitchen.Cluster.RemindersSet == 3);
        Assert.Equal([KitchenId], kitchen.Cluster.Reminded);
    }

    private SessionStatus? StatusOf(Guid session) => kitchen.Store.Rows.Session(session)?.Status;

    /// <summary>Where it is held, who looks for a reminder waits.</summary>
    private sealed class SlowToFind : ClusterNetwork
    {
        public TaskCompletionSource? Held { get; set; }

        public bool Waits { get; private set; }

        public override Task ReachReminders(SimulatedSilo silo, GrainKey grain, string why)
        {
            if (why != "find" || Held is not { } held) return Task.CompletedTask;
            Waits = true;
            return held.Task;
        }
    }
}
