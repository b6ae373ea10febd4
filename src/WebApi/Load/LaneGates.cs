using System.Collections.Frozen;

namespace JikoXpress.WebApi.Load;

/// <summary>
/// Limits the concurrent requests of each lane. The framework's limiters have a fixed width and serve the oldest first,
/// and its middleware keeps a request's place until the answer ends, while one that only waits for a change must give
/// its place back.
/// </summary>
internal sealed class LaneGates : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly FrozenDictionary<Lane, LaneGate> lanes;
    private readonly Timer looking;

    public LaneGates(LoadOptions options)
    {
        lanes = Enum.GetValues<Lane>().ToFrozenDictionary(
            lane => lane, lane => new LaneGate(options.SizeOf(lane), lane is Lane.Creating or Lane.Reading));
        // Real time and not the test clock: what it looks at is how busy the machine is.
        looking = new Timer(_ => Look(), state: null, Interval, Interval);
    }

    public LaneGate this[Lane lane] => lanes[lane];

    public ValueTask DisposeAsync() => looking.DisposeAsync();

    private void Look()
    {
        foreach (var lane in lanes.Values) lane.Look();
    }
}
