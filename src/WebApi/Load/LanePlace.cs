using System.Threading.RateLimiting;

namespace JikoXpress.WebApi.Load;

/// <summary>
/// A request's place in its lane. It is free while the request waits for its body or for a change, and at the latest
/// when its answer begins to be sent: nobody holds a place by sending or reading slowly.
/// </summary>
internal sealed class LanePlace(LaneGates gates, Lane lane) : IDisposable
{
    private RateLimitLease? lease;

    /// <summary>False if the lane and its queue are full.</summary>
    public async ValueTask<bool> Enter(CancellationToken left)
    {
        var taken = await gates.Take(lane, left);
        if (!taken.IsAcquired)
        {
            taken.Dispose();
            return false;
        }

        Interlocked.Exchange(ref lease, taken)?.Dispose();
        return true;
    }

    public void Leave() => Interlocked.Exchange(ref lease, null)?.Dispose();

    public void Dispose() => Leave();
}
