using JikoXpress.Postgres.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace JikoXpress.Silo.Hosting;

/// <summary>How silos and front ends find out who is gone; docs/cluster.md says what each time costs.</summary>
internal static class Liveness
{
    /// <summary>How silos watch each other.</summary>
    public static void Watch(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(1);
        membership.NumMissedProbesLimit = 3;
        // A silo that hangs with its connections open is out after three times this and what three probes take.
        membership.MaxProbeTimeout = TimeSpan.FromSeconds(2);
        // After three times this a member's row alone is no reason any more to wait for it.
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2);
        // One that was declared dead while it hung learns of it.
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
    }

    /// <summary>Before the silo starts: its own lease, and an end for the members that have none.</summary>
    public static void AddLease(this IServiceCollection services, string postgres)
    {
        services.AddSingleton(_ => new MemberLeases(postgres));
        services.AddSingleton<Turns>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(all => all.GetRequiredService<Turns>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, MemberNews>();
        services.AddHostedService<SiloLease>();
    }

    /// <summary>How a front end learns which silos there are, and what it does when one is gone.</summary>
    public static void WatchSilos(this IClientBuilder client)
    {
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
        client.Services.AddSingleton<LostSilos>();
        client.Services.AddSingleton<IClusterConnectionStatusObserver>(all => all.GetRequiredService<LostSilos>());
        client.Services.AddSingleton<IOutgoingGrainCallFilter>(all => all.GetRequiredService<LostSilos>());
    }
}
