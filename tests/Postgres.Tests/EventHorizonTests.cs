using JikoXpress.Postgres.Events;

namespace JikoXpress.Postgres.Tests;

public sealed class EventHorizonTests
{
    private readonly EventHorizon horizon = new();

    [Fact]
    public void Where_nobody_writes_all_may_be_read()
    {
        horizon.Look(7, Nobody);

        Assert.Equal(7, horizon.Position);
        Assert.False(horizon.IsAwaited);
    }

    [Fact]
    public void What_was_given_away_may_be_read_when_all_who_wrote_then_have_ended()
    {
        horizon.Look(7, Writing("a", "b"));
        Assert.Equal(0, horizon.Position);
        Assert.True(horizon.IsAwaited);

        horizon.Look(9, Writing("b"));
        Assert.Equal(0, horizon.Position);

        horizon.Look(12, Writing("c"));
        Assert.Equal(7, horizon.Position);
        Assert.True(horizon.IsAwaited);
    }

    [Fact]
    public void Who_began_to_write_later_is_waited_for_next_and_not_before()
    {
        horizon.Look(7, Writing("a"));
        horizon.Look(9, Writing("b", "c"));
        Assert.Equal(7, horizon.Position);

        horizon.Look(11, Writing("c", "d"));
        Assert.Equal(7, horizon.Position);

        horizon.Look(11, Nobody);
        Assert.Equal(11, horizon.Position);
        Assert.False(horizon.IsAwaited);
    }

    private static HashSet<string> Nobody => [];

    private static HashSet<string> Writing(params string[] transactions) => [.. transactions];
}
