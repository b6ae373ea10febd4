using JikoXpress.Grains;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres;
using JikoXpress.Postgres.Catalogue;
using JikoXpress.Postgres.Cluster;
using JikoXpress.Silo.Storage;
using JikoXpress.Silo.Trust;
using JikoXpress.Silo.Wire;
using JikoXpress.WebApi.Hosting;
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

/// <summary>Adds a silo, or a client of silos, to an application.</summary>
internal static class Registration
{
    /// <summary>The name by which Orleans knows the database driver.</summary>
    private const string Invariant = "Npgsql";

    /// <summary>Part of the key of stored grain state. Every cluster on one database uses the same value.</summary>
    private const string ServiceId = "jiko";

    /// <summary>
    /// Response timeout of a grain call. The grain may still carry out the call afterwards. If the silo is known to be
    /// lost, LostSilos ends the call sooner.
    /// </summary>
    private static readonly TimeSpan LongestAnswer = CallerPatience.Longest;

    /// <summary>
    /// How many grains a silo remembers the place of, the last ones it called. Each session ever opened would be
    /// remembered until a million are, long after it has left memory: they were nine tenths of the heap, and the
    /// collector paused for them. A grain that is not remembered is looked up in the directory.
    /// </summary>
    private const int KnownPlaces = 10_000;

    /// <summary>Makes this process a silo of the cluster: grains run here.</summary>
    public static void AddSilo(this IHostApplicationBuilder builder, string postgres, ClusterSettings settings)
    {
        builder.Services.AddJikoCluster(postgres);
        builder.Services.AddLease(postgres);
        builder.UseOrleans(silo =>
        {
            silo.UsePods(settings);
            // The first sees the bytes as they come from the network.
            silo.Configure<SiloConnectionOptions>(EndAfterHang);
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
        builder.Services.AddHealthChecks().AddCheck<SiloHealth>("cluster");
    }

    /// <summary>Makes this process a client of the cluster: its grain calls go to the silos.</summary>
    public static void AddClusterClient(this IHostApplicationBuilder builder, string postgres, ClusterSettings settings)
    {
        builder.Services.AddJikoCluster(postgres);
        builder.UseOrleansClient(client =>
        {
            builder.Logging.QuietOrleans();
            client.Configure<ClientConnectionOptions>(
                options => options.ConfigureConnection(connections => connections.EndAfterHang()));
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
        builder.Services.AddHealthChecks().AddCheck<ClientHealth>("cluster");
    }

    /// <summary>Sets up how grain calls are serialized, where grain state is stored, and the reminders.</summary>
    public static void AddJikoGrains(this ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(Liveness.Watch);
        silo.Configure<GrainVersioningOptions>(Upgrade);
        silo.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = KnownPlaces);
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
        /// <summary>Each span costs a command time, so they are made only where a collector is configured.</summary>
        private bool ExportsTelemetry => configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };
    }

    /// <summary>Hides the dashboard's log view: its logs go where all other logs go.</summary>
    private static void WithoutLogs(DashboardOptions dashboard) => dashboard.HideTrace = true;

    /// <summary>A front end that starts before the first silo waits for it.</summary>
    private static async Task<bool> TryAgain(Exception failure, CancellationToken stopping)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), stopping);
        return true;
    }

    /// <summary>
    /// Errors of the storage provider are thrown to the grain, which separates refusals from faults, or to the caller.
    /// Those log them, so Orleans does not.
    /// </summary>
    private static void QuietOrleans(this ILoggingBuilder logging) => logging
        .AddFilter("Orleans", LogLevel.Warning)
        .AddFilter("Orleans.Storage.AdoNetGrainStorage", LogLevel.None)
        .WithoutChatter();

    /// <summary>
    /// Cancellation by the caller only stops a command that has not begun. A command that has begun runs to its end and
    /// is answered.
    /// </summary>
    private static void Answer(MessagingOptions messaging) =>
        (messaging.ResponseTimeout, messaging.WaitForCancellationAcknowledgement) = (LongestAnswer, true);

    private static void EndAfterHang(SiloConnectionOptions options)
    {
        options.ConfigureSiloInboundConnection(connections => connections.EndAfterHang());
        options.ConfigureSiloOutboundConnection(connections => connections.EndAfterHang());
        options.ConfigureGatewayInboundConnection(connections => connections.EndAfterHang());
    }

    /// <summary>Grain versions in a rolling upgrade; see ContractVersion and docs/cluster.md.</summary>
    private static void Upgrade(GrainVersioningOptions versions) =>
        (versions.DefaultCompatibilityStrategy, versions.DefaultVersionSelectorStrategy) =
        (nameof(BackwardCompatible), nameof(AllCompatibleVersions));

    /// <summary>Wraps a service that is already registered.</summary>
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
