using System.Collections.Concurrent;
using System.Net;
using JikoXpress.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace JikoXpress.Payments.Tests;

/// <summary>The simulator as one aggregator, our adapter for it, and a door for its webhooks.</summary>
internal sealed class Vendor : IAsyncDisposable
{
    private const string Secret = "what-the-product-and-the-simulator-know";

    private readonly WebApplication simulator;
    private readonly WebApplication door;
    private readonly Counting requests;
    private readonly HttpClient http;

    private Vendor(WebApplication simulator, WebApplication door, string aggregator, FakeTimeProvider clock)
    {
        (this.simulator, this.door, Clock) = (simulator, door, clock);
        requests = new Counting { InnerHandler = new SocketsHttpHandler() };
        http = new HttpClient(requests);
        var settings = new SimulatorSettings(new Uri(simulator.Urls.Single()), Secret);
        Adapter = SimulatedAccounts.Of(aggregator, settings)!.Adapter(http, clock);
    }

    public IMobileMoneyAdapter Adapter { get; }

    public FakeTimeProvider Clock { get; }

    public Aggregator Aggregator => simulator.Services.GetRequiredService<Aggregator>();

    /// <summary>What was asked of the aggregator, as method and path.</summary>
    public IReadOnlyList<string> Asked => [.. requests.Asked];

    /// <summary>Requests whose path has this in it are answered with 503; null for none.</summary>
    public string? Refused { set => requests.Refused = value; }

    /// <summary>The body of the last request to this path.</summary>
    public string BodyOf(string path) => requests.Bodies[path];

    public ConcurrentQueue<Webhook> Webhooks => door.Services.GetRequiredService<ConcurrentQueue<Webhook>>();

    public Simulator.Vendors.VendorKeys Keys => simulator.Services.GetRequiredService<Simulator.Vendors.VendorKeys>();

    public Simulator.Vendors.Tokens Tokens => simulator.Services.GetRequiredService<Simulator.Vendors.Tokens>();

    public static async Task<Vendor> Open(string aggregator)
    {
        var clock = Samples.Clock();
        var simulator = SimulatorWeb.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("JIKO_SIMULATOR_SECRET", Secret)]);
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Logging.ClearProviders();
        });
        await simulator.StartAsync();

        var webhooks = new ConcurrentQueue<Webhook>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(webhooks);
        var door = builder.Build();
        door.MapPost("/webhooks/payments/{adapter}/{token}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            webhooks.Enqueue(new Webhook(
                request.Method, request.Host.Value!, request.Path.Value!,
                Webhook.HeadersOf(
                    request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()))),
                body.ToArray()));
        });
        await door.StartAsync();
        simulator.Services.GetRequiredService<Deliveries>().Product = new Uri(door.Urls.Single());
        return new Vendor(simulator, door, aggregator, clock);
    }

    /// <summary>The guests decide, and their aggregator tells of it.</summary>
    public async Task<Webhook> Told()
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Aggregator.CatchUp();
        return Webhooks.Single();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await simulator.DisposeAsync();
        await door.DisposeAsync();
    }

    private sealed class Counting : DelegatingHandler
    {
        public ConcurrentQueue<string> Asked { get; } = [];

        public ConcurrentDictionary<string, string> Bodies { get; } = [];

        public string? Refused { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            Asked.Enqueue($"{request.Method} {path}");
            if (request.Content is { } content) Bodies[path] = await content.ReadAsStringAsync(cancellationToken);
            return Refused is { } part && path.Contains(part, StringComparison.Ordinal)
                ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
                : await base.SendAsync(request, cancellationToken);
        }
    }
}
