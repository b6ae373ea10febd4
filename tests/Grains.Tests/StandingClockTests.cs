using JikoXpress.Testing;

namespace JikoXpress.Grains.Tests;

public sealed class StandingClockTests
{
    [Fact]
    public async Task Whoever_waits_for_a_part_of_a_millisecond_as_Orleans_does_comes_to_its_end()
    {
        var clock = Clocks.AtNoon();
        var due = clock.GetUtcNow() + TimeSpan.FromMicroseconds(400);

        await Task.Run(async () =>
        {
            while (due - clock.GetUtcNow() is var left && left > TimeSpan.Zero) await Task.Delay(left, clock);
        }).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(Clocks.AtNoon().GetUtcNow() + TimeSpan.FromMilliseconds(1), clock.GetUtcNow());
    }
}
