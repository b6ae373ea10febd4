using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;

namespace JikoXpress.Grains.Abstractions;

/// <summary>
/// The door of one kitchen's stock. Holds are decided in memory; the rows of the store have the last word.
/// </summary>
public interface IKitchenInventory
{
    /// <summary>Keeps all the plates for a session, or none, and gives the session its number of the day.</summary>
    ValueTask<HoldReply> Hold(Guid sessionId, Sequence<StockLine> plates, DateOnly businessDate);

    /// <summary>Tells what became of a hold after the session's commit.</summary>
    ValueTask Settle(Guid sessionId, HoldOutcome outcome);

    /// <summary>Goods received, wasted or counted.</summary>
    Task<Reply<StockLevel>> Adjust(StockAdjustment adjustment, Operation? operation);

    /// <summary>The stock that is kept, item by item.</summary>
    ValueTask<Sequence<StockLevel>> Levels();
}

public abstract record HoldReply
{
    private HoldReply() { }

    public sealed record Held(int Number) : HoldReply;

    public sealed record Short(Sequence<StockShortage> Shortages) : HoldReply;
}

public abstract record HoldOutcome
{
    private HoldOutcome() { }

    /// <summary>The rows hold the plates until a moment.</summary>
    public sealed record Reserved(DateTimeOffset LapsesAt) : HoldOutcome;

    /// <summary>The plates are sold, whether they had been reserved before or not.</summary>
    public sealed record Sold : HoldOutcome;

    /// <summary>The plates are free again: the commit failed, or the session ended without an order.</summary>
    public sealed record Freed : HoldOutcome;

    /// <summary>Plates that were sold are back on the shelf: read the rows again.</summary>
    public sealed record Restocked : HoldOutcome;

    /// <summary>The rows had less than the memory believed, or another number of the day: read them again.</summary>
    public sealed record Mistaken : HoldOutcome;
}
