using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace JikoXpress.Grains.Abstractions;

/// <summary>
/// One kitchen's stock. Holds are decided in memory; the rows of the store have the last word. All its calls
/// interleave. It also ends the kitchen's sessions when their time is over.
/// </summary>
[Alias("jiko.inventory")]
[Version(ContractVersion.Current)]
public interface IKitchenInventoryGrain : IGrainWithGuidKey
{
    /// <summary>Keeps all the items for a session, or none, and gives the session its number of the day.</summary>
    [Alias("hold")]
    ValueTask<HoldReply> Hold(Guid sessionId, Sequence<StockLine> items, DateOnly businessDate);

    /// <summary>
    /// Tells what became of a session with its commit. Nobody waits for an answer: where it is lost, the hold expires,
    /// or the rows say what became of it when they are read next.
    /// </summary>
    /// <param name="outcome">What became of its hold; null where nothing did.</param>
    /// <param name="deadline">When the clock has to look at it next; null when it never has to.</param>
    [OneWay]
    [Alias("settle")]
    ValueTask ResolveHold(Guid sessionId, HoldOutcome? outcome, DateTimeOffset? deadline);

    /// <summary>Goods received, wasted or counted.</summary>
    [Alias("adjust")]
    Task<Reply<StockLevel>> Adjust(StockAdjustment adjustment, Operation? operation);

    /// <summary>The stock that is kept, item by item.</summary>
    [Alias("levels")]
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

    /// <summary>The rows hold the items until a moment.</summary>
    public sealed record Reserved(DateTimeOffset ExpiresAt) : HoldOutcome;

    /// <summary>The items are sold, whether they had been reserved before or not.</summary>
    public sealed record Sold : HoldOutcome;

    /// <summary>The items are free again: the commit failed, or the session ended without an order.</summary>
    public sealed record Freed : HoldOutcome;

    /// <summary>Items that were sold are back on the shelf: read the rows again.</summary>
    public sealed record Restocked : HoldOutcome;

    /// <summary>The rows had less than the memory believed, or another number of the day: read them again.</summary>
    public sealed record Mistaken : HoldOutcome;
}
