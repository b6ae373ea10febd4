namespace JikoXpress.Domain.Inventory;

/// <summary>Plates kept for a session that waits for payment.</summary>
/// <param name="LapsesAt">From then on the session may be ended to free them.</param>
public sealed record Reservation(Guid SessionId, Sequence<StockLine> Plates, DateTimeOffset LapsesAt);
