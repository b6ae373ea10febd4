using System.Collections.Concurrent;

namespace JikoXpress.Grains.Ports;

/// <summary>
/// Work that a host has claimed as it was stored, so that it need not look for it in the rows. What the host does not
/// come to before the claim ends is found there, by whichever host looks first.
/// </summary>
public sealed class WorkQueue<TWork>
{
    private const int Most = 2_000;

    private readonly ConcurrentQueue<(TWork Work, DateTimeOffset Until)> waiting = [];

    /// <summary>Rings for everything that is added.</summary>
    public Signal Signal { get; } = new();

    public bool IsEmpty => waiting.IsEmpty;

    /// <summary>A host with as much to do should leave the next to others.</summary>
    public bool HasRoom => waiting.Count < Most;

    /// <param name="until">When the claim ends.</param>
    public void Add(TWork work, DateTimeOffset until)
    {
        waiting.Enqueue((work, until));
        Signal.Set();
    }

    /// <summary>The next so many whose claim has not ended.</summary>
    public IReadOnlyList<TWork> Take(int limit, DateTimeOffset now)
    {
        var taken = new List<TWork>();
        while (taken.Count < limit && waiting.TryDequeue(out var next))
        {
            if (now < next.Until) taken.Add(next.Work);
        }

        return taken;
    }
}
