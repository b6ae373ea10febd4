namespace JikoXpress.Domain.Inventory;

/// <summary>One item's stock. On hand + sold + wasted = received, and on hand covers what is reserved.</summary>
/// <param name="OnHand">Items there, the reserved ones included.</param>
/// <param name="Reserved">Items kept for sessions that wait for payment.</param>
public sealed record StockLevel(Guid MenuId, int OnHand, int Reserved, int Sold, int Wasted, int Received)
{
    public int Available => OnHand - Reserved;
}
