using System.Diagnostics.Metrics;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;

namespace JikoXpress.Grains;

/// <summary>Counters for checkouts. Kitchens, people and phone numbers are never tags.</summary>
public static class CheckoutMetrics
{
    public const string Name = "JikoXpress.Grains";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Sessions = Meter.CreateCounter<long>(
        "jiko.checkout.sessions", "{session}", "Sessions that came to a status: opened, confirmed, ended.");

    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "jiko.checkout.refusals", "{command}", "Commands that the rules refused, by the first code.");

    private static readonly Counter<long> Looked = Meter.CreateCounter<long>(
        "jiko.deadline.swept", "{session}", "Sessions that were looked at because their time was over.");

    internal static void Swept(int sessions) => Looked.Add(sessions);

    internal static void Committed(Session before, Session.Opened after)
    {
        if (!Sessions.Enabled || (before as Session.Opened)?.Status == after.Status) return;
        Sessions.Add(
            1,
            new("jiko.session.status", after.Status.WireName),
            new("jiko.session.channel", after.Opening.Channel.WireName),
            new("jiko.session.type", after.Opening.SessionType.WireName));
    }

    internal static void Refused(Sequence<Refusal> refusals)
    {
        if (Refusals.Enabled) Refusals.Add(1, new KeyValuePair<string, object?>("jiko.refusal.code", refusals[0].Code));
    }
}
