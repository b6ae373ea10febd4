using JikoXpress.Grains;
using JikoXpress.Payments;
using JikoXpress.Postgres;
using JikoXpress.Webhooks;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace JikoXpress.WebApi.Hosting;

/// <summary>
/// Sends metrics and traces to the collector that OpenTelemetry's usual variables name. Where they name none nothing
/// listens, and nothing is measured.
/// </summary>
internal static class Telemetry
{
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Layers =
        [CheckoutMetrics.Name, PaymentMetrics.Name, StoreMetrics.Name, WebhookMetrics.Name, WebMetrics.Name];

    private static readonly string[] Platform =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql"];

    /// <summary>What the members of a cluster say of themselves.</summary>
    private static readonly string[] Cluster =
    [
        "Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Lifecycle",
        "Microsoft.Orleans.Storage",
    ];

    /// <exception cref="InvalidOperationException">The collector's endpoint or protocol is none.</exception>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        if (settings[Collector] is not { Length: > 0 } address) return;
        if (!Uri.TryCreate(address, UriKind.Absolute, out _))
            throw new InvalidOperationException(
                $"{Collector} must be an address, such as http://collector:4318; it is {address}.");

        var protocol = settings["OTEL_EXPORTER_OTLP_PROTOCOL"] switch
        {
            null or "" or "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
            "grpc" => OtlpExportProtocol.Grpc,
            var other => throw new InvalidOperationException(
                $"OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf or grpc; it is {other}."),
        };
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(
                settings["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : "jiko"))
            .WithMetrics(metrics => metrics
                .AddMeter([.. Layers, .. Platform, "Microsoft.Orleans"])
                .AddView("orleans-catalog-activations", "jiko.grains.live")
                .AddOtlpExporter(Choose))
            .WithTracing(traces => traces
                .AddSource([.. Layers, .. Cluster, "Microsoft.AspNetCore", "System.Net.Http"])
                .AddOtlpExporter(Choose));

        void Choose(OtlpExporterOptions exporter) => exporter.Protocol = protocol;
    }
}
