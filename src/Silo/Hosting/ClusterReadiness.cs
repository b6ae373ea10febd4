using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.Silo.Hosting;

/// <summary>A silo is ready when it is an active member of its cluster, and the database answers.</summary>
internal sealed class SiloReadiness(IReadiness store, ISiloStatusOracle membership) : IReadiness
{
    public async Task Probe(CancellationToken cancellation)
    {
        if (membership.CurrentStatus is not SiloStatus.Active)
            throw new NotReadyException($"This silo is {membership.CurrentStatus} in its cluster.");
        await store.Probe(cancellation);
    }
}

/// <summary>A front end is ready when a silo answers it, and the database answers.</summary>
internal sealed class ClientReadiness(IReadiness store, IGrainFactory grains) : IReadiness
{
    public async Task Probe(CancellationToken cancellation)
    {
        await store.Probe(cancellation);
        try
        {
            var hosts = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, cancellation);
            if (hosts.Count > 0) return;
        }
        catch (Exception lost) when (lost is OrleansException or TimeoutException)
        {
            throw new NotReadyException("No silo answers.", lost);
        }

        throw new NotReadyException("No silo is active.");
    }
}
