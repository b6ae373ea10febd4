using JikoXpress.Domain;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>The stock adjustments of a kitchen: goods received, wasted and counted.</summary>
public interface IStockJournal
{
    Task<StockMovement?> Find(Guid kitchenId, Guid adjustmentId);

    /// <summary>Newest first; of one item, or of all.</summary>
    Task<Page<StockMovement>> List(Guid kitchenId, Guid? menuId, PageRequest page);
}

/// <param name="Difference">The change of the stock on hand.</param>
public sealed record StockMovement(StockAdjustment Adjustment, int Difference);
