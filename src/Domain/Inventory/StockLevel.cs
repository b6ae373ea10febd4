namespace JikoXpress.Domain.Inventory;

/// <summary>
/// One item's stock. On hand + sold + wasted = received, and on hand is never less than reserved.
/// </summary>
/// <param name="OnHand">Items on the shelf, the reserved ones included.</param>
/// <param name="Reserved">Items reserved for sessions that wait for payment.</param>
public sealed record StockLevel(Guid MenuId, int OnHand, int Reserved, int Sold, int Wasted, int Received)
{
    public int Available => OnHand - Reserved;
}
