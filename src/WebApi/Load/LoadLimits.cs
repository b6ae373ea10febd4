using System.Threading.RateLimiting;
using JikoXpress.WebApi.Hosting;
using JikoXpress.WebApi.Problems;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace JikoXpress.WebApi.Load;

/// <summary>
/// Refuses excess requests before they cost anything: no body is read, no token looked up, no database queried. A
/// caller that sends too fast gets 429. If a lane is full, any caller gets 503. Both have a Retry-After.
/// </summary>
internal sealed class LoadLimits(RequestDelegate next, Buckets buckets, LaneGates lanes)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (Lanes.PolicyOf(http).Lane is not { } lane)
        {
            await next(http);
            return;
        }

        using var taken = buckets.Take(http);
        if (!taken.IsAcquired)
        {
            WebMetrics.Refused(lane, "rate-limited");
            await RateLimited(taken).ExecuteAsync(http);
            return;
        }

        using var place = await lanes.Enter(lane, http.RequestAborted);
        http.Features.Set(place);
        if (!place.IsTaken) WebMetrics.Refused(lane, "overloaded");
        await (place.IsTaken ? next(http) : FrameworkProblems.Overloaded.ExecuteAsync(http));
    }

    public static Problem RateLimited(RateLimitLease refused) => new(
        Status429TooManyRequests, "rate-limited", "This caller sends too many requests.")
    {
        RetryAfter = refused.TryGetMetadata(MetadataName.RetryAfter, out var patience)
            ? Math.Max(1, (int)Math.Ceiling(patience.TotalSeconds))
            : 1,
    };
}
