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
    private static readonly int[] Connections = [64, 256];

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
        await WarmUp.Run(contestant.Server, contestant.Flow, Connections[^1]);
        var tried = new List<(int Connections, double PerSecond)>();
        foreach (var connections in Connections)
        {
            var load = await ClosedLoop.Run(contestant.Server.Address, contestant.Flow, connections, time);
            tried.Add((connections, load.PerSecond));
        }

        return tried.MaxBy(each => each.PerSecond).Connections;
    }
}
