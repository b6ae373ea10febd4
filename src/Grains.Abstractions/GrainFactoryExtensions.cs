
namespace JikoXpress.Grains.Abstractions;

/// <summary>The four grains by their keys.</summary>
public static class GrainFactoryExtensions
{
    extension(IGrainFactory grains)
    {
        public ICheckoutSessionGrain Session(Guid sessionId) => grains.GetGrain<ICheckoutSessionGrain>(sessionId);

        public IBillGrain Bill(Guid billId) => grains.GetGrain<IBillGrain>(billId);

        public ICartGrain Cart(Guid accountId) => grains.GetGrain<ICartGrain>(accountId);

        public IKitchenInventoryGrain Inventory(Guid kitchenId) => grains.GetGrain<IKitchenInventoryGrain>(kitchenId);
    }
}
