using System.Collections.Concurrent;
using JikoXpress.Domain;
using JikoXpress.Grains.Abstractions;

namespace JikoXpress.Grains;

/// <summary>
/// The kitchens' inventories, as session grains reach them: in memory where the inventory grain is in the same silo,
/// and by a call of it elsewhere. A sale holds items and says what became of them, and two messages for that took
/// some 8 % of the program's CPU.
/// </summary>
public sealed class KitchenInventories(IGrainFactory grains)
{
    private readonly ConcurrentDictionary<Guid, KitchenStock> here = new();

    /// <inheritdoc cref="IKitchenInventoryGrain.Hold"/>
    public ValueTask<HoldReply> Hold(
        Guid kitchenId, Guid sessionId, Sequence<StockLine> items, DateOnly businessDate) =>
        here.TryGetValue(kitchenId, out var stock)
        && stock.Hold(sessionId, items, businessDate) is HoldReply.Held held
            ? ValueTask.FromResult<HoldReply>(held)
            // Only the grain can read the rows, and it does so before items are refused.
            : grains.Inventory(kitchenId).Hold(sessionId, items, businessDate);

    /// <inheritdoc cref="IKitchenInventoryGrain.ResolveHold"/>
    public ValueTask ResolveHold(Guid kitchenId, Guid sessionId, HoldOutcome? outcome, DateTimeOffset? deadline)
    {
        if (KitchenStock.AsksForRows(outcome) || !here.TryGetValue(kitchenId, out var stock))
            return grains.Inventory(kitchenId).ResolveHold(sessionId, outcome, deadline);
        stock.Resolve(sessionId, outcome, deadline);
        return ValueTask.CompletedTask;
    }

    internal void Add(Guid kitchenId, KitchenStock stock) => here[kitchenId] = stock;

    internal void Remove(Guid kitchenId, KitchenStock stock) => here.TryRemove(new(kitchenId, stock));
}
