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

/// <summary>Items reserved in the rows for a session that waits for payment.</summary>
/// <param name="ExpiresAt">From this moment on the session may be expired to free the items.</param>
public sealed record Reservation(Guid SessionId, Sequence<StockLine> Items, DateTimeOffset ExpiresAt);
