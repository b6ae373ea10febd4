using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Chaos.Proxy;

/// <summary>
/// Stands between the aggregator and the hosts, and does to its webhooks what networks and queues do: sends them twice,
/// in another order, late, or never. What it sends it sends until somebody has taken it.
/// </summary>
internal sealed class WebhookGate : IAsyncDisposable
{
    private static readonly TimeSpan BeforeTryingAgain = TimeSpan.FromMilliseconds(300);

    private readonly WebApplication web;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly Dice dice;
    private readonly ConcurrentQueue<TaskCompletionSource> overtaken = [];
    private readonly ConcurrentDictionary<string, byte> taken = [];
    private IReadOnlyList<Uri> hosts = [];
    private int underway;

    private WebhookGate(WebApplication web, Dice dice) => (this.web, this.dice) = (web, dice);

    public Uri Address => new(web.Urls.Single());

    public GateTally Tally { get; } = new();

    /// <summary>Webhooks may be lost for good; not those that nobody would ask about any more.</summary>
    public bool MayDrop { get; set; } = true;

    /// <summary>Events that the product has answered with 2xx.</summary>
    public IReadOnlySet<string> Taken => taken.Keys.ToHashSet();

    public bool IsQuiet => Volatile.Read(ref underway) == 0;

    public static async Task<WebhookGate> Open(int port, Dice dice)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var web = builder.Build();
        web.Urls.Add($"http://127.0.0.1:{port}");
        var gate = new WebhookGate(web, dice);
        web.MapPost("/{**path}", gate.Receive);
        await web.StartAsync();
        return gate;
    }

    public void LeadTo(IReadOnlyList<Uri> addresses) => hosts = addresses;

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        http.Dispose();
    }

    private async Task Receive(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var item = new Held(
            context.Request.Path.Value ?? "/", body.ToArray(),
            [.. context.Request.Headers
                .Where(header => header.Key.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase))
                .Select(header => (header.Key, header.Value.ToString()))]);
        if (overtaken.TryDequeue(out var slower)) slower.TrySetResult();
        Decide(item);
    }

    private void Decide(Held item)
    {
        switch (dice.Below(100))
        {
            case < 20:
                GateTally.Count(ref Tally.Duplicated);
                _ = Send(item, Task.CompletedTask);
                _ = Send(item, Task.CompletedTask);
                _ = Send(item, Task.Delay(dice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(2))));
                break;
            case < 35:
                GateTally.Count(ref Tally.Reordered);
                var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                overtaken.Enqueue(next);
                _ = Send(item, Task.WhenAny(next.Task, Task.Delay(TimeSpan.FromSeconds(3))));
                break;
            case < 50:
                GateTally.Count(ref Tally.Late);
                _ = Send(item, Task.Delay(dice.Between(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8))));
                break;
            case < 58 when MayDrop:
                GateTally.Count(ref Tally.Dropped);
                break;
            default:
                _ = Send(item, Task.CompletedTask);
                break;
        }
    }

    private async Task Send(Held item, Task after)
    {
        Interlocked.Increment(ref underway);
        await after;
        while (!await IsTaken(item)) await Task.Delay(BeforeTryingAgain);
        Interlocked.Decrement(ref underway);
    }

    /// <summary>True when a host has answered, with yes or with no.</summary>
    private async Task<bool> IsTaken(Held item)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(dice.Of(hosts), item.Path));
        request.Content = new ByteArrayContent(item.Body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in item.Headers) request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var response = await http.SendAsync(request);
            if (response.IsSuccessStatusCode && item.EventId is { } id && taken.TryAdd(id, 0))
                GateTally.Count(ref Tally.Delivered);
            return (int)response.StatusCode < 500;
        }
        catch (Exception silence) when (silence
            is HttpRequestException or SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    private sealed record Held(string Path, byte[] Body, IReadOnlyList<(string Name, string Value)> Headers)
    {
        public string? EventId => Headers
            .FirstOrDefault(header => header.Name.Equals("webhook-id", StringComparison.OrdinalIgnoreCase)).Value;
    }
}

/// <summary>What the gate did to webhooks.</summary>
internal sealed class GateTally
{
    public int Delivered;
    public int Duplicated;
    public int Reordered;
    public int Late;
    public int Dropped;

    public static void Count(ref int what) => Interlocked.Increment(ref what);
}
