using JikoXpress.Simulation.Schedule;

namespace JikoXpress.Simulation.Tests;

public sealed class ScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly Timeline timeline = new(new Dice(1), new Trace(Start, print: null), Start);
    private readonly List<string> happened = [];

    [Fact]
    public void Time_jumps_to_the_next_moment_at_which_something_happens()
    {
        var place = new Place("here", timeline);
        place.Do(async () =>
        {
            await place.Delay(TimeSpan.FromHours(2));
            happened.Add($"{timeline.Now - Start}");
        });

        RunUntil(Start + TimeSpan.FromDays(1));

        Assert.Equal(["02:00:00"], happened);
        Assert.Equal(Start + TimeSpan.FromDays(1), timeline.Now);
    }

    [Fact]
    public void What_is_under_way_at_a_place_that_dies_never_comes_back()
    {
        var place = new Place("here", timeline);
        place.Do(async () =>
        {
            happened.Add("before");
            await place.Delay(TimeSpan.FromSeconds(1));
            happened.Add("after");
        });
        timeline.Step(Start);

        place.Die();
        RunUntil(Start + TimeSpan.FromDays(1));

        Assert.Equal(["before"], happened);
    }

    [Fact]
    public void Code_that_leaves_the_schedule_is_found()
    {
        var place = new Place("here", timeline);
        var elsewhere = new Thread(() => place.Post(_ => happened.Add("elsewhere"), state: null));
        elsewhere.Start();
        elsewhere.Join();

        Assert.Throws<InvalidOperationException>(() => timeline.Step(Start));
        Assert.Empty(happened);
    }

    private void RunUntil(DateTimeOffset moment)
    {
        while (timeline.Step(moment))
        {
            // The next one.
        }
    }
}
