using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Payments;
using JikoXpress.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using static JikoXpress.Grains.Tests.Fixture;

namespace JikoXpress.Grains.Tests;

/// <summary>What an activation knows of a session that another one has changed.</summary>
public sealed class TwoActivationTests
{
    private static readonly Guid Slip = Named(50);
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(5);
    private static readonly ConfirmSlip InCash =
        new(Cashier, [new PaymentRequest(PaymentMethod.Cash, new Money(5000))]);

    private readonly Fixture kitchen = new();
    private readonly IGrainFactory other;

    public TwoActivationTests() => other = kitchen.NewStranger();

    [Fact]
    public async Task What_another_changed_is_read_anew_after_five_seconds()
    {
        Accepted(await kitchen.Silo.Session(Slip).Open(Fixture.Slip(1)));
        Accepted(await other.Session(Slip).ConfirmSlip(InCash));

        kitchen.Clock.Advance(Trusted);
        Assert.IsType<Session.Pending>((await kitchen.Silo.Session(Slip).Read()).State);
        kitchen.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.IsType<Session.Confirmed>((await kitchen.Silo.Session(Slip).Read()).State);
    }

    [Fact]
    public async Task A_slip_is_issued_anew_by_what_the_rows_say_of_it()
    {
        var reissue = new ReissueSlip(Cashier, Named(60));
        Accepted(await kitchen.Silo.Session(Slip).Open(Fixture.Slip(1)));
        Assert.Equal("slip-still-valid", Refused(await kitchen.Silo.Session(Slip).Reissue(reissue)));

        Accepted(await other.Session(Slip).ConfirmSlip(InCash));
        kitchen.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("already-confirmed", Refused(await kitchen.Silo.Session(Slip).Reissue(reissue)));
        Assert.Equal(0, (await kitchen.Silo.Session(Named(60)).Read()).Version);
    }

    [Fact]
    public async Task An_expired_slip_is_opened_anew_under_its_new_id_and_once()
    {
        var reissue = new ReissueSlip(Cashier, Named(60), new Operation(Named(61), Named(62)));
        Accepted(await kitchen.Silo.Session(Slip).Open(Fixture.Slip(1)));
        kitchen.Clock.Advance(TimeSpan.FromMinutes(15));

        var anew = Accepted(await kitchen.Silo.Session(Slip).Reissue(reissue));
        var again = Accepted(await kitchen.Silo.Session(Slip).Reissue(reissue));

        var opened = Assert.IsType<Session.Pending>(anew.State);
        Assert.Equal((Named(60), Slip), (opened.Id, opened.Opening.ReissueOf));
        Assert.IsType<Session.Ended>((await kitchen.Silo.Session(Slip).Read()).State);
        Assert.True(again.Replayed);
        Assert.Equal(opened.Id, ((Session.Opened)again.State).Id);
    }

    [Fact]
    public async Task A_command_whose_caller_has_given_it_up_is_not_carried_out()
    {
        var sale = Named(51);
        Accepted(await kitchen.Silo.Session(sale).Open(CashSale(1)));
        var slow = kitchen.Store.SlowLoads = new TaskCompletionSource();
        var moving = other.Session(sale).MoveTicket(new MoveTicket(Cashier, TicketStatus.Preparing));

        kitchen.Clock.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<TimeoutException>(() => moving);
        slow.SetResult();

        Assert.Equal(TicketStatus.New, Assert.Single(kitchen.Store.Rows.Orders).Ticket);
    }

    [Fact]
    public async Task Who_watches_is_told_with_the_next_read()
    {
        Accepted(await kitchen.Silo.Session(Slip).Open(Fixture.Slip(1)));
        var watch = kitchen.Silo.Session(Slip).Watch(new SessionMark(1, 1), TimeSpan.FromSeconds(30));
        Accepted(await other.Session(Slip).ConfirmSlip(InCash));
        Assert.False(watch.IsCompleted);

        kitchen.Clock.Advance(Trusted + TimeSpan.FromMilliseconds(1));
        await kitchen.Silo.Session(Slip).Read();

        Assert.IsType<Session.Confirmed>((await watch).State);
    }

