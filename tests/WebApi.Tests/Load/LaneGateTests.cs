using JikoXpress.Testing;
using JikoXpress.WebApi.Load;

namespace JikoXpress.WebApi.Tests.Load;

/// <summary>Who gets a place, and how many there are.</summary>
public sealed class LaneGateTests
{
    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(5), TooSlow = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Who_finds_no_place_and_no_room_to_wait_is_refused()
    {
        var lane = new LaneGate(new LaneSize(AtOnce: 1, Waiting: 0), mayNarrow: true);

        Assert.True(await lane.Enter(default));
        Assert.False(await lane.Enter(default));
        lane.Leave(Fast);
        Assert.True(await lane.Enter(default));
    }

    [Fact]
    public async Task In_a_burst_the_first_to_come_is_the_first_to_be_served()
    {
        var (lane, first, second) = await Full();

        lane.Leave(Fast);

        Assert.True(await first);
        Assert.False(second.IsCompleted);
    }

    [Fact]
    public async Task Under_overload_the_newest_is_served_and_the_oldest_hears_in_time_that_it_is_not()
    {
        var (lane, first, second) = await Full();
        await Task.Delay(200);

        lane.Leave(Fast);
        Assert.True(await second);
        Assert.False(first.IsCompleted);

        await Wait.Until(
            () =>
            {
                lane.Look();
                return first.IsCompleted;
            },
            "the oldest is refused");
        Assert.False(await first);
    }

    [Fact]
    public async Task A_full_queue_lets_go_of_its_oldest()
    {
        var (lane, first, second) = await Full();

        var third = lane.Enter(default).AsTask();

        Assert.False(await first);
        lane.Leave(Fast);
        Assert.True(await second);
        Assert.False(third.IsCompleted);
    }

    [Fact]
    public async Task Who_has_gone_takes_no_place()
    {
        var (lane, _, second) = await Full(Left());

        lane.Leave(Fast);

        Assert.True(await second);

        static CancellationToken Left() => new(canceled: true);
    }

    [Fact]
    public async Task A_lane_narrows_while_its_work_is_slow_and_widens_when_it_is_not()
    {
        var lane = new LaneGate(new LaneSize(AtOnce: 64, Waiting: 0), mayNarrow: true);

        for (var window = 0; window < 100; window++) await Work(lane, TooSlow);
        Assert.Equal(8, lane.Limit);

        for (var window = 0; window < 100; window++) await Work(lane, Fast);
        Assert.Equal(64, lane.Limit);
    }

    [Fact]
    public async Task A_lane_that_goes_before_others_does_not_narrow_because_of_them()
    {
        var lane = new LaneGate(new LaneSize(AtOnce: 64, Waiting: 0), mayNarrow: false);

        for (var window = 0; window < 100; window++) await Work(lane, TooSlow);

        Assert.Equal(64, lane.Limit);
    }

    /// <summary>Fills the lane until it refuses, and empties it, some times over.</summary>
    private static async Task Work(LaneGate lane, TimeSpan took)
    {
        for (var done = 0; done < 40;)
        {
            var entered = 0;
            while (await lane.Enter(default)) entered++;
            for (; entered > 0; entered--, done++) lane.Leave(took);
        }

        lane.Look();
    }

    /// <summary>A lane with one place, which is taken, and two that wait.</summary>
    private static async Task<(LaneGate Lane, Task<bool> First, Task<bool> Second)> Full(
        CancellationToken firstLeft = default)
    {
        var lane = new LaneGate(new LaneSize(AtOnce: 1, Waiting: 2), mayNarrow: false);
        Assert.True(await lane.Enter(default));
        return (lane, lane.Enter(firstLeft).AsTask(), lane.Enter(default).AsTask());
    }
}
