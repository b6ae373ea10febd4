namespace JikoXpress.Domain.Inventory;

/// <summary>Items kept for a session that waits for payment.</summary>
/// <param name="ExpiresAt">From then on the session may be ended to free them.</param>
public sealed record Reservation(Guid SessionId, Sequence<StockLine> Items, DateTimeOffset ExpiresAt);
