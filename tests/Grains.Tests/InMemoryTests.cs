using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using static JikoXpress.Grains.Tests.Fixture;

namespace JikoXpress.Grains.Tests;

/// <summary>Reads that need no turn of the grain say what the grain would say, or leave it to the grain.</summary>
public sealed class InMemoryTests
{
    private readonly Fixture kitchen = new();

    private ICheckoutSessionGrain Session => kitchen.Silo.Session(Named(50));

    private Snapshot<Session>? Seen => kitchen.InMemory.Find(Named(50));

    [Fact]
    public async Task What_was_committed_is_seen_without_a_call()
    {
        Assert.Null(Seen);
        Accepted(await Session.Open(Slip(1)));
        Assert.Equal(await Session.Read(), Seen);

        Accepted(await Session.Cancel(new CancelSession(Cashier)));

        Assert.IsType<Session.Ended>(Seen?.State);
    }

    [Fact]
    public async Task Memory_is_trusted_for_five_seconds_and_then_the_rows_are_asked()
    {
        Accepted(await Session.Open(Slip(1)));

        kitchen.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.NotNull(Seen);
        kitchen.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(Seen);

        await Session.Read();
        Assert.NotNull(Seen);
    }

    [Fact]
    public async Task What_another_grain_has_changed_is_left_to_the_grain()
    {
        Accepted(await Session.Open(Slip(1)));

        await Session.LookAgain();

        Assert.Null(Seen);
    }

    [Fact]
    public async Task Whether_it_has_expired_only_the_grain_says()
    {
        Accepted(await Session.Open(Slip(1)));
        kitchen.Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        await Session.Read();
        Assert.NotNull(Seen);

        kitchen.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.IsNotType<Session.Pending>(Seen?.State);
        Assert.IsType<Session.Ended>((await Session.Read()).State);
    }

    [Fact]
    public async Task A_session_that_follows_a_group_is_left_to_the_grain()
    {
        var group = await GroupTests.CheckedOut(kitchen.Silo);

        var follower = group.Members[1].Opened.Id;
        foreach (var id in new[] { group.Leading.Id, follower }) await kitchen.Silo.Session(id).Read();

        Assert.NotNull(kitchen.InMemory.Find(group.Leading.Id));
        Assert.Null(kitchen.InMemory.Find(follower));
    }

    [Fact]
    public async Task What_has_left_memory_is_not_seen()
    {
        kitchen.Store.Receive(Pilau, 1_000);
        Accepted(await Session.Open(CashSale(1)));
        Assert.NotNull(Seen);

        for (var sale = 0; sale < 300; sale++) Accepted(await kitchen.Silo.Session(kitchen.Next()).Open(CashSale(1)));

        Assert.Null(Seen);
        Assert.IsType<Session.Confirmed>((await Session.Read()).State);
    }

    [Fact]
    public async Task A_wait_ends_with_the_next_change()
    {
        Accepted(await Session.Open(Slip(1)));
        var wait = Wait(TimeSpan.FromSeconds(25));
        Assert.False(wait!.IsCompleted);

        Accepted(await Session.Cancel(new CancelSession(Cashier)));

        await wait.WaitAsync(TestContext.Current.CancellationToken);
        Assert.IsType<Session.Ended>(Seen?.State);
        Assert.Null(Wait(TimeSpan.FromSeconds(25)));
    }

    [Fact]
    public async Task A_wait_ends_when_it_is_over_and_at_the_deadline_of_the_session()
    {
        Accepted(await Session.Open(Slip(1)));
        var brief = Wait(TimeSpan.FromSeconds(25));
        var longer = Wait(TimeSpan.FromHours(1));

        kitchen.Clock.Advance(TimeSpan.FromSeconds(26));
        await brief!.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(longer!.IsCompleted);

        kitchen.Clock.Advance(TimeSpan.FromMinutes(15));
        await longer.WaitAsync(TestContext.Current.CancellationToken);
        Assert.IsType<Session.Ended>((await Session.Read()).State);
    }

    [Fact]
    public async Task What_waits_for_nothing_or_is_not_here_is_waited_for_at_the_grain()
    {
        Assert.Null(Wait(TimeSpan.FromSeconds(25)));
        Accepted(await Session.Open(CashSale(1)));
        Assert.Null(Wait(TimeSpan.FromSeconds(25)));
    }

    [Fact]
    public async Task Who_knows_an_older_state_does_not_wait()
    {
        Accepted(await Session.Open(Slip(1)));

        Assert.Null(kitchen.InMemory.Change(Named(50), new SessionMark(0, 0), Noon.AddSeconds(25)));
    }

    [Fact]
    public async Task A_session_that_is_read_again_and_has_not_changed_is_the_same_one()
    {
        var actor = new Actor<Session>(
            GrainKind.Session, Named(50), Domain.Sessions.Session.Initial, kitchen.Store, kitchen.Store, kitchen.Clock);
        Accepted(await Session.Open(Slip(1)));
        var first = await actor.Current();
        var change = actor.NextChange;
        kitchen.Clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Same(first, await actor.Current(kitchen.Clock.GetUtcNow()));
        Assert.False(change.IsCompleted);
        Assert.NotNull(actor.KnownSince(kitchen.Clock.GetUtcNow()));

        Accepted(await Session.Cancel(new CancelSession(Cashier)));
        Assert.Equal(first.Version + 1, (await actor.Current(kitchen.Clock.GetUtcNow().AddTicks(1))).Version);
        Assert.True(change.IsCompleted);
    }

    [Fact]
    public async Task A_session_that_leaves_memory_ends_the_waits_for_it()
    {
        var actor = new Actor<Session>(
            GrainKind.Session, Named(50), Domain.Sessions.Session.Initial, kitchen.Store, kitchen.Store, kitchen.Clock);
        Accepted(await Session.Open(Slip(1)));
        await actor.Current();
        kitchen.InMemory.Add(Named(50), actor);
        var wait = Wait(TimeSpan.FromSeconds(25));
        Assert.False(wait!.IsCompleted);

        kitchen.InMemory.Remove(Named(50), actor);

        await wait.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Null(Wait(TimeSpan.FromSeconds(25)));
    }

    private Task? Wait(TimeSpan patience) => kitchen.InMemory.Change(
        Named(50), Seen is { } seen ? SessionMark.Of(seen) : default, kitchen.Clock.GetUtcNow() + patience);
}
