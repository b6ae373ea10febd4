using System.Diagnostics.Metrics;
using JikoXpress.WebApi.Load;

namespace JikoXpress.WebApi.Hosting;

/// <summary>Metrics of the front end that ASP.NET Core does not have.</summary>
internal static class WebMetrics
{
    public const string Name = "JikoXpress.WebApi";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Shed = Meter.CreateCounter<long>(
        "jiko.requests.shed", "{request}", "Requests refused for load, by lane and reason.");

    private static readonly UpDownCounter<long> Waiting = Meter.CreateUpDownCounter<long>(
        "jiko.requests.parked", "{request}", "Requests that wait until something happens, by what they wait for.");

    public static void Refused(Lane lane, string reason) =>
        Shed.Add(1, new("jiko.lane", Lanes.NameOf(lane)), new("jiko.reason", reason));

    /// <summary>Counts the request until it is disposed of.</summary>
    public static IDisposable WaitingRequest(string kind)
    {
        Waiting.Add(1, new KeyValuePair<string, object?>("jiko.waiting.for", kind));
        return new Departure(kind);
    }

    private sealed class Departure(string kind) : IDisposable
    {
        public void Dispose() => Waiting.Add(-1, new KeyValuePair<string, object?>("jiko.waiting.for", kind));
    }
}
