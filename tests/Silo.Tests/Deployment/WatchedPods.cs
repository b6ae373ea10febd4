using System.Collections.Concurrent;
using System.Net;
using JikoXpress.Silo.Tests.Hosting;
using JikoXpress.Testing;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting.Kubernetes;

namespace JikoXpress.Silo.Tests.Deployment;

/// <summary>A silo in a pod, and what it asks of Kubernetes, whose part a server of the test plays.</summary>
public sealed class WatchedPods(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Pod = "silo-7d9f-x2k4b";
    private const string Space = "jikoxpress";

    /// <summary>What a silo does with pods.</summary>
    internal static readonly string[] Verbs = ["get", "list", "watch"];

    /// <summary>By what it knows them.</summary>
    internal static readonly Dictionary<string, string> Labels =
        new() { ["orleans/serviceId"] = "jiko", ["orleans/clusterId"] = "jiko" };

    [Fact]
    public async Task A_silo_is_called_like_its_pod_and_only_looks()
    {
        await using var kubernetes = new FakeKubernetes();
        await kubernetes.Start();
        // Nobody else in this process reads them.
        Environment.SetEnvironmentVariable(KubernetesHostingOptions.PodNamespaceEnvironmentVariable, Space);
        Environment.SetEnvironmentVariable(KubernetesHostingOptions.PodNameEnvironmentVariable, Pod);
        await using var silo = await Member.Start(
            "silo",
            [new("JIKO_POSTGRES", database.ConnectionString), new("JIKO_KUBERNETES", "true")],
            builder => builder.Services.Configure<KubernetesHostingOptions>(pods =>
                pods.GetClientConfiguration = () => new KubernetesClientConfiguration { Host = kubernetes.Address }));

        Assert.Equal(Pod, await database.Ask<string>("SELECT name FROM jiko_cluster.silo WHERE status = 3"));
        var ends = silo.Services.GetRequiredService<IOptions<EndpointOptions>>().Value;
        Assert.Equal(IPAddress.Loopback, ends.SiloListeningEndpoint?.Address);
        Assert.Equal(IPAddress.Loopback, ends.GatewayListeningEndpoint?.Address);
        await kubernetes.Watched.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(Verbs, kubernetes.Asked.Distinct().Order());
        await silo.StopAsync();
    }

    /// <summary>Knows one pod.</summary>
    private sealed class FakeKubernetes : IAsyncDisposable
    {
        private readonly TaskCompletionSource watched = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly WebApplication web;

        public FakeKubernetes()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            web = builder.Build();
            web.Run(Answer);
        }

        public ConcurrentQueue<string> Asked { get; } = [];

        public Task Watched => watched.Task;

        public string Address => web.Urls.Single();

        public Task Start() => web.StartAsync();

        public ValueTask DisposeAsync() => web.DisposeAsync();

        private async Task Answer(HttpContext http)
        {
            var list = $"/api/v1/namespaces/{Space}/pods";
            var pod = new V1Pod
            {
                ApiVersion = "v1",
                Kind = "Pod",
                Metadata = new V1ObjectMeta { Name = Pod, NamespaceProperty = Space, Labels = Labels },
            };
            switch (http.Request.Method, http.Request.Path.Value)
            {
                case ("GET", var path) when path == $"{list}/{Pod}":
                    Asked.Enqueue("get");
                    await http.Response.WriteAsync(KubernetesJson.Serialize(pod));
                    break;
                case ("GET", var path) when path == list && http.Request.Query["watch"] == "true":
                    Asked.Enqueue("watch");
                    watched.TrySetResult();
                    await http.Response.Body.FlushAsync();
                    await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted)
                        .ContinueWith(_ => { }, TaskScheduler.Default);
                    break;
                case ("GET", var path) when path == list:
                    Asked.Enqueue(http.Request.Query["labelSelector"] == Selector ? "list" : "list of others");
                    await http.Response.WriteAsync(KubernetesJson.Serialize(
                        new V1PodList { ApiVersion = "v1", Kind = "PodList", Items = [pod] }));
                    break;
                default:
                    Asked.Enqueue($"{http.Request.Method} {http.Request.Path}");
                    http.Response.StatusCode = 403;
                    break;
            }
        }

        private static string Selector => string.Join(',', Labels.Select(label => $"{label.Key}={label.Value}"));
    }
}
