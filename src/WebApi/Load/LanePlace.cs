using System.Threading.RateLimiting;

namespace JikoXpress.WebApi.Load;

/// <summary>A request's place in its lane. It is freed once: when the request begins to wait, or at its end.</summary>
internal sealed class LanePlace(RateLimitLease lease) : IDisposable
{
    private int left;

    public bool IsTaken => lease.IsAcquired;

    public void Leave()
    {
        if (Interlocked.Exchange(ref left, 1) is 0) lease.Dispose();
    }

    public void Dispose() => Leave();
}
