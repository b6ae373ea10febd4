using System.Collections.Concurrent;

namespace JikoXpress.Grains.Ports;

/// <summary>
/// Work that this process claimed when it stored it, so that it need not search the rows for it. Work that the process
/// does not do before the claim ends stays in the rows, where any process may claim it.
/// </summary>
public sealed class WorkQueue<TWork>
{
    private const int Most = 2_000;

    private readonly ConcurrentQueue<(TWork Work, DateTimeOffset Until)> waiting = [];

    /// <summary>Rings for each item that is added.</summary>
    public Signal Signal { get; } = new();

    public bool IsEmpty => waiting.IsEmpty;

    /// <summary>False when the queue is so long that new work is better left to other processes.</summary>
    public bool HasRoom => waiting.Count < Most;

    /// <param name="until">When the claim ends.</param>
    public void Add(TWork work, DateTimeOffset until)
    {
        waiting.Enqueue((work, until));
        Signal.Set();
    }

    /// <summary>The next items whose claim has not ended, at most <paramref name="limit"/>.</summary>
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
