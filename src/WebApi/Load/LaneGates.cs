using System.Collections.Frozen;
using System.Threading.RateLimiting;

namespace JikoXpress.WebApi.Load;

/// <summary>
/// Limits the concurrent requests of each lane. A limited number of further requests waits. The limiters are the
/// framework's; its middleware is not used, since it keeps a request's place until the answer ends, and a request that
/// only waits for a change must give its place back.
/// </summary>
internal sealed class LaneGates(LoadOptions options) : IAsyncDisposable
{
    private readonly FrozenDictionary<Lane, ConcurrencyLimiter> lanes =
        Enum.GetValues<Lane>().ToFrozenDictionary(lane => lane, lane => Limiter(options.SizeOf(lane)));

    public async ValueTask<RateLimitLease> Take(Lane lane, CancellationToken left)
    {
        var at = lanes[lane].AttemptAcquire();
        return at.IsAcquired ? at : await lanes[lane].AcquireAsync(1, left);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in lanes.Values) await lane.DisposeAsync();
    }

    private static ConcurrencyLimiter Limiter(LaneSize size) => new(new ConcurrencyLimiterOptions
    {
        PermitLimit = size.AtOnce,
        QueueLimit = size.Waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });
}
