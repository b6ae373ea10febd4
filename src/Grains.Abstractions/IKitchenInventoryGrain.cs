using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace JikoXpress.Grains.Abstractions;

/// <summary>
/// One kitchen's stock. Holds are decided in memory; the commit then checks them against the rows, and the rows are
/// right. All its calls interleave. It also expires the kitchen's sessions at their deadlines.
/// </summary>
[Alias("jiko.inventory")]
[Version(ContractVersion.Current)]
public interface IKitchenInventoryGrain : IGrainWithGuidKey
{
    /// <summary>Keeps all the items for a session, or none, and gives the session its number of the day.</summary>
    [Alias("hold")]
    ValueTask<HoldReply> Hold(Guid sessionId, Sequence<StockLine> items, DateOnly businessDate);

    /// <summary>
    /// Reports the outcome of a session's commit. The call is one-way: if it is lost, the hold expires, or the next
    /// read of the rows shows the outcome.
    /// </summary>
    /// <param name="outcome">The outcome for the session's hold; null when the hold did not change.</param>
    /// <param name="deadline">The session's next deadline; null when it has none.</param>
    [OneWay]
    [Alias("settle")]
    ValueTask ResolveHold(Guid sessionId, HoldOutcome? outcome, DateTimeOffset? deadline);

    /// <summary>Goods received, wasted or counted.</summary>
    [Alias("adjust")]
    Task<Reply<StockLevel>> Adjust(StockAdjustment adjustment, Operation? operation);

    /// <summary>The stock level of each item whose stock is counted.</summary>
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

    /// <summary>The items are reserved in the rows until the given moment.</summary>
    public sealed record Reserved(DateTimeOffset ExpiresAt) : HoldOutcome;

    /// <summary>The items are sold, whether they had been reserved before or not.</summary>
    public sealed record Sold : HoldOutcome;

    /// <summary>The items are free again: the commit failed, or the session ended without an order.</summary>
    public sealed record Freed : HoldOutcome;

    /// <summary>Items that were sold are back on the shelf: read the rows again.</summary>
    public sealed record Restocked : HoldOutcome;

    /// <summary>
    /// The commit failed or its outcome is unknown, for example because the rows had less stock than memory, or the
    /// number of the day was taken: free the items and read the rows again.
    /// </summary>
    public sealed record Mistaken : HoldOutcome;
}
