using System.Collections.Concurrent;
using System.Text;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Scenarios.Operation;

/// <summary>A collector as OpenTelemetry's protocol knows it, and what it gets from the product.</summary>
public sealed class Exporting : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Path, string Body)> received = [];
    private WebApplication? collector;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        collector = builder.Build();
        collector.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            received.Enqueue((http.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
            http.Response.StatusCode = StatusCodes.Status200OK;
        });
        await collector.StartAsync();
    }

    public async ValueTask DisposeAsync() => await collector!.DisposeAsync();

    [Fact]
    public async Task Metrics_and_traces_reach_the_collector_at_the_latest_when_the_host_ends()
    {
        var restaurant = new Restaurant { Adjust = Send(collector!.Urls.Single()) };
        await restaurant.InitializeAsync();
        try
        {
            var kitchen = restaurant.Kitchen;
            await kitchen.Cashier.Post("/checkout-sessions", $$"""
                {
                  "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP", "tag": "John",
                  "items": [{ "menuId": "{{kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }],
                  "payments": [{ "paymentMethod": "CASH", "amount": 5000 }]
                }
                """).Is(201);
        }
        finally
        {
            await restaurant.Host.Stop();
            await restaurant.DisposeAsync();
        }

        Assert.Equal(["/v1/metrics", "/v1/traces"], received.Select(sent => sent.Path).Distinct().Order());
        foreach (var name in new[] { "jiko.checkout.sessions", "jiko.commit.batch.size", "http.server.request.duration" })
            Assert.Contains(received, sent => sent.Path is "/v1/metrics" && sent.Body.Contains(name, StringComparison.Ordinal));
        foreach (var name in new[] { "POST /api/v1/checkout-sessions", "CheckoutSession.Open", "commit batch", "till-cluster" })
            Assert.Contains(received, sent => sent.Path is "/v1/traces" && sent.Body.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_collector_nothing_is_sent_anywhere()
    {
        var restaurant = new Restaurant();
        await restaurant.InitializeAsync();
        await restaurant.Kitchen.Cashier.Get("/checkout-sessions").Is(200);
        await restaurant.DisposeAsync();

        Assert.Empty(received);
    }

    private static Action<WebApplicationBuilder> Send(string address) => builder =>
        builder.Configuration.AddInMemoryCollection(
            [new("OTEL_EXPORTER_OTLP_ENDPOINT", address), new("OTEL_SERVICE_NAME", "till-cluster")]);
}
