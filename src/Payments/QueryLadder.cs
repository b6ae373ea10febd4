using JikoXpress.Grains.Ports;

namespace JikoXpress.Payments;

/// <summary>
/// When an aggregator that has not spoken is asked: soon at first, later seldom, and once more at the moment when the
/// session's time is over. A day later it is a matter for people.
/// </summary>
public static class QueryLadder
{
    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(90), TimeSpan.FromMinutes(3),
        TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6),
        TimeSpan.FromHours(24),
    ];

    /// <summary>The next moment to ask after <paramref name="now"/>; null after the last.</summary>
    public static DateTimeOffset? Next(AttemptWork attempt, DateTimeOffset now)
    {
        var sooner = Sooner(attempt.Reference);
        var step = Steps
            .Select(after => (DateTimeOffset?)(attempt.StartedAt + (after * sooner)))
            .FirstOrDefault(at => at > now);
        return now < attempt.AskBy && (step is null || step > attempt.AskBy) ? attempt.AskBy : step;
    }

    /// <summary>
    /// Nine to ten tenths, by the attempt's name: those that started together are not all asked about together.
    /// </summary>
    private static double Sooner(string reference) =>
        1 - (reference.Aggregate(0, (sum, letter) => ((sum * 31) + letter) % 1_000) / 10_000.0);

    /// <summary>When a refund that did not get through is tried again, after so many tries.</summary>
    public static DateTimeOffset NextTry(int tries, DateTimeOffset now) =>
        now + TimeSpan.FromSeconds(Math.Min(5 * Math.Pow(2, Math.Min(tries, 12)), 3600));
}
