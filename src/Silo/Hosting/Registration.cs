using JikoXpress.Grains;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres;
using JikoXpress.Postgres.Catalogue;
using JikoXpress.Postgres.Cluster;
using JikoXpress.Silo.Storage;
using JikoXpress.Silo.Trust;
using JikoXpress.Silo.Wire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Versions.Compatibility;
using Orleans.Versions.Selector;

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
            silo.UsePods(settings);
            silo.UseTrust();
            silo.Configure<ClusterOptions>(cluster => Name(cluster, settings));
            silo.Configure<EndpointOptions>(ends =>
                (ends.AdvertisedIPAddress, ends.SiloPort, ends.GatewayPort) =
                (settings.Address, settings.SiloPort, settings.GatewayPort));
            silo.UseAdoNetClustering((OptionsBuilder<AdoNetClusteringSiloOptions> options) =>
                options.Configure<ClusterDatabase>((clustering, database) =>
                    (clustering.Invariant, clustering.DataSource) = (Invariant, database.Source)));
            silo.Configure<SiloMessagingOptions>(Answer);
            silo.AddJikoGrains();
            if (settings.Dashboard) silo.AddDashboard(WithoutLogs);
        });
        builder.Logging.QuietOrleans();
        builder.Services.AddGrains();
        builder.Services.MakeReady<SiloReadiness>();
    }

    /// <summary>Grains elsewhere: this process asks the cluster's silos.</summary>
    public static void AddClusterClient(this IHostApplicationBuilder builder, string postgres, ClusterSettings settings)
    {
        builder.Services.AddJikoCluster(postgres);
        builder.UseOrleansClient(client =>
        {
            builder.Logging.QuietOrleans();
            client.UseTrust();
            client.Configure<ClusterOptions>(cluster => Name(cluster, settings));
            client.Configure<ClientMessagingOptions>(Answer);
            if (builder.Configuration.ExportsTelemetry) client.AddActivityPropagation();
            client.Services.AddContracts();
            client.AddOutgoingGrainCallFilter<CatalogueNews.Sender>();
            client.WatchSilos();
            if (settings.Dashboard) client.AddDashboard(WithoutLogs);
            client.UseConnectionRetryFilter(TryAgain);
            client.UseAdoNetClustering((OptionsBuilder<AdoNetClusteringClientOptions> options) =>
                options.Configure<ClusterDatabase>((clustering, database) =>
                    (clustering.Invariant, clustering.DataSource) = (Invariant, database.Source)));
        });
        builder.Services.AddGrainClient();
        builder.Services.MakeReady<ClientReadiness>();
    }

    /// <summary>How the grains' calls travel, where their state is kept, and what wakes them.</summary>
    public static void AddJikoGrains(this ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(Liveness.Watch);
        silo.Configure<GrainVersioningOptions>(Upgrade);
        if (silo.Configuration.ExportsTelemetry)
        {
            silo.AddActivityPropagation();
            silo.AddIncomingGrainCallFilter<CommandSpans>();
        }

        silo.Services.AddContracts();
        silo.Services.AddSingleton<GrainCommits>();
        silo.Services.AddSingleton<ICommits>(provider => provider.GetRequiredService<GrainCommits>());
        silo.Services.AddSingleton<IStateReads>(provider => provider.GetRequiredService<GrainCommits>());
        silo.Services.Surround<ICatalogue>((provider, catalogue) =>
            new CatalogueNews.Hearer(catalogue, provider.GetRequiredService<CatalogueChanges>()));
        silo.AddAdoNetGrainStorage(GrainCommits.Provider, (OptionsBuilder<AdoNetGrainStorageOptions> options) =>
            options.Configure<ClusterDatabase>((storage, database) =>
            {
                (storage.Invariant, storage.DataSource) = (Invariant, database.Source);
                storage.GrainStorageSerializer = new GrainDocumentSerializer();
            }));
        silo.UseAdoNetReminderService((OptionsBuilder<AdoNetReminderTableOptions> options) =>
            options.Configure<ClusterDatabase>((reminders, database) =>
                (reminders.Invariant, reminders.DataSource) = (Invariant, database.Source)));
    }

    extension(IConfiguration configuration)
    {
        /// <summary>Spans cost every command something: nobody makes any where nobody collects them.</summary>
        private bool ExportsTelemetry => configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };
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

    /// <summary>
    /// A command that has begun is finished, and answered: whoever loses patience is told only of one that has not.
    /// </summary>
    private static void Answer(MessagingOptions messaging) =>
        (messaging.ResponseTimeout, messaging.WaitForCancellationAcknowledgement) = (LongestAnswer, true);

    /// <summary>During a rolling upgrade: ContractVersion and docs/cluster.md say what that asks of whom.</summary>
    private static void Upgrade(GrainVersioningOptions versions) =>
        (versions.DefaultCompatibilityStrategy, versions.DefaultVersionSelectorStrategy) =
        (nameof(BackwardCompatible), nameof(AllCompatibleVersions));

    private static void MakeReady<TReadiness>(this IServiceCollection services) where TReadiness : class, IReadiness =>
        services.Surround<IReadiness>(
            (provider, store) => ActivatorUtilities.CreateInstance<TReadiness>(provider, store));

    /// <summary>Puts something of ours around a service that is registered already.</summary>
    private static void Surround<TService>(
        this IServiceCollection services, Func<IServiceProvider, TService, TService> around) where TService : class
    {
        var usual = services.Last(service => service.ServiceType == typeof(TService));
        services.AddSingleton(provider => around(provider, (TService)(
            usual.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, usual.ImplementationType!))));
    }

    private static void Name(ClusterOptions cluster, ClusterSettings settings) =>
        (cluster.ClusterId, cluster.ServiceId) = (settings.ClusterId, ServiceId);
}
