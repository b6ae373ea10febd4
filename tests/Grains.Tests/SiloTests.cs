using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using static JikoXpress.Grains.Tests.Fixture;

namespace JikoXpress.Grains.Tests;

public sealed class SiloTests
{
    private readonly Fixture kitchen = new();

    [Fact]
    public async Task A_cash_sale_is_one_commit_and_one_order()
    {
        kitchen.Store.Receive(Pilau, 10);

        var sold = Accepted(await kitchen.Silo.Session(Named(50)).Open(CashSale(2)));

        var confirmed = Assert.IsType<Session.Confirmed>(sold.State);
        Assert.Equal(confirmed.OrderId, Assert.Single(kitchen.Store.Orders).Id);
        Assert.Equal(new StockLevel(Pilau, 8, 0, 2, 0, 10), kitchen.Store.Stock[Pilau]);
        Assert.Equal(1, kitchen.Store.Commits);
    }

    [Fact]
    public async Task An_account_at_an_aggregator_is_looked_for_only_where_a_phone_may_ring()
    {
        await kitchen.Silo.Session(Named(50)).Open(CashSale(1));
        Assert.Equal(0, kitchen.Aggregators.Lookups);

        await kitchen.Silo.Session(Named(51)).Open(CashSale(1) with
        {
            Payments = [new PaymentRequest(PaymentMethod.MobileMoney, new Money(5000), PhoneNumber: "+255754000111")],
        });
        Assert.NotEqual(0, kitchen.Aggregators.Lookups);
    }

    [Fact]
    public async Task A_new_session_is_not_looked_for_in_the_store()
    {
        await kitchen.Silo.Session(Named(50)).Open(CashSale(1));

        // The one load is that of the inventory's announcements.
        Assert.InRange(kitchen.Store.Loads, 0, 1);
    }

    [Fact]
    public async Task The_same_operation_fifty_times_at_once_sells_once_and_answers_the_same()
    {
        kitchen.Store.Receive(Pilau, 100);
        var operation = new Operation(Named(50), Named(51));

        var replies = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(_ => Task.Run(() => kitchen.Silo.Session(operation.Id).Open(CashSale(2, operation)))));

