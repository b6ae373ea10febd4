using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Management;

/// <summary>
/// Counts the wrong pairing codes that come from one address within a minute. A code has forty random bits, so this is
/// not what keeps it safe: it keeps who guesses from keeping the database busy.
/// </summary>
internal sealed class WrongCodes(TimeProvider clock)
{
    private const int Most = 20;
    private const int MostAddresses = 10_000;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, int> wrong = [];
    private readonly Lock gate = new();
    private DateTimeOffset until;

    /// <summary>429 once the address has had its share for this minute.</summary>
    public Problem? TooMany(HttpContext http)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (now >= until || wrong.Count >= MostAddresses)
            {
                wrong.Clear();
                until = now + Minute;
            }

            return wrong.GetValueOrDefault(AddressOf(http)) < Most
                ? null
                : new Problem(
                    StatusCodes.Status429TooManyRequests, "rate-limited", "Too many wrong codes; wait a while.")
                {
                    RetryAfter = (int)Math.Ceiling((until - now).TotalSeconds),
                };
        }
    }

    public void Count(HttpContext http)
    {
        lock (gate) wrong[AddressOf(http)] = wrong.GetValueOrDefault(AddressOf(http)) + 1;
    }

    private static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";
}
