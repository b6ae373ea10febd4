using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.InProcess;
using JikoXpress.Postgres;
using JikoXpress.Postgres.Cluster;
using JikoXpress.Silo.Grains;
using JikoXpress.Silo.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace JikoXpress.Silo.Hosting;

/// <summary>Puts a silo, or a client of silos, into a host.</summary>
internal static class Registration
{
    /// <summary>Orleans' name for the driver.</summary>
    private const string Invariant = "Npgsql";

    /// <summary>Names the rows: every cluster on a database works on the same.</summary>
    private const string ServiceId = "jiko";

    /// <summary>
    /// A call that takes longer is given up; it may be carried out all the same. Where the silo is known to be lost,
    /// LostSilos gives it up sooner.
    /// </summary>
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    /// <summary>Grains in this process, which is a silo of the cluster.</summary>
    public static void AddSilo(this IHostApplicationBuilder builder, string postgres, ClusterSettings settings)
    {
        builder.Services.AddJikoCluster(postgres);
        builder.Services.AddLease(postgres);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(cluster => Name(cluster, settings));
            silo.Configure<EndpointOptions>(ends =>
                (ends.AdvertisedIPAddress, ends.SiloPort, ends.GatewayPort) =
                (settings.Address, settings.SiloPort, settings.GatewayPort));
            silo.UseAdoNetClustering((OptionsBuilder<AdoNetClusteringSiloOptions> options) =>
                options.Configure<ClusterDatabase>((clustering, database) =>
                    (clustering.Invariant, clustering.DataSource) = (Invariant, database.Source)));
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = LongestAnswer);
            silo.AddActivityPropagation();
            silo.AddOutgoingGrainCallFilter<LostCalls>();
            silo.AddGrains();
            if (settings.Dashboard) silo.AddDashboard(WithoutLogs);
        });
        builder.Logging.QuietOrleans();
        builder.Services.AddGrainDoors();
        builder.Services.MakeReady<SiloReadiness>();
    }

    /// <summary>Grains elsewhere: this process asks the cluster's silos.</summary>
    public static void AddClusterClient(this IHostApplicationBuilder builder, string postgres, ClusterSettings settings)
    {
        builder.Services.AddJikoCluster(postgres);
        builder.UseOrleansClient(client =>
        {
            builder.Logging.QuietOrleans();
            client.Configure<ClusterOptions>(cluster => Name(cluster, settings));
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = LongestAnswer);
            client.AddActivityPropagation();
            client.AddOutgoingGrainCallFilter<LostCalls>();
            client.WatchSilos();
            if (settings.Dashboard) client.AddDashboard(WithoutLogs);
            client.UseConnectionRetryFilter(TryAgain);
            client.UseAdoNetClustering((OptionsBuilder<AdoNetClusteringClientOptions> options) =>
                options.Configure<ClusterDatabase>((clustering, database) =>
                    (clustering.Invariant, clustering.DataSource) = (Invariant, database.Source)));
        });
        builder.Services.AddGrainDoors();
        builder.Services.MakeReady<ClientReadiness>();
    }

    /// <summary>The way to the grains, and what starts after the silo because it uses them.</summary>
    public static void AddGrainDoors(this IServiceCollection services)
    {
        services.AddContracts();
        services.AddSingleton<IGrains, OrleansGrains>();
        services.AddGrainServices();
    }

    /// <summary>The grains, where they are kept, and what wakes them.</summary>
    public static void AddGrains(this ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(Liveness.Watch);
        silo.Services.AddSingleton<GrainHost>();
        silo.AddIncomingGrainCallFilter<DatabaseFaults>();
        silo.Services.AddSingleton<IIncomingGrainCallFilter, HearsOfChanges>();
        silo.AddAdoNetGrainStorage(GrainHost.Provider, (OptionsBuilder<AdoNetGrainStorageOptions> options) =>
            options.Configure<ClusterDatabase>((storage, database) =>
            {
                (storage.Invariant, storage.DataSource) = (Invariant, database.Source);
                storage.GrainStorageSerializer = new GrainDocumentSerializer();
            }));
        silo.UseAdoNetReminderService((OptionsBuilder<AdoNetReminderTableOptions> options) =>
            options.Configure<ClusterDatabase>((reminders, database) =>
                (reminders.Invariant, reminders.DataSource) = (Invariant, database.Source)));
    }

    /// <summary>They go where the other logs go.</summary>
    private static void WithoutLogs(DashboardOptions dashboard) => dashboard.HideTrace = true;

    /// <summary>A front end that starts before the first silo waits for it.</summary>
    private static async Task<bool> TryAgain(Exception failure, CancellationToken stopping)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), stopping);
        return true;
    }

    /// <summary>
    /// What the storage provider fails with comes out to the grain, which knows a refusal from a fault, or to whoever
    /// called: it is written down there.
    /// </summary>
    private static void QuietOrleans(this ILoggingBuilder logging) => logging
        .AddFilter("Orleans", LogLevel.Warning)
        .AddFilter("Orleans.Storage.AdoNetGrainStorage", LogLevel.None)
        .WithoutChatter();

    private static void MakeReady<TReadiness>(this IServiceCollection services) where TReadiness : class, IReadiness
    {
        var store = services.Last(service => service.ServiceType == typeof(IReadiness)).ImplementationType!;
        services.AddSingleton<IReadiness>(provider => ActivatorUtilities.CreateInstance<TReadiness>(
            provider, ActivatorUtilities.CreateInstance(provider, store)));
    }

    private static void Name(ClusterOptions cluster, ClusterSettings settings) =>
        (cluster.ClusterId, cluster.ServiceId) = (settings.ClusterId, ServiceId);
}
