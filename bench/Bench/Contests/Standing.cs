using JikoXpress.Bench.Load;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Contests;

/// <summary>One round of one side, with what each unit of work has cost.</summary>
internal sealed record Run(LoadResult Load, Cost Each);

/// <summary>How one side came off: medians over its rounds.</summary>
internal sealed record Standing(string Name, int Connections, IReadOnlyList<Run> Runs)
{
    public double PerSecond => Median(run => run.Load.PerSecond);

    /// <summary>In milliseconds.</summary>
    public double P50 => Median(run => run.Load.Latency.P50);

    public double P99 => Median(run => run.Load.Latency.P99);

    public double P999 => Median(run => run.Load.Latency.P999);

    /// <summary>CPU of its program for each, in microseconds.</summary>
    public double HostCpu => Median(run => run.Each.Host) * 1e6;

    /// <summary>CPU of PostgreSQL for each, in microseconds.</summary>
    public double PostgresCpu => Median(run => run.Each.Postgres) * 1e6;

    /// <summary>CPU of both for each, in microseconds: the load generator's is not in it.</summary>
    public double Cpu => HostCpu + PostgresCpu;

    /// <summary>In bytes.</summary>
    public double Wal => Median(run => run.Each.Wal);

    public double Writes => Median(run => run.Each.Writes);

    public double Transactions => Median(run => run.Each.Transactions);

    public double Median(Func<Run, double> figure) => Medians.Of(Runs.Select(figure));
}

internal static class Medians
{
    public static double Of(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        return sorted.Length % 2 == 1
            ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
