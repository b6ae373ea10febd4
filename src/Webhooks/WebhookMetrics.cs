using System.Diagnostics.Metrics;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Webhooks;

/// <summary>Metrics of what is sent to merchants. How much waits is counted by the store.</summary>
public static class WebhookMetrics
{
    public const string Name = "JikoXpress.Webhooks";

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "jiko.webhook.try.duration", "s", "How long receivers took to answer a webhook, by what came of it.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10] });

    private static readonly Counter<long> GivenUps = Meter.CreateCounter<long>(
        "jiko.webhook.undelivered", "{delivery}", "Webhooks that were not taken at the last try.");

    private static readonly Counter<long> Disableds = Meter.CreateCounter<long>(
        "jiko.webhook.disabled", "{subscription}", "Subscriptions that were disabled because of their receiver.");

    internal static void Tried(WebhookTry made, DeliveryVerdict verdict)
    {
        Duration.Record(
            made.Took.TotalSeconds,
            new KeyValuePair<string, object?>("jiko.webhook.outcome", made.Outcome.Error ?? "delivered"));
        if (verdict is DeliveryVerdict.GivenUp) GivenUps.Add(1);
    }

    internal static void Disabled() => Disableds.Add(1);
}
