using JikoXpress.Grains.Abstractions;
using JikoXpress.Postgres.Catalogue;
using JikoXpress.Silo.Grains;

namespace JikoXpress.Silo.Hosting;

/// <summary>Finds grains in the cluster, from inside a silo or from a client of it.</summary>
internal sealed class OrleansGrains(IGrainFactory factory, CatalogueChanges changes, TimeProvider clock) : IGrains
{
    public ICheckoutSession Session(Guid sessionId)
    {
        HearsOfChanges.Send(changes);
        return new SessionDoor(sessionId, factory.GetGrain<ICheckoutSessionGrain>(sessionId), clock);
    }

    public IBill Bill(Guid billId)
    {
        HearsOfChanges.Send(changes);
        return factory.GetGrain<ITableBillGrain>(billId);
    }

    public ICart Cart(Guid accountId)
    {
        HearsOfChanges.Send(changes);
        return factory.GetGrain<IAppCartGrain>(accountId);
    }

    public IKitchenInventory Inventory(Guid kitchenId)
    {
        HearsOfChanges.Send(changes);
        return factory.GetGrain<IKitchenInventoryGrain>(kitchenId);
    }
}
