using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Management;

/// <summary>
/// Counts the wrong codes from one address, or one till, within a minute. Codes have 40 random bits, so the limit is
/// not needed against guessing: it protects the database from the load.
/// </summary>
internal sealed class WrongCodes(TimeProvider clock)
{
    private const int Most = 20;
    private const int MostAddresses = 10_000;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, int> wrong = [];
    private readonly Lock gate = new();
    private DateTimeOffset until;

    /// <summary>429 if the address has sent too many wrong codes in this minute.</summary>
    public Problem? TooMany(HttpContext http) => TooMany(AddressOf(http));

    public Problem? TooMany(string who)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (now >= until || wrong.Count >= MostAddresses)
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

    public void Count(HttpContext http) => Count(AddressOf(http));

    public void Count(string who)
    {
        lock (gate) wrong[who] = wrong.GetValueOrDefault(who) + 1;
    }

    private static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";
}
