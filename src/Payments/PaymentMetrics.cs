using System.Diagnostics;
using System.Diagnostics.Metrics;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Payments;

/// <summary>Metrics of aggregators, and a trace span for each call to them.</summary>
public static class PaymentMetrics
{
    public const string Name = "JikoXpress.Payments";

    private static readonly Meter Meter = new(Name);
    private static readonly ActivitySource Source = new(Name);

    private static readonly Histogram<double> CallDuration = Meter.CreateHistogram<double>(
        "jiko.aggregator.call.duration", "s", "How long aggregators took to answer, by what they answered.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 4] });

    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>(
        "jiko.payment.attempts", "{report}", "What was heard of payments by phone, by how they stood after it.");

    private static readonly Counter<long> Conflicts = Meter.CreateCounter<long>(
        "jiko.payment.conflicts", "{report}", "Receipts that were told of under a second reference.");

    private static readonly Counter<long> Exceptions = Meter.CreateCounter<long>(
        "jiko.payment.exceptions", "{payment}", "Payments by phone that began to wait for a person, by why.");

    private static readonly Histogram<double> EventAge = Meter.CreateHistogram<double>(
        "jiko.inbox.event.age", "s", "How long a webhook was kept before its session heard of it.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 60, 300, 3600],
        });

    internal static void Reported(string adapter, AttemptStatus status) => Attempts.Add(
        1, new("jiko.aggregator", adapter), new("jiko.attempt.status", status.WireName));

    internal static void Conflict(string adapter) => Conflicts.Add(1, new KeyValuePair<string, object?>(
        "jiko.aggregator", adapter));

    internal static void Exception(string adapter, PaymentExceptionKind kind) => Exceptions.Add(
        1, new("jiko.aggregator", adapter), new("jiko.payment.exception", kind.WireName));

    internal static void Heard(TimeSpan age) => EventAge.Record(age.TotalSeconds);

    /// <summary>Measures a call in a span. The HTTP request of the call carries the span's id as traceparent.</summary>
    internal static async Task<T> Call<T>(
        string adapter, string operation, string reference, Func<Task<T>> call, Func<T, string> outcome)
    {
        using var span = Source.StartActivity($"{operation} {adapter}", ActivityKind.Internal);
        span?.SetTag("jiko.payment.reference", reference);
        var since = Stopwatch.GetTimestamp();
        var told = "FAULT";
        try
        {
            var answer = await call();
            told = outcome(answer);
            return answer;
        }
        finally
        {
            span?.SetTag("jiko.payment.outcome", told);
            CallDuration.Record(
                Stopwatch.GetElapsedTime(since).TotalSeconds,
                new("jiko.aggregator", adapter),
                new("jiko.aggregator.operation", operation),
                new("jiko.payment.outcome", told));
        }
    }
}
