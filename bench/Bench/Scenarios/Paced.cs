using JikoXpress.Bench.Contests;
using JikoXpress.Bench.Load;
using JikoXpress.Bench.Reporting;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Scenarios;

/// <summary>Sales that come at a steady rate, whether the last one is through or not.</summary>
internal sealed class Paced
{
    /// <summary>One stop of the disk decides a window's p99, and comes in every few of them.</summary>
    private const int LeastWindows = 5;

    /// <summary>Not measured: after a pause the first requests may take longer (docs/performance.md).</summary>
    private static readonly TimeSpan LeadIn = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(string Side, double Rate), List<LoadResult>> results = [];
    private readonly List<(string Measure, string Other, double Rate, Goal Goal)> ratios = [];
    private double half;
    private string ours = "";
    private string bare = "";

    /// <param name="half">Half of what ours can do in a closed loop, per second.</param>
    public static async Task<Paced> Rounds(
        Setup setup, Contestant ours, Contestant rowLock, Contestant bare, double half)
    {
        var paced = new Paced { half = half, ours = ours.Name, bare = bare.Name };
        paced.ratios.Add(("p99 at 1,000/s / R's", rowLock.Name, 1_000, Goal.AtMost(1.2, 0.8)));
        paced.ratios.Add(("p99 at 3,000/s / R's", rowLock.Name, 3_000, Goal.AtMost(1, 0.5)));
        for (var round = 0; round < Math.Max(setup.Rounds, LeastWindows); round++)
        {
            // They take turns at being first.
            Contestant[] sides = round % 2 == 0 ? [ours, rowLock] : [rowLock, ours];
            foreach (var rate in (double[])[1_000, 3_000])
            {
                foreach (var side in sides) await paced.Run(setup, side, rate);
            }

            await paced.Run(setup, ours, half);
            await paced.Run(setup, bare, half);
        }

        return paced;
    }

    public void Tell(Report report)
    {
        foreach (var (measure, other, rate, goal) in ratios)
        {
            var (mine, theirs) = (P99(ours, rate), P99(other, rate));
            report.Goal(measure, $"{mine:N1} ms", $"{theirs:N1} ms", mine / theirs, goal);
        }

        var (own, least) = (P99(ours, half), P99(bare, half));
        report.Goal(
            "p99 at half of own capacity, less a bare POST's", $"{own:N1} ms at {half:N0}/s", $"less {least:N1} ms",
            own - least, Goal.AtMost(40, 15, " ms"));
    }

    private async Task Run(Setup setup, Contestant side, double rate)
    {
        if (!results.TryGetValue((side.Name, rate), out var rounds)) results[(side.Name, rate)] = rounds = [];
        // What came before, under full load, has left the disk much to write: whoever is next would wait for it.
        await WriteAheadLog.Free(setup.Cluster);
        await OpenLoop.Run(side.Server.Address, side.Flow, rate, LeadIn);
        rounds.Add(await OpenLoop.Run(side.Server.Address, side.Flow, rate, setup.Time));
    }

    private double P99(string side, double rate) =>
        Contests.Medians.Of(results[(side, rate)].Select(result => result.Latency.P99));
}
