using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using JikoXpress.Payments;
using JikoXpress.WebApi.Access;

namespace JikoXpress.WebApi.Load;

/// <summary>
/// One token bucket for each caller. They live in memory only while they are in use: one that is full again and was
/// not asked for ten seconds is let go by the limiter itself.
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

    /// <summary>All buckets are filled up by one timer, which is the limiter's.</summary>
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
            // Whoever does not know the path must not use up what is the aggregator's.
            return http.GetRouteValue("token") is string path && aggregators.Find(adapter)?.IsItsToken(path) is true
                ? Bucket.Of(BucketKind.Webhook, SHA256.HashData(Encoding.UTF8.GetBytes(adapter)))
                : OfAddress(http);
        }

        if (http.BearerToken is not { } token) return OfAddress(http);
        return Bucket.Of(IsOfAProgram(token.Text) ? BucketKind.ApiKey : BucketKind.Token, token.Hash);
    }

    /// <summary>Keys of programs begin so; tokens of devices and people otherwise.</summary>
    private static bool IsOfAProgram(string token) =>
        token.StartsWith("jk_", StringComparison.Ordinal) || token.StartsWith("jx_op_", StringComparison.Ordinal);

    /// <summary>Whoever has one address of IPv6 has all that begin with the same 64 bits.</summary>
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

    /// <summary>A bucket goes by the hash of its caller's secret: tokens themselves are nowhere in memory.</summary>
    private readonly record struct Bucket(BucketKind Kind, UInt128 Name)
    {
        public static Bucket Of(BucketKind kind, byte[] hash) =>
            new(kind, BinaryPrimitives.ReadUInt128BigEndian(hash));
    }
}
