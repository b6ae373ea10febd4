using JikoXpress.Grains.Ports;

namespace JikoXpress.Payments;

/// <summary>
/// When to query an aggregator about an attempt without an outcome: often at first, then less often, and once more when
/// the session expires. After a day the queries end, and people have to look into it. It is not a retry policy of a
/// library, since those wait in memory: the next time is stored with the attempt, so that any process goes on after a
/// crash.
/// </summary>
public static class QueryLadder
{
    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(90), TimeSpan.FromMinutes(3),
        TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6),
        TimeSpan.FromHours(24),
    ];

    /// <summary>The time of the next query after <paramref name="now"/>; null after the last.</summary>
    public static DateTimeOffset? Next(AttemptWork attempt, DateTimeOffset now)
    {
        var sooner = Sooner(attempt.Reference);
        var step = Steps
            .Select(after => (DateTimeOffset?)(attempt.StartedAt + (after * sooner)))
            .FirstOrDefault(at => at > now);
        return now < attempt.AskBy && (step is null || step > attempt.AskBy) ? attempt.AskBy : step;
    }

    /// <summary>
    /// A factor from 0.9 to 1.0, derived from the reference: attempts that started together are queried at different
    /// times.
    /// </summary>
    private static double Sooner(string reference) =>
        1 - (reference.Aggregate(0, (sum, letter) => ((sum * 31) + letter) % 1_000) / 10_000.0);

    /// <summary>
    /// When to retry a refund after this many tries: the wait doubles from 5 seconds, up to one hour.
    /// </summary>
    public static DateTimeOffset NextTry(int tries, DateTimeOffset now) =>
        now + TimeSpan.FromSeconds(Math.Min(5 * Math.Pow(2, Math.Min(tries, 12)), 3600));
}
