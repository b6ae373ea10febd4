using System.Threading.RateLimiting;
using JikoXpress.Payments;

namespace JikoXpress.WebApi.Load;

/// <summary>
/// One token bucket for each caller. The limiter removes a bucket from memory when it is full again and was not used
/// for ten seconds.
/// </summary>
internal sealed class Buckets(LoadOptions options, Aggregators aggregators) : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<Sender> limiter = Limiter(options);

    public RateLimitLease Take(HttpContext http) => limiter.AttemptAcquire(Sender.Of(http, aggregators));

    /// <summary>Counts against the address, whatever token the request bears.</summary>
    public RateLimitLease TakeOfAddress(HttpContext http) => limiter.AttemptAcquire(Sender.OfAddress(http));

    public ValueTask DisposeAsync() => limiter.DisposeAsync();

    private static PartitionedRateLimiter<Sender> Limiter(LoadOptions options)
    {
        Func<Sender, RateLimiter> full = sender => Full(sender.Kind switch
        {
            SenderKind.Token => options.Token,
            SenderKind.ApiKey => options.ApiKey,
            SenderKind.Address => options.Address,
            SenderKind.Webhook => options.Webhook,
        });
        return PartitionedRateLimiter.Create<Sender, Sender>(sender => RateLimitPartition.Get(sender, full));
    }

    /// <summary>A full bucket without a timer of its own: the limiter's single timer refills all buckets.</summary>
    public static TokenBucketRateLimiter Full(Rate rate) => new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = rate.Burst,
        TokensPerPeriod = rate.PerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
        AutoReplenishment = false,
    });
}
