using System.Collections.Concurrent;

namespace JikoXpress.Chaos.Nemesis;

/// <summary>What was broken how often, and how long it took to be well again.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<Fault, int> fired = [];
    private readonly ConcurrentDictionary<Fault, ConcurrentQueue<TimeSpan>> recoveries = [];

    public int Of(Fault fault) => fired.GetValueOrDefault(fault);

    public void Fired(Fault fault) => fired.AddOrUpdate(fault, 1, (_, times) => times + 1);

    /// <param name="after">From the end of the fault until every host took requests.</param>
    public void Recovered(Fault fault, TimeSpan after) => recoveries.GetOrAdd(fault, _ => []).Enqueue(after);

    public (TimeSpan Median, TimeSpan Longest)? RecoveryFrom(Fault fault)
    {
        if (!recoveries.TryGetValue(fault, out var seen)) return null;
        TimeSpan[] sorted = [.. seen.Order()];
        return (sorted[sorted.Length / 2], sorted[^1]);
    }
}
