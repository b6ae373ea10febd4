using JikoXpress.Postgres.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace JikoXpress.Silo.Hosting;

/// <summary>How silos and front ends detect lost silos; docs/cluster.md explains each time.</summary>
internal static class Liveness
{
    /// <summary>How silos watch each other.</summary>
    public static void Watch(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(1);
        membership.NumMissedProbesLimit = 3;
        // A silo that hangs with open connections is declared dead after three times this plus three probes' time.
        membership.MaxProbeTimeout = TimeSpan.FromSeconds(2);
        // When a member's row is older than three times this, other silos no longer wait for that member.
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2);
        // A silo that was declared dead while it hung learns of it at the next refresh.
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
    }

    /// <summary>
    /// Before the silo starts: takes its lease, and declares dead the members that have none. Once it is declared dead
    /// itself, the database refuses its commits.
    /// </summary>
    public static void AddLease(this IServiceCollection services, string postgres)
    {
        services.AddSingleton(all => MemberOf(
            all.GetRequiredService<ILocalSiloDetails>(), all.GetRequiredService<IOptions<ClusterOptions>>().Value));
        services.AddSingleton(_ => new MemberLeases(postgres));
        services.AddSingleton<Turns>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(all => all.GetRequiredService<Turns>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, MemberNews>();
        services.AddHostedService<SiloLease>();
    }

    private static CommittingMember MemberOf(ILocalSiloDetails silo, ClusterOptions cluster) => new(
        cluster.ClusterId, silo.SiloAddress.Endpoint.Address, silo.SiloAddress.Endpoint.Port,
        silo.SiloAddress.Generation);

    /// <summary>How a front end learns which silos exist, and what it does when one is lost.</summary>
    public static void WatchSilos(this IClientBuilder client)
    {
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
        client.Services.AddSingleton<LostSilos>();
        client.Services.AddSingleton<IClusterConnectionStatusObserver>(all => all.GetRequiredService<LostSilos>());
        client.Services.AddSingleton<IOutgoingGrainCallFilter>(all => all.GetRequiredService<LostSilos>());
    }
}
