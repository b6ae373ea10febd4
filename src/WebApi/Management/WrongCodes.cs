using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Management;

/// <summary>
/// Counts the wrong codes of a table, for a new till, or of a wallet, within a minute: from one address, or at one
/// till. Codes have at least 40 random bits, so the limit is not needed against guessing: it tells who guesses to stop.
/// </summary>
internal sealed class WrongCodes(TimeProvider clock)
{
    private const int Most = 20;
    private const int MostSenders = 10_000;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, int> wrong = [];
    private readonly Lock gate = new();
    private DateTimeOffset until;

    /// <summary>
    /// Counts a wrong code of a caller without a token; 429 if its address has sent too many in this minute. Only wrong
    /// codes are refused so: others may share the address, and a genuine code always works.
    /// </summary>
    public Problem? Another(HttpContext http)
    {
        var who = $"{Sender.OfAddress(http)}";
        if (TooMany(who) is { } problem) return problem;
        Count(who);
        return null;
    }

    /// <summary>429 if too many wrong codes were counted for this sender in this minute.</summary>
    public Problem? TooMany(string who)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (now >= until || wrong.Count >= MostSenders)
            {
                wrong.Clear();
                until = now + Minute;
            }

            return wrong.GetValueOrDefault(who) < Most
                ? null
                : new Problem(
                    StatusCodes.Status429TooManyRequests, "rate-limited", "Too many wrong codes; wait a while.")
                {
                    RetryAfter = (int)Math.Ceiling((until - now).TotalSeconds),
                };
        }
    }

    public void Count(string who)
    {
        lock (gate) wrong[who] = wrong.GetValueOrDefault(who) + 1;
    }
}
