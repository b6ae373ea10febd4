using System.Collections.Frozen;
using System.Threading.RateLimiting;

namespace JikoXpress.WebApi.Load;

/// <summary>How many requests of each lane are worked on. Who finds it full waits, and only so many do.</summary>
internal sealed class LaneGates(LoadOptions options) : IAsyncDisposable
{
    private readonly FrozenDictionary<Lane, ConcurrencyLimiter> lanes =
        Enum.GetValues<Lane>().ToFrozenDictionary(lane => lane, lane => Limiter(options.SizeOf(lane)));

    public async ValueTask<LanePlace> Enter(Lane lane, CancellationToken left)
    {
        var at = lanes[lane].AttemptAcquire();
        return new LanePlace(at.IsAcquired ? at : await lanes[lane].AcquireAsync(1, left));
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
