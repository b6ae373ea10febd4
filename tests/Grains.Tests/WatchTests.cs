using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using static JikoXpress.Grains.Tests.Fixture;

namespace JikoXpress.Grains.Tests;

public sealed class WatchTests
{
    private static readonly TimeSpan HalfAMinute = TimeSpan.FromSeconds(30);

    private readonly Fixture kitchen = new();

    private ICheckoutSessionGrain Session => kitchen.Silo.Session(Named(50));

    [Fact]
    public async Task A_watch_answers_at_once_where_something_is_new()
    {
        Accepted(await Session.Open(Slip(1)));

        var seen = await Session.Watch(new SessionMark(0, 0), HalfAMinute);

        Assert.Equal(1, seen.Version);
    }

    [Fact]
    public async Task A_watch_is_parked_until_the_session_changes()
    {
        Accepted(await Session.Open(Slip(1)));
        var watches = Enumerable.Range(0, 100)
            .Select(_ => Session.Watch(new SessionMark(1, 1), HalfAMinute)).ToList();
        Assert.DoesNotContain(watches, watch => watch.IsCompleted);

        Accepted(await Session.Cancel(new CancelSession(Cashier)));

        Assert.All(await Task.WhenAll(watches), seen => Assert.IsType<Session.Ended>(seen.State));
    }

    [Fact]
    public async Task A_watch_ends_with_patience_and_tells_what_is_known_already()
    {
        Accepted(await Session.Open(Slip(1)));
        var watch = Session.Watch(new SessionMark(1, 1), HalfAMinute);

        kitchen.Clock.Advance(HalfAMinute - TimeSpan.FromMilliseconds(1));
        Assert.False(watch.IsCompleted);
        kitchen.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(new SessionMark(1, 1), SessionMark.Of(await watch));
    }

    [Fact]
    public async Task A_watch_sees_the_deadline_though_nobody_commits_it()
    {
        Accepted(await Session.Open(Slip(1)));
        kitchen.Store.Held = new TaskCompletionSource();
        kitchen.Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(10));
        var watch = Session.Watch(new SessionMark(1, 1), HalfAMinute);

        kitchen.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.IsType<Session.Ended>((await watch).State);
        Assert.Equal(1, (await watch).Version);
    }
}