        Assert.Single(kitchen.Store.Orders);
        Assert.Single(replies.Select(reply => Accepted(reply).State).Distinct());
        Assert.Equal(49, replies.Count(reply => Accepted(reply).Replayed));
    }

    [Fact]
    public async Task The_same_operation_with_another_body_is_refused()
    {
        var operation = new Operation(Named(50), Named(51));
        await kitchen.Silo.Session(operation.Id).Open(CashSale(2, operation));

        var other = await kitchen.Silo.Session(operation.Id).Open(
            CashSale(1, operation with { Fingerprint = Named(52) }));

        Assert.Equal("idempotency-key-reused", Refused(other));
    }

    [Theory]
    [InlineData(Fault.LostBefore)]
    [InlineData(Fault.LostAfter)]
    [InlineData(Fault.Late)]
    internal async Task A_commit_whose_answer_is_lost_takes_effect_once(Fault fault)
    {
        kitchen.Store.Receive(Pilau, 10);
        kitchen.Store.Faults.Enqueue(fault);

        var sold = Accepted(await kitchen.Silo.Session(Named(50)).Open(CashSale(2)));

        Assert.IsType<Session.Confirmed>(sold.State);
        Assert.Single(kitchen.Store.Orders);
        Assert.Equal(2, kitchen.Store.Stock[Pilau].Sold);
    }

    [Fact]
    public async Task A_command_that_waits_too_long_for_its_turn_is_dropped_and_one_that_has_begun_is_finished()
    {
        var session = kitchen.Silo.Session(Named(50));
        Accepted(await session.Open(Slip(1)));
        kitchen.Store.Held = new TaskCompletionSource();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), kitchen.Clock);
        var first = session.Cancel(new CancelSession(Cashier), patience.Token);
        var second = session.ExpireEarly(new ExpireSession(Cashier), patience.Token);

        kitchen.Clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromMilliseconds(1));
        Assert.False(second.IsCompleted);
        kitchen.Clock.Advance(TimeSpan.FromMilliseconds(1));

        await Assert.ThrowsAsync<OperationCanceledException>(() => second);
        kitchen.Store.Held.SetResult();
        Assert.Equal(SessionStatus.Cancelled, Assert.IsType<Session.Ended>(Accepted(await first).State).Status);
    }

    [Fact]
    public async Task Commands_wait_for_each_other_and_reads_for_nobody()
    {
        var session = kitchen.Silo.Session(Named(50));
        Accepted(await session.Open(Slip(1)));
        kitchen.Store.Held = new TaskCompletionSource();

        var first = session.Cancel(new CancelSession(Cashier));
        var second = session.ExpireEarly(new ExpireSession(Cashier));
        var seen = await session.Read();

        Assert.IsType<Session.Pending>(seen.State);
        Assert.False(first.IsCompleted || second.IsCompleted);
        kitchen.Store.Held.SetResult();
        Assert.Equal(SessionStatus.Cancelled, Assert.IsType<Session.Ended>(Accepted(await first).State).Status);
        Assert.Equal("session-not-pending", Refused(await second));
    }

    [Fact]
    public async Task Two_activations_by_mistake_pay_a_slip_once()
    {
        kitchen.Store.Receive(Pilau, 10);
        var other = kitchen.NewStranger();
        Accepted(await kitchen.Silo.Session(Named(50)).Open(Slip(1)));
        await other.Session(Named(50)).Read();
        var payment = new ConfirmSlip(Cashier, [new PaymentRequest(PaymentMethod.Cash, new Money(5000))]);

        var replies = await Task.WhenAll(
            kitchen.Silo.Session(Named(50)).ConfirmSlip(payment), other.Session(Named(50)).ConfirmSlip(payment));

        Assert.Single(kitchen.Store.Orders);
        Assert.Equal(["already-confirmed"], replies.OfType<Reply<Session>.Refused>()
            .Select(reply => reply.Refusals[0].Code));
    }

    [Fact]
    public async Task Idle_grains_are_let_go_and_found_again()
    {
        Accepted(await kitchen.Silo.Session(Named(50)).Open(Slip(1)));
        Assert.Equal(2, kitchen.Cluster.Count);

        kitchen.Clock.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, kitchen.Cluster.Count);
        kitchen.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, kitchen.Cluster.Count);
        Assert.IsType<Session.Pending>((await kitchen.Silo.Session(Named(50)).Read()).State);
    }

    [Fact]
    public async Task A_session_that_was_never_opened_leaves_nothing_in_memory()
    {
        kitchen.Store.Receive(Pilau, 1);

        Assert.Equal("insufficient-stock", Refused(await kitchen.Silo.Session(Named(50)).Open(CashSale(2))));
        Assert.IsType<Session.NotOpened>((await kitchen.Silo.Session(Named(51)).Read()).State);

        Assert.Equal(1, kitchen.Cluster.Count);
    }

    [Fact]
    public async Task What_is_over_leaves_the_memory_when_nobody_waits_for_it_any_more()
    {
        const int Slips = 500;
        kitchen.Store.Receive(Pilau, Slips);
        var kept = kitchen.Silo.Session(Named(10_000));
        var opened = Accepted(await kept.Open(Slip(1)));
        for (var slip = 0; slip < Slips - 1; slip++)
        {
            var session = kitchen.Silo.Session(Named(20_000 + slip));
            var waiting = Accepted(await session.Open(Slip(1)));
            var watch = session.Watch(SessionMark.Of(new(waiting.State, waiting.Version)), TimeSpan.FromSeconds(30));
            Accepted(await session.Cancel(new CancelSession(Cashier)));
            await watch;
        }

        Assert.InRange(kitchen.Cluster.Count, 2, Slips * 2 / 3);
        var loads = kitchen.Store.Loads;
        Assert.Equal(opened.State, (await kept.Read()).State);
        Assert.Equal(loads, kitchen.Store.Loads);
    }
}
