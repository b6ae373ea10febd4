using JikoXpress.Grains.Abstractions;
using JikoXpress.Silo.Grains;

namespace JikoXpress.Silo.Hosting;

/// <summary>Finds grains in the cluster, from inside a silo or from a client of it.</summary>
internal sealed class OrleansGrains(IGrainFactory factory, TimeProvider clock) : IGrains
{
    public ICheckoutSession Session(Guid sessionId) =>
        new SessionDoor(sessionId, factory.GetGrain<ICheckoutSessionGrain>(sessionId), clock);

    public IKitchenInventory Inventory(Guid kitchenId) => factory.GetGrain<IKitchenInventoryGrain>(kitchenId);
}
