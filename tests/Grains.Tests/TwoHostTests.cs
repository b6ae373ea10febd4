using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.InProcess;
using Microsoft.Extensions.Logging.Abstractions;
using static JikoXpress.Grains.Tests.Fixture;

namespace JikoXpress.Grains.Tests;

/// <summary>What a host knows of the sessions that another host has changed.</summary>
public sealed class TwoHostTests
{
    private static readonly Guid Slip = Named(50);
    private static readonly ConfirmSlip InCash =
        new(Cashier, [new PaymentRequest(PaymentMethod.Cash, new Money(5000))]);

    private readonly Fixture kitchen = new();
    private readonly InProcessGrains other;
    private readonly MemoryCheck check;

    public TwoHostTests()
    {
        other = kitchen.NewHost();
        check = new MemoryCheck(kitchen.Host, kitchen.Store, kitchen.Clock, NullLogger<MemoryCheck>.Instance);
    }

    [Fact]
    public async Task What_another_host_changed_is_forgotten_and_read_anew()
    {
        Accepted(await kitchen.Host.Session(Slip).Open(Fixture.Slip(1)));
        Accepted(await other.Session(Slip).ConfirmSlip(InCash));

        Assert.Equal(1, await check.Check(CancellationToken.None));

        Assert.IsType<Session.Confirmed>((await kitchen.Host.Session(Slip).Read()).State);
        Assert.Equal(0, await check.Check(CancellationToken.None));
    }

    [Fact]
    public async Task Who_watches_is_told_what_another_host_changed()
    {
        Accepted(await kitchen.Host.Session(Slip).Open(Fixture.Slip(1)));
        var watch = kitchen.Host.Session(Slip).Watch(new SessionMark(1, 1), TimeSpan.FromSeconds(30));
        Accepted(await other.Session(Slip).ConfirmSlip(InCash));
        Assert.False(watch.IsCompleted);

        await check.Check(CancellationToken.None);

        Assert.IsType<Session.Confirmed>((await watch).State);
    }

    [Fact]
    public async Task What_nobody_can_change_any_more_is_not_asked_for()
    {
        Accepted(await kitchen.Host.Session(Named(51)).Open(CashSale(1)));
        Assert.Empty(kitchen.Host.SessionsThatMayAge());

        Accepted(await kitchen.Host.Session(Slip).Open(Fixture.Slip(1)));
        Assert.Equal(Slip, Assert.Single(kitchen.Host.SessionsThatMayAge()).SessionId);

        Accepted(await kitchen.Host.Session(Slip).Cancel(new CancelSession(Cashier)));
        Assert.Empty(kitchen.Host.SessionsThatMayAge());
    }

    [Fact]
    public async Task The_rows_are_asked_before_the_clock_ends_a_session_that_another_host_has_sold()
    {
        Accepted(await kitchen.Host.Session(Slip).Open(Fixture.Slip(1)));
        Accepted(await other.Session(Slip).ConfirmSlip(InCash));

        kitchen.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.IsType<Session.Confirmed>((await kitchen.Host.Session(Slip).Read()).State);
    }

    [Fact]
    public async Task A_host_that_refused_an_operation_knows_when_another_has_done_it()
    {
        var operation = new Operation(Named(50), Named(51));
        kitchen.Store.Receive(Pilau, 1);
        Assert.Equal("insufficient-stock", Refused(await kitchen.Host.Session(Slip).Open(CashSale(2, operation))));
        Assert.IsType<Session.NotOpened>((await kitchen.Host.Session(Slip).Read()).State);
        kitchen.Store.Receive(Pilau, 1);
        kitchen.Clock.Advance(TimeSpan.FromSeconds(1));

        var done = Accepted(await other.Session(Slip).Open(CashSale(2, operation)));

        Assert.Equal(done.State, (await kitchen.Host.Session(Slip).Read()).State);
        Assert.Equal(
            done with { Replayed = true }, Accepted(await kitchen.Host.Session(Slip).Open(CashSale(2, operation))));
    }

    [Fact]
    public async Task An_overdue_session_is_asked_for_once()
    {
        Accepted(await kitchen.Host.Session(Slip).Open(Fixture.Slip(1)));
        kitchen.Clock.Advance(TimeSpan.FromMinutes(15));
        var before = kitchen.Store.Loads;

        for (var poll = 0; poll < 10; poll++)
            Assert.IsType<Session.Ended>((await kitchen.Host.Session(Slip).Read()).State);

        Assert.Equal(1, kitchen.Store.Loads - before);
    }

    [Fact]
    public async Task A_read_that_was_slow_does_not_take_memory_back_to_before_a_commit()
    {
        Accepted(await other.Session(Slip).Open(Fixture.Slip(1)));
        kitchen.Store.SlowLoads = new TaskCompletionSource();
        var slow = kitchen.Host.Session(Slip).Read();
        var release = kitchen.Store.SlowLoads;
        kitchen.Store.SlowLoads = null;
        Accepted(await kitchen.Host.Session(Slip).ConfirmSlip(InCash));

        release.SetResult();

        Assert.IsType<Session.Confirmed>((await slow).State);
        Assert.IsType<Session.Confirmed>((await kitchen.Host.Session(Slip).Read()).State);
    }
}
