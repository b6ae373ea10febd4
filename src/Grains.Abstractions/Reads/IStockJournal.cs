using JikoXpress.Domain;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>What was received, wasted and counted in a kitchen.</summary>
public interface IStockJournal
{
    Task<StockMovement?> Find(Guid kitchenId, Guid adjustmentId);

    /// <summary>Newest first; of one item, or of all.</summary>
    Task<Page<StockMovement>> List(Guid kitchenId, Guid? menuId, PageRequest page);
}

/// <param name="Difference">What it changed on hand.</param>
public sealed record StockMovement(StockAdjustment Adjustment, int Difference);
