using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using JikoXpress.Payments;
using JikoXpress.WebApi.Access;

namespace JikoXpress.WebApi.Load;

/// <summary>
/// One token bucket for each caller. The limiter removes a bucket from memory when it is full again and was not used
/// for ten seconds.
/// </summary>
internal sealed class Buckets(LoadOptions options, Aggregators aggregators) : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> limiter = Limiter(options, aggregators);

    public RateLimitLease Take(HttpContext http) => limiter.AttemptAcquire(http);

    public ValueTask DisposeAsync() => limiter.DisposeAsync();

    private static PartitionedRateLimiter<HttpContext> Limiter(LoadOptions options, Aggregators aggregators)
    {
        Func<Bucket, RateLimiter> full = bucket => Full(bucket.Kind switch
        {
            BucketKind.Token => options.Token,
            BucketKind.ApiKey => options.ApiKey,
            BucketKind.Address => options.Address,
            BucketKind.Webhook => options.Webhook,
        });
        return PartitionedRateLimiter.Create<HttpContext, Bucket>(
            http => RateLimitPartition.Get(BucketOf(http, aggregators), full));
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

    private static Bucket BucketOf(HttpContext http, Aggregators aggregators)
    {
        if (http.GetRouteValue("adapter") is string adapter)
        {
            // A caller that does not know the path's token must not use up the aggregator's bucket.
            return http.GetRouteValue("token") is string path && aggregators.Find(adapter)?.IsItsToken(path) is true
                ? Bucket.Of(BucketKind.Webhook, SHA256.HashData(Encoding.UTF8.GetBytes(adapter)))
                : OfAddress(http);
        }

        if (http.BearerToken is not { } token) return OfAddress(http);
        return Bucket.Of(IsOfAProgram(token.Text) ? BucketKind.ApiKey : BucketKind.Token, token.Hash);
    }

    /// <summary>API keys of programs have these prefixes; tokens of devices and people have others.</summary>
    private static bool IsOfAProgram(string token) =>
        token.StartsWith("jk_", StringComparison.Ordinal) || token.StartsWith("jx_op_", StringComparison.Ordinal);

    /// <summary>An IPv6 customer usually has a whole /64 network, so only the first 64 bits count.</summary>
    private static Bucket OfAddress(HttpContext http)
    {
        var address = (http.Connection.RemoteIpAddress ?? IPAddress.None).MapToIPv6();
        var bytes = address.GetAddressBytes().AsSpan();
        return Bucket.Of(BucketKind.Address, SHA256.HashData(address.IsIPv4MappedToIPv6 ? bytes : bytes[..8]));
    }

    private enum BucketKind
    {
        Token,
        ApiKey,
        Address,
        Webhook,
    }

    /// <summary>A bucket's key is the hash of the caller's token: the token itself is not kept in memory.</summary>
    private readonly record struct Bucket(BucketKind Kind, UInt128 Name)
    {
        public static Bucket Of(BucketKind kind, byte[] hash) =>
            new(kind, BinaryPrimitives.ReadUInt128BigEndian(hash));
    }
}
