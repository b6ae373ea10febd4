using System.Diagnostics;
using JikoXpress.Bench.Load;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Contests;

/// <summary>One side of a comparison.</summary>
internal sealed record Contestant(string Name, Server Server, Database Database, Flow Flow);

/// <summary>
/// A comparison in interleaved rounds, so that an hour's weather on the machine is everybody's. Each side runs at the
/// number of connections that is best for it; what is told is the median of its rounds.
/// </summary>
internal static class Contest
{
    /// <summary>The compiler rests when it takes no more than this share of a core.</summary>
    private const double Rest = 0.05;

    private static readonly int[] Connections = [64, 256];

    /// <summary>By then what fills itself at first use is full.</summary>
    private static readonly TimeSpan LeastWarmUp = TimeSpan.FromSeconds(35);

    private static readonly TimeSpan MostWarmUp = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Standing>> Hold(Setup setup, params IReadOnlyList<Contestant> contestants)
    {
        var best = new Dictionary<string, int>();
        foreach (var contestant in contestants) best[contestant.Name] = await BestConnections(contestant, setup.Time);

        var runs = contestants.ToDictionary(contestant => contestant.Name, _ => new List<Run>());
        for (var round = 0; round < setup.Rounds; round++)
        {
            foreach (var contestant in contestants)
                runs[contestant.Name].Add(await Round(contestant, best[contestant.Name], setup.Time));
        }

        return [.. contestants.Select(each => new Standing(each.Name, best[each.Name], runs[each.Name]))];
    }

    public static async Task<Run> Round(Contestant contestant, int connections, TimeSpan time)
    {
        var before = await Cost.SoFar(contestant.Server, contestant.Database);
        var load = await ClosedLoop.Run(contestant.Server.Address, contestant.Flow, connections, time);
        var cost = await Cost.SoFar(contestant.Server, contestant.Database) - before;
        return new Run(load, cost.Per(load.Done));
    }

    private static async Task<int> BestConnections(Contestant contestant, TimeSpan time)
    {
        await WarmUp(contestant);
        var tried = new List<(int Connections, double PerSecond)>();
        foreach (var connections in Connections)
        {
            var load = await ClosedLoop.Run(contestant.Server.Address, contestant.Flow, connections, time);
            tried.Add((connections, load.PerSecond));
        }

        return tried.MaxBy(each => each.PerSecond).Connections;
    }

    /// <summary>Until hot code is compiled from its profile: a till's host runs for days.</summary>
    private static async Task WarmUp(Contestant contestant)
    {
        var compiler = new Compiler(contestant.Server);
        var began = Stopwatch.GetTimestamp();
        do
        {
            compiler.Worked();
            await ClosedLoop.Run(contestant.Server.Address, contestant.Flow, Connections[^1], Look);
        }
        while (Stopwatch.GetElapsedTime(began) is var warm && warm < MostWarmUp
            && (warm < LeastWarmUp || compiler.Worked() > Rest * Look.TotalSeconds));
    }
}
