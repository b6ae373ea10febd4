using System.Threading.RateLimiting;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Load;

/// <summary>
/// One token bucket for each till: a PIN takes a tenth of a second to check, so one till must not have all of them.
/// </summary>
internal sealed class SignInRates(LoadOptions options) : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<Guid> limiter = PartitionedRateLimiter.Create<Guid, Guid>(
        till => RateLimitPartition.Get(till, _ => Buckets.Full(options.SignIn)));

    /// <summary>429 if staff sign in at this till faster than people can.</summary>
    public Problem? TooMany(Guid till)
    {
        using var taken = limiter.AttemptAcquire(till);
        return taken.IsAcquired ? null : LoadLimits.RateLimited(taken);
    }

    public ValueTask DisposeAsync() => limiter.DisposeAsync();
}
