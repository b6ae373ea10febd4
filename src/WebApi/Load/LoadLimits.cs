using System.Threading.RateLimiting;
using JikoXpress.WebApi.Hosting;
using JikoXpress.WebApi.Problems;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace JikoXpress.WebApi.Load;

/// <summary>
/// Refuses excess requests before they cost anything: no body is read, no token looked up, no database queried. A
/// caller that sends too fast gets 429. If a lane is full, any caller gets 503. Both have a Retry-After,
/// and are held as long where there are too many of them.
/// </summary>
internal sealed class LoadLimits(RequestDelegate next, Buckets buckets, LaneGates lanes, Refusals refusals)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (Lanes.PolicyOf(http).Lane is not { } lane)
        {
            await next(http);
            return;
        }

        // Where codes are sent, only wrong ones are counted: a genuine one always works, whoever shares the address.
        using var taken = lane is Lane.Codes ? null : buckets.Take(http);
        if (taken is { IsAcquired: false })
        {
            WebMetrics.Refused(lane, "rate-limited");
            await refusals.Hold(http.RequestAborted);
            await RateLimited(taken).ExecuteAsync(http);
            return;
        }

        using var place = new LanePlace(lanes[lane]);
        if (!await place.Enter(http.RequestAborted))
        {
            WebMetrics.Refused(lane, "overloaded");
            await refusals.Hold(http.RequestAborted);
            await FrameworkProblems.Overloaded.ExecuteAsync(http);
            return;
        }

        http.Features.Set(place);
        // The work is done when the answer begins to be sent; how fast the caller reads it is its own affair.
        http.Response.OnStarting(Leave, place);
        await next(http);
    }

    public static Problem RateLimited(RateLimitLease refused) => new(
        Status429TooManyRequests, "rate-limited", "This caller sends too many requests.")
    {
        RetryAfter = refused.TryGetMetadata(MetadataName.RetryAfter, out var patience)
            ? Math.Max(1, (int)Math.Ceiling(patience.TotalSeconds))
            : 1,
    };

    private static Task Leave(object place)
    {
        ((LanePlace)place).Leave();
        return Task.CompletedTask;
    }
}
