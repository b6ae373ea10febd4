using System.Collections.Concurrent;
using JikoXpress.InProcess;
using JikoXpress.Payments;
using JikoXpress.WebApi.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Scenarios.Hosting;

/// <summary>The product as it is run, on a free port of this machine, with a clock that the test moves.</summary>
public sealed class RunningHost : IAsyncDisposable
{
    private readonly WebApplication web;

    private RunningHost(WebApplication web, ConcurrentQueue<string> faults)
    {
        this.web = web;
        Address = new Uri(web.Urls.Single());
        Http = new HttpClient(new FaultRecorder(faults)) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => web.Services;

    public static async Task<RunningHost> Start(
        string postgres, TimeProvider clock, ConcurrentQueue<string> faults, Action<WebApplicationBuilder>? adjust = null)
    {
        var web = JikoXpressWeb.Build([], builder =>
        {
            // One till stands for a hundred buyers, who come faster than a till's people ever could.
            builder.Configuration.AddInMemoryCollection(
                [new("JIKO_POSTGRES", postgres), new("JIKO_RATE_TOKEN", "100000/100000")]);
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton(clock);
            builder.Logging.ClearProviders();
            adjust?.Invoke(builder);
        });
        await web.StartAsync();
        return new RunningHost(web, faults);
    }

    /// <summary>Ends what is due at the clock's time, and returns when it has ended.</summary>
    public Task Sweep() => Services.GetRequiredService<DeadlineSweep>().Sweep(CancellationToken.None);

    /// <summary>Does the payments' work that is due, to its end; whether there was any.</summary>
    public Task<bool> Rounds() => Services.GetRequiredService<PaymentRounds>().Run();

    /// <summary>Hears what other hosts have changed, without waiting for the second to pass.</summary>
    public Task HearOthers() => Services.GetRequiredService<MemoryCheck>().Check(CancellationToken.None);

    /// <summary>Ends as the product does when it is asked to: with what has been begun finished.</summary>
    public Task Stop() => web.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await web.DisposeAsync();
    }

    /// <summary>Remembers every answer that blames the server: there must be none, whatever was asked.</summary>
    private sealed class FaultRecorder(ConcurrentQueue<string> faults) : DelegatingHandler(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode >= 500)
            {
                var body = await response.Content.ReadAsStringAsync(cancellationToken);
                faults.Enqueue($"{request.Method} {request.RequestUri}: {(int)response.StatusCode} {body}");
            }

            return response;
        }
    }
}
