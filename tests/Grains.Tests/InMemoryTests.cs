using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
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
}
