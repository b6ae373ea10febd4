using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Webhooks.Tests;

/// <summary>A merchant's server on this machine, which answers as a test wants.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication web;

    private Receiver(WebApplication web) => this.web = web;

    /// <summary>What it answers; 200 at first.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>What has come, in the order in which it came.</summary>
    public ConcurrentQueue<Received> All { get; } = [];

    public Uri Address => new(web.Urls.Single());

    public static async Task<Receiver> Open()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build());
        receiver.web.Run(receiver.Take);
        await receiver.web.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await web.DisposeAsync();

    private async Task Take(HttpContext http)
    {
        using var body = new StreamReader(http.Request.Body, Encoding.UTF8);
        All.Enqueue(new Received(
            http.Request.Path,
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()),
            await body.ReadToEndAsync()));
        await Answer(http);
    }
}

/// <summary>A webhook as it came.</summary>
public sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Id => Headers["webhook-id"];
}
