using System.Collections.Concurrent;

namespace JikoXpress.Chaos.Nemesis;

/// <summary>What was broken how often, and how long it took to be well again.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<Fault, int> fired = [];
    private readonly ConcurrentDictionary<Fault, ConcurrentQueue<TimeSpan>> recoveries = [];
    private readonly ConcurrentDictionary<Fault, ConcurrentQueue<TimeSpan>> waits = [];

    public int Of(Fault fault) => fired.GetValueOrDefault(fault);

    public void Fired(Fault fault) => fired.AddOrUpdate(fault, 1, (_, times) => times + 1);

    /// <param name="after">From the end of the fault until every host took requests.</param>
    public void Recovered(Fault fault, TimeSpan after) => recoveries.GetOrAdd(fault, _ => []).Enqueue(after);

    /// <param name="longest">The longest that a client waited for its answer, its repetitions included.</param>
    public void Waited(Fault fault, TimeSpan longest) => waits.GetOrAdd(fault, _ => []).Enqueue(longest);

    public (TimeSpan Median, TimeSpan Longest)? RecoveryFrom(Fault fault) => Of(recoveries, fault);

    public (TimeSpan Median, TimeSpan Longest)? WaitsIn(Fault fault) => Of(waits, fault);

    private static (TimeSpan Median, TimeSpan Longest)? Of(
        ConcurrentDictionary<Fault, ConcurrentQueue<TimeSpan>> times, Fault fault)
    {
        if (!times.TryGetValue(fault, out var seen)) return null;
        TimeSpan[] sorted = [.. seen.Order()];
        return (sorted[sorted.Length / 2], sorted[^1]);
    }
}
