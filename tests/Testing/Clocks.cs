using Microsoft.Extensions.Time.Testing;

namespace JikoXpress.Testing;

public static class Clocks
{
    /// <summary>Noon in Dar es Salaam on a Monday, when most tests begin; it stands still until a test moves it.</summary>
    public static FakeTimeProvider AtNoon() => At(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    /// <summary>A clock for a running silo.</summary>
    public static FakeTimeProvider At(DateTimeOffset start) => new StandingClock(start);
}
