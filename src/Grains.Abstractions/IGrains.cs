namespace JikoXpress.Grains.Abstractions;

/// <summary>Finds the door of a grain by its key, on whichever host runs it.</summary>
public interface IGrains
{
    ICheckoutSession Session(Guid sessionId);

    IKitchenInventory Inventory(Guid kitchenId);
}
