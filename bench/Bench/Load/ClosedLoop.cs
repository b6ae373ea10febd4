using System.Diagnostics;
using System.Net;

namespace JikoXpress.Bench.Load;

/// <summary>Every connection sends its next request as soon as it has the answer to the last.</summary>
internal static class ClosedLoop
{
    public static async Task<LoadResult> Run(IPEndPoint server, Flow flow, int connections, TimeSpan time)
    {
        var open = await Connections.Open(server, connections);
        try
        {
            Latencies[] latencies = [.. open.Select(_ => new Latencies())];
            var began = Stopwatch.GetTimestamp();
            var end = began + (long)(time.TotalSeconds * Stopwatch.Frequency);
            await Task.WhenAll(open.Select((connection, index) => Task.Run(async () =>
            {
                for (var number = index; Stopwatch.GetTimestamp() < end; number += connections)
                {
                    var sent = Stopwatch.GetTimestamp();
                    await flow(connection, number);
                    latencies[index].Add(sent);
                }
            })));
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            return new LoadResult(latencies.Sum(each => each.Count), seconds, Latencies.Of(latencies));
        }
        finally
        {
            foreach (var connection in open) connection.Dispose();
        }
    }
}

internal static class Connections
{
    private const int AtOnce = 200;

    public static async Task<Connection[]> Open(IPEndPoint server, int count, IPAddress? from = null)
    {
        var open = new List<Connection>(count);
        while (open.Count < count)
        {
            var some = Math.Min(AtOnce, count - open.Count);
            open.AddRange(await Task.WhenAll(Enumerable.Range(0, some).Select(_ => Connection.Open(server, from))));
        }

        return [.. open];
    }
}
