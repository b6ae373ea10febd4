using JikoXpress.Grains;
using JikoXpress.Postgres;
using JikoXpress.Silo.Hosting;
using JikoXpress.Silo.Wire;
using JikoXpress.Testing;
using JikoXpress.WebApi.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.TestingHost;

namespace JikoXpress.Scenarios.Hosting;

/// <summary>Two silos on a database, with the test's clock in the grains and the machine's in what keeps them up.</summary>
internal static class TestClusters
{
    public static async Task<InProcessTestCluster> Start(
        IReadOnlyList<KeyValuePair<string, string?>> configuration, IReadOnlyList<ServiceDescriptor> services,
        TimeProvider clock)
    {
        var cluster = new InProcessTestClusterBuilder(2);
        cluster.Options.ConfigureFileLogging = false;
        cluster.ConfigureSiloHost((_, host) =>
        {
            host.Configuration.AddInMemoryCollection(configuration);
            host.Services.AddSingleton(clock);
            foreach (var area in MachineTime.Areas) host.Services.AddKeyedSingleton(area, TimeProvider.System);
            foreach (var service in services) host.Services.Add(service);
            host.AddEngine(options =>
            {
                host.Services.AddJikoCluster(options.Postgres);
                host.UseOrleans(silo => silo.AddJikoGrains());
                host.Services.AddGrains();
            });
        });
        cluster.ConfigureClient(client =>
        {
            client.Services.AddContracts();
            if (configuration.Any(setting => setting.Key is "OTEL_EXPORTER_OTLP_ENDPOINT" && setting.Value is not null))
                client.AddActivityPropagation();
        });
        var started = cluster.Build();
        await started.DeployAsync();
        return started;
    }
}
