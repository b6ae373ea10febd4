using System.Diagnostics;

namespace JikoXpress.WebApi.Load;

/// <summary>
/// A request's place in its lane. It is free while the request waits for its body or for a change, and at the latest
/// when its answer begins to be sent: nobody holds a place by sending or reading slowly.
/// </summary>
internal sealed class LanePlace(LaneGate lane) : IDisposable
{
    private const long None = 0;

    /// <summary>When the place was taken, by the machine's counter.</summary>
    private long since = None;

    /// <summary>False if the lane is full.</summary>
    public async ValueTask<bool> Enter(CancellationToken left)
    {
        if (!await lane.Enter(left)) return false;
        Leave(Interlocked.Exchange(ref since, Stopwatch.GetTimestamp()));
        return true;
    }

    public void Leave() => Leave(Interlocked.Exchange(ref since, None));

    public void Dispose() => Leave();

    private void Leave(long taken)
    {
        if (taken is not None) lane.Leave(Stopwatch.GetElapsedTime(taken));
    }
}
