using JikoXpress.Grains;
using JikoXpress.Payments;
using JikoXpress.Postgres;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace JikoXpress.WebApi.Hosting;

/// <summary>
/// Sends metrics and traces to a collector, for as long as the host lives. Where there is no collector nothing listens,
/// and nothing is measured.
/// </summary>
internal sealed class Telemetry(TelemetryOptions options) : IHostedService, IDisposable
{
    private static readonly string[] Layers =
        [CheckoutMetrics.Name, PaymentMetrics.Name, StoreMetrics.Name, WebMetrics.Name];

    private static readonly string[] Platform =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql"];

    /// <summary>What the members of a cluster say of themselves.</summary>
    private static readonly string[] Cluster =
    [
        "Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Lifecycle",
        "Microsoft.Orleans.Storage",
    ];

    private MeterProvider? metrics;
    private TracerProvider? traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var resource = ResourceBuilder.CreateDefault().AddService(options.ServiceName);
        metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter([.. Layers, .. Platform, "Microsoft.Orleans"])
            .AddView("orleans-catalog-activations", "jiko.grains.live")
            .AddOtlpExporter(exporter => Set(exporter, "v1/metrics"))
            .Build();
        traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource([.. Layers, .. Cluster, "Microsoft.AspNetCore", "System.Net.Http"])
            .AddOtlpExporter(exporter => Set(exporter, "v1/traces"))
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>What has been measured until now is sent before the host ends.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        metrics?.Dispose();
        traces?.Dispose();
    }

    private void Set(OtlpExporterOptions exporter, string path)
    {
        exporter.Protocol = options.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = options.Grpc ? options.Endpoint : new Uri(options.Endpoint, path);
        if (options.Headers is { } headers) exporter.Headers = headers;
    }
}

/// <summary>The usual variables of OpenTelemetry; its own library reads the others from the environment.</summary>
/// <param name="Endpoint">OTEL_EXPORTER_OTLP_ENDPOINT: the collector; without it nothing is sent.</param>
/// <param name="Grpc">OTEL_EXPORTER_OTLP_PROTOCOL is grpc; else it is HTTP with protobuf.</param>
/// <param name="Headers">OTEL_EXPORTER_OTLP_HEADERS, as in name=value,name=value.</param>
/// <param name="ServiceName">OTEL_SERVICE_NAME, by default jiko.</param>
internal sealed record TelemetryOptions(Uri Endpoint, bool Grpc, string? Headers, string ServiceName)
{
    /// <exception cref="InvalidOperationException">The endpoint is no address.</exception>
    public static TelemetryOptions? From(IConfiguration configuration)
    {
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 } address) return null;
        if (!Uri.TryCreate(address.TrimEnd('/') + '/', UriKind.Absolute, out var endpoint))
            throw new InvalidOperationException("OTEL_EXPORTER_OTLP_ENDPOINT is no address.");
        return new TelemetryOptions(
            endpoint,
            configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] is "grpc",
            configuration["OTEL_EXPORTER_OTLP_HEADERS"],
            configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : "jiko");
    }
}
