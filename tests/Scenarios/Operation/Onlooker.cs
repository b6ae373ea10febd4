using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Scenarios.Operation;

/// <summary>Sees all that the product lets be seen: every metric with its tags, every span, every log.</summary>
internal sealed class Onlooker : ILoggerProvider
{
    private readonly MeterListener meters = new();
    private readonly ActivityListener spans = new()
    {
        ShouldListenTo = source => source.Name.StartsWith("JikoXpress", StringComparison.Ordinal)
            || source.Name is "Microsoft.AspNetCore" or "System.Net.Http" or "Microsoft.Orleans.Application",
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public Onlooker()
    {
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("JikoXpress", StringComparison.Ordinal))
                listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.Start();
        spans.ActivityStopped = Spans.Enqueue;
        ActivitySource.AddActivityListener(spans);
    }

    public ConcurrentQueue<Measurement> Measurements { get; } = [];

    public ConcurrentQueue<Activity> Spans { get; } = [];

    public ConcurrentQueue<string> Logs { get; } = [];

    /// <summary>All of it as text.</summary>
    public IReadOnlyList<string> Everything =>
    [
        .. Measurements.Select(measurement => measurement.ToString()),
        .. Spans.Where(IsTheProducts).Select(Text),
        .. Logs,
    ];

    public ILogger CreateLogger(string categoryName) => new Ear(categoryName, Logs);

    public void Dispose()
    {
        meters.Dispose();
        spans.Dispose();
    }

    /// <summary>In this process guests and the aggregator call too, and their calls are their own affair.</summary>
    private bool IsTheProducts(Activity span) => span.Source.Name is not "System.Net.Http"
        || Spans.Any(other => other.SpanId == span.ParentSpanId && other.Source.Name is "JikoXpress.Payments");

    private static string Text(Activity span) =>
        $"{span.Source.Name} {span.DisplayName} {span.OperationName} {span.StatusDescription} "
        + string.Join(' ', span.TagObjects) + string.Join(' ', span.Baggage)
        + string.Join(' ', span.Events.SelectMany(happened => happened.Tags));

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        Measurements.Enqueue(new Measurement(instrument.Name, value, string.Join(' ', tags.ToArray())));

    internal sealed record Measurement(string Name, double Value, string Tags);

    private sealed class Ear(string category, ConcurrentQueue<string> logs) : ILogger
    {
        /// <summary>Scopes hold the path of the request, and the product's console leaves them out.</summary>
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> named ? string.Join(' ', named) : "";
            logs.Enqueue($"{category} {formatter(state, exception)} {values} {exception}");
        }
    }
}
