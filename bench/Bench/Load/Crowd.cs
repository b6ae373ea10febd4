using System.Diagnostics;
using System.Net;

namespace JikoXpress.Bench.Load;

/// <summary>
/// Many connections, each of which sends at its own steady pace whatever it was answered: tills that are refused and
/// try again. What falls due while a connection still waits for its answer is not sent: a till has one guest at a time.
/// Every request ends: at its answer, or at the deadline, with its connection.
/// </summary>
internal static class Crowd
{
    /// <summary>A request whose answer is not there by then counts as unanswered.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <param name="request">The request of this number.</param>
    /// <param name="perSecond">Of all connections together.</param>
    /// <param name="from">The address to send from; null for the usual one.</param>
    public static async Task<CrowdResult> Run(
        IPEndPoint server, Func<int, byte[]> request, int connections, double perSecond, TimeSpan time,
        IPAddress? from = null)
    {
        var result = new CrowdResult(time.TotalSeconds);
        var open = await Connections.Open(server, connections, from);
        var began = Stopwatch.GetTimestamp();
        var apart = TimeSpan.FromSeconds(connections / perSecond);
        await Task.WhenAll(open.Select((connection, index) => Task.Run(async () =>
        {
            var due = apart * index / connections;
            for (var number = index; due < time; number += connections)
            {
                var early = due - Stopwatch.GetElapsedTime(began);
                if (early > TimeSpan.Zero) await Task.Delay(early);
                connection = await Send(server, from, connection, request(number), result);
                var now = Stopwatch.GetElapsedTime(began);
                for (due += apart; due < now; due += apart) result.NotSent();
            }

            connection.Dispose();
        })));
        return result;
    }

    /// <summary>The connection for the next request: another one, where the server or the deadline ended it.</summary>
    private static async Task<Connection> Send(
        IPEndPoint server, IPAddress? from, Connection connection, byte[] request, CrowdResult result)
    {
        var sent = Stopwatch.GetTimestamp();
        try
        {
            var answer = await connection.Ask(request).AsTask().WaitAsync(Deadline);
            result.Answered(answer.Status, Stopwatch.GetElapsedTime(sent));
            return connection;
        }
        catch (Exception lost) when (
            lost is TimeoutException or UnexpectedAnswerException or System.Net.Sockets.SocketException)
        {
            result.Answered(status: 0, Stopwatch.GetElapsedTime(sent));
            connection.Dispose();
            return await Connection.Open(server, from);
        }
    }
}

/// <summary>What became of the requests of a crowd. Safe for concurrent use.</summary>
internal sealed class CrowdResult(double seconds)
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, List<double>> tookByStatus = [];
    private long notSent;

    /// <summary>Requests that were answered with one of these statuses within the time, each second.</summary>
    public double PerSecond(TimeSpan within, params int[] statuses) =>
        Took(statuses).Count(took => took <= within.TotalSeconds) / seconds;

    public double SentPerSecond => tookByStatus.Values.Sum(all => all.Count) / seconds;

    public double NotSentPerSecond => notSent / seconds;

    /// <summary>The share that got any answer.</summary>
    public double AnsweredShare =>
        1 - (Took(0).Count() / (double)Math.Max(1, tookByStatus.Values.Sum(all => all.Count)));

    /// <summary>In milliseconds, of answers with one of these statuses.</summary>
    public double At(double share, params int[] statuses)
    {
        double[] sorted = [.. Took(statuses).Order()];
        return sorted.Length is 0
            ? double.NaN
            : 1000 * sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    public void NotSent() => Interlocked.Increment(ref notSent);

    public void Answered(int status, TimeSpan took)
    {
        lock (gate)
        {
            if (!tookByStatus.TryGetValue(status, out var all)) tookByStatus[status] = all = [];
            all.Add(took.TotalSeconds);
        }
    }

    private IEnumerable<double> Took(params int[] statuses) =>
        statuses.SelectMany(status => tookByStatus.GetValueOrDefault(status) ?? []);
}
