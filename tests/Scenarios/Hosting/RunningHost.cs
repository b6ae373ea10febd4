using System.Collections.Concurrent;
using JikoXpress.Grains;
using JikoXpress.Payments;
using JikoXpress.Silo.Hosting;
using JikoXpress.WebApi.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;

namespace JikoXpress.Scenarios.Hosting;

/// <summary>
/// The product as it is run in a cluster: a web front end and, behind the first one on a database, two silos.
/// </summary>
public sealed class RunningHost : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly SharedCluster cluster;

    private RunningHost(WebApplication web, SharedCluster cluster, ConcurrentQueue<string> faults)
    {
        this.web = web;
        this.cluster = cluster;
        Address = new Uri(web.Urls.Single());
        Http = new HttpClient(new FaultRecorder(faults)) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => web.Services;

    /// <summary>The silos behind it.</summary>
    internal InProcessTestCluster Silos => cluster.Silos;

    public static async Task<RunningHost> Start(
        string postgres, TimeProvider clock, ConcurrentQueue<string> faults, Action<WebApplicationBuilder>? adjust = null)
    {
        var configuration = new List<KeyValuePair<string, string?>>();
        var services = new List<ServiceDescriptor>();
        // Front end and silos are set up alike: what the one is told, the others are.
        void Set(WebApplicationBuilder builder)
        {
            builder.Configuration.AddInMemoryCollection(
                [new("JIKO_POSTGRES", postgres), new("JIKO_RATE_TOKEN", "100000/100000")]);
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton(clock);
            builder.Logging.ClearProviders();
            var usual = builder.Services.Count;
            adjust?.Invoke(builder);
            configuration.AddRange(builder.Configuration.AsEnumerable());
            services.AddRange(builder.Services.Skip(usual));
        }

        var settings = WebApplication.CreateSlimBuilder();
        Set(settings);
        var cluster = await SharedCluster.Join(
            postgres, () => TestClusters.Start([.. configuration], [.. services], clock));
        var web = JikoXpressWeb.Build(
            [],
            (builder, _) =>
            {
                builder.Services.AddSingleton<IGrainFactory>(cluster.Silos.Client);
                builder.Services.AddGrainClient();
            },
            Set);
        web.SendCatalogueNews();
        await web.StartAsync();
        return new RunningHost(web, cluster, faults);
    }

    /// <summary>Ends what is due at the clock's time, and returns when it has ended.</summary>
    public Task Sweep() =>
        Silos.Silos[0].ServiceProvider.GetRequiredService<DeadlineSweep>().Sweep(CancellationToken.None);

    /// <summary>Does the payments' work that is due, to its end; whether there was any.</summary>
    public async Task<bool> Rounds()
    {
        var wasBusy = false;
        foreach (var process in (IServiceProvider[])[Services, .. Silos.Silos.Select(silo => silo.ServiceProvider)])
        {
            wasBusy |= await process.GetRequiredService<PaymentRounds>().Run();
            wasBusy |= await process.GetRequiredService<SettledRefundRounds>().Run();
            wasBusy |= await process.GetRequiredService<UnclaimedMoneyRounds>().Run();
            wasBusy |= await process.GetRequiredService<ReconciliationRounds>().Run();
            wasBusy |= await process.GetRequiredService<SubscriptionRounds>().Run();
            wasBusy |= await process.GetRequiredService<ForgedWebhookCounts>().Write() > 0;
        }

        return wasBusy;
    }

    /// <summary>Ends as the product does when it is asked to: with what has been begun finished.</summary>
    public Task Stop() => web.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await web.DisposeAsync();
        await cluster.DisposeAsync();
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
