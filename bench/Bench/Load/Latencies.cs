using System.Diagnostics;

namespace JikoXpress.Bench.Load;

/// <summary>How long each unit of work took. Not safe for concurrent use: each connection has its own.</summary>
internal sealed class Latencies
{
    private readonly List<long> ticks = [];

    public int Count => ticks.Count;

    public void Add(long began) => ticks.Add(Stopwatch.GetTimestamp() - began);

    /// <summary>All of them together, in order.</summary>
    public static Percentiles Of(IEnumerable<Latencies> all)
    {
        long[] sorted = [.. all.SelectMany(latencies => latencies.ticks)];
        Array.Sort(sorted);
        return new Percentiles(At(sorted, 0.5), At(sorted, 0.99), At(sorted, 0.999), At(sorted, 0.95));
    }

    private static double At(long[] sorted, double share) => sorted.Length == 0
        ? double.NaN
        : 1000.0 * sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))] / Stopwatch.Frequency;
}

/// <summary>In milliseconds.</summary>
internal sealed record Percentiles(double P50, double P99, double P999, double P95);

/// <summary>
/// One unit of work on a connection, such as a sale; it throws where the answer is not as it should be.
/// </summary>
internal delegate ValueTask Flow(Connection connection, int number);

/// <summary>What a run of load came to.</summary>
internal sealed record LoadResult(long Done, double Seconds, Percentiles Latency)
{
    public double PerSecond => Done / Seconds;
}
