namespace JikoXpress.Grains.Abstractions;

/// <summary>Finds the door of a grain by its key, on whichever host runs it.</summary>
public interface IGrains
{
    ICheckoutSession Session(Guid sessionId);

    IBill Bill(Guid billId);

    ICart Cart(Guid accountId);

    IKitchenInventory Inventory(Guid kitchenId);
}
