using System.Diagnostics;
using System.Net;
using System.Threading.Channels;

namespace JikoXpress.Bench.Load;

/// <summary>
/// Requests come at a steady rate, whether the server keeps up or not. The time of each is counted from when it was
/// due, so that a stall counts for all who would have come meanwhile.
/// </summary>
internal static class OpenLoop
{
    private const int Connected = 256;

    public static async Task<LoadResult> Run(IPEndPoint server, Flow flow, double perSecond, TimeSpan time)
    {
        var open = await Connections.Open(server, Connected);
        try
        {
            var due = Channel.CreateUnbounded<(int Number, long At)>(new() { SingleWriter = true });
            Latencies[] latencies = [.. open.Select(_ => new Latencies())];
            var began = Stopwatch.GetTimestamp();
            var workers = open.Select((connection, index) => Task.Run(async () =>
            {
                await foreach (var (number, at) in due.Reader.ReadAllAsync())
                {
                    await flow(connection, number);
                    latencies[index].Add(at);
                }
            })).ToList();
            await Arrive(due.Writer, perSecond, time, began);
            await Task.WhenAll(workers);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            return new LoadResult(latencies.Sum(each => each.Count), seconds, Latencies.Of(latencies));
        }
        finally
        {
            foreach (var connection in open) connection.Dispose();
        }
    }

    private static async Task Arrive(
        ChannelWriter<(int Number, long At)> due, double perSecond, TimeSpan time, long began)
    {
        var all = (int)(perSecond * time.TotalSeconds);
        var apart = Stopwatch.Frequency / perSecond;
        for (var number = 0; number < all;)
        {
            var now = Stopwatch.GetTimestamp();
            for (; number < all && began + (long)(number * apart) <= now; number++)
                due.TryWrite((number, began + (long)(number * apart)));
            await Task.Delay(1);
        }

        due.Complete();
    }
}
