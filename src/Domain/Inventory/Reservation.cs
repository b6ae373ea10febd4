namespace JikoXpress.Domain.Inventory;

/// <summary>Items reserved in the rows for a session that waits for payment.</summary>
/// <param name="ExpiresAt">From this moment on the session may be expired to free the items.</param>
public sealed record Reservation(Guid SessionId, Sequence<StockLine> Items, DateTimeOffset ExpiresAt);
