using System.Diagnostics;
using System.Diagnostics.Metrics;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;

namespace JikoXpress.InProcess;

/// <summary>How a host is doing, in numbers, and each command as a span.</summary>
public static class HostMetrics
{
    public const string Name = "JikoXpress.InProcess";

    private static readonly Meter Meter = new(Name);
    private static readonly ActivitySource Source = new(Name);

    private static readonly Gauge<long> Grains = Meter.CreateGauge<long>(
        "jiko.grains.live", "{grain}", "Grains in memory.");

    private static readonly Counter<long> Swept = Meter.CreateCounter<long>(
        "jiko.deadline.swept", "{session}", "Sessions that were looked at because their time was over.");

    internal static void Live(int grains) => Grains.Record(grains);

    internal static void Lapsed(int sessions) => Swept.Add(sessions);

    /// <summary>The span of a command, from its being asked for: waiting for its turn is part of it.</summary>
    internal static Activity? Command(string name, Guid session) => Source.HasListeners()
        ? Source.StartActivity($"CheckoutSession.{name}")?.SetTag("jiko.session.id", session)
        : null;

    internal static void Replied(Activity? span, Reply<Session> reply)
    {
        if (span is not null && reply is Reply<Session>.Refused(var refusals))
            span.SetTag("jiko.refusal.code", refusals[0].Code);
    }
}