    [Fact]
    public async Task A_subscription_goes_on_by_what_the_rows_say_of_its_session_and_not_by_memory()
    {
        var shop = new Caller(CallerKind.Merchant, Named(71));
        var first = Named(70);
        Accepted(await kitchen.Silo.Session(first).OpenHosted(new OpenHosted(
            shop, LiveMode: false, KitchenId, new Money(5_000), Mode: SubscriptionRules.Mode,
            Plan: new SubscriptionPlan(SubscriptionRules.Month))));
        await other.Session(first).Read();
        Accepted(await kitchen.Silo.Session(first).ExpireEarly(new ExpireSession(shop)));
        var rounds = new SubscriptionRounds(
            kitchen.Store, kitchen.Store, kitchen.Store, other, kitchen.Clock, NullLogger<SubscriptionRounds>.Instance);

        Assert.True(await rounds.Run());

        Assert.IsType<Session.Pending>((await other.Session(first).Read()).State);
        var row = Assert.Single(kitchen.Store.Rows.Subscriptions);
        Assert.Equal((SubscriptionStatus.Cancelled, (DateTimeOffset?)null), (row.Subscription.Status, row.DueAt));
    }

    [Fact]
    public async Task Polls_are_answered_from_memory_and_after_five_seconds_from_the_rows()
    {
        Accepted(await kitchen.Silo.Session(Slip).Open(Fixture.Slip(1)));
        var before = kitchen.Store.Loads;

        for (var poll = 0; poll < 30; poll++)
        {
            kitchen.Clock.Advance(TimeSpan.FromSeconds(1));
            await kitchen.Silo.Session(Slip).Read();
        }

        Assert.Equal(30 / 6, kitchen.Store.Loads - before);
    }

    [Fact]
    public async Task The_rows_are_asked_before_the_clock_ends_a_session_that_another_has_sold()
    {
        Accepted(await kitchen.Silo.Session(Slip).Open(Fixture.Slip(1)));
        Accepted(await other.Session(Slip).ConfirmSlip(InCash));

        kitchen.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.IsType<Session.Confirmed>((await kitchen.Silo.Session(Slip).Read()).State);
    }

    [Fact]
    public async Task What_one_has_refused_it_knows_when_another_has_done_it()
    {
        var operation = new Operation(Named(50), Named(51));
        kitchen.Store.Receive(Pilau, 1);
        Assert.Equal("insufficient-stock", Refused(await kitchen.Silo.Session(Slip).Open(CashSale(2, operation))));
        Assert.IsType<Session.NotOpened>((await kitchen.Silo.Session(Slip).Read()).State);
        kitchen.Store.Receive(Pilau, 1);
        kitchen.Clock.Advance(TimeSpan.FromSeconds(1));

        var done = Accepted(await other.Session(Slip).Open(CashSale(2, operation)));

        Assert.Equal(done.State, (await kitchen.Silo.Session(Slip).Read()).State);
        Assert.Equal(
            done with { Replayed = true }, Accepted(await kitchen.Silo.Session(Slip).Open(CashSale(2, operation))));
    }

    [Fact]
    public async Task Who_asks_again_hears_of_the_sale_and_not_that_its_own_items_are_gone()
    {
        kitchen.Store.Receive(Pilau, 1);
        var sale = CashSale(1, new Operation(Named(50), Named(51)));
        var slow = kitchen.Store.SlowLoads = new TaskCompletionSource();
        var again = other.Session(Slip).Open(sale);
        await Wait.Until(() => kitchen.Store.Loads > 0);
        kitchen.Store.SlowLoads = null;
        var first = Accepted(await kitchen.Silo.Session(Slip).Open(sale));

        slow.SetResult();

        Assert.Equal(first with { Replayed = true }, Accepted(await again));
    }

    [Fact]
    public async Task An_overdue_session_is_asked_for_once()
    {
        Accepted(await kitchen.Silo.Session(Slip).Open(Fixture.Slip(1)));
        kitchen.Store.Held = new TaskCompletionSource();
        kitchen.Clock.Advance(TimeSpan.FromMinutes(15));
        var before = kitchen.Store.Loads;

        for (var poll = 0; poll < 10; poll++)
            Assert.IsType<Session.Ended>((await kitchen.Silo.Session(Slip).Read()).State);

        Assert.Equal(1, kitchen.Store.Loads - before);
    }

    [Fact]
    public async Task A_read_that_was_slow_does_not_take_memory_back_to_before_a_commit()
    {
        Accepted(await other.Session(Slip).Open(Fixture.Slip(1)));
        kitchen.Store.SlowLoads = new TaskCompletionSource();
        var slow = kitchen.Silo.Session(Slip).Read();
        var release = kitchen.Store.SlowLoads;
        kitchen.Store.SlowLoads = null;
        Accepted(await kitchen.Silo.Session(Slip).ConfirmSlip(InCash));

        release.SetResult();

        Assert.IsType<Session.Confirmed>((await slow).State);
        Assert.IsType<Session.Confirmed>((await kitchen.Silo.Session(Slip).Read()).State);
    }
}
