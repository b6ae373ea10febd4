using System.Diagnostics;
using JikoXpress.Bench.Load;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Contests;

/// <summary>Load until hot code is compiled from its profile: a till's host runs for days.</summary>
internal static class WarmUp
{
    /// <summary>The compiler rests when it takes no more than this share of a core.</summary>
    private const double Rest = 0.05;

    /// <summary>By then what fills itself at first use is full.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(35);

    private static readonly TimeSpan Most = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    public static async Task Run(Server server, Flow flow, int connections)
    {
        var compiler = new Compiler(server);
        var began = Stopwatch.GetTimestamp();
        do
        {
            compiler.Worked();
            await ClosedLoop.Run(server.Address, flow, connections, Look);
        }
        while (Stopwatch.GetElapsedTime(began) is var warm && warm < Most
            && (warm < Least || compiler.Worked() > Rest * Look.TotalSeconds));
    }
}
