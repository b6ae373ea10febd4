using Microsoft.Extensions.Time.Testing;

namespace JikoXpress.Testing;

/// <summary>
/// A clock that moves when a test moves it, and by a millisecond when a thread does nothing but ask for the time. Orleans
/// waits for a moment by Task.Delay until it has come, and Task.Delay takes a part of a millisecond for none: where that
/// is left, its loop would ask a clock that stands still for ever.
/// </summary>
internal sealed class StandingClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private const int Endless = 1_000_000;

    [ThreadStatic]
    private static (long Ticks, int Times) asked;

    public override DateTimeOffset GetUtcNow()
    {
        var now = base.GetUtcNow();
        asked = asked.Ticks == now.Ticks ? (now.Ticks, asked.Times + 1) : (now.Ticks, 1);
        if (asked.Times < Endless) return now;
        asked = default;
        Advance(TimeSpan.FromMilliseconds(1));
        return base.GetUtcNow();
    }
}
