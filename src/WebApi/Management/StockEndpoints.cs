using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Management;

/// <summary>A kitchen's stock: all its callers read it, managers record changes.</summary>
internal static class StockEndpoints
{
    public static void MapStock(this IEndpointRouteBuilder api)
    {
        var stock = api.MapGroup("/kitchens/{kitchenId:uuid}/stock").WithTags("Stock");

        stock.MapGet("", Levels)
            .Allow(Callers.Staff(), Callers.Operator)
            .Describe("listStock", "List what there is",
                "The items that are counted. One that was never received or counted is not, and is always sellable.")
            .Gives<ListView<StockLevelView>>(200);

        stock.MapGet("/movements", Movements)
            .Allow(Callers.Staff(), Callers.Operator)
            .Describe("listStockMovements", "List what was received, wasted and counted",
                "Newest first.")
            .Asks<ListStockMovementsQuery>().Gives<ListView<StockMovementView>>(200);

        Record(stock, "receipts", StockAdjustmentKind.Receipt)
            .Describe("receiveStock", "Record goods received", "From then on the item is counted.");
        Record(stock, "waste", StockAdjustmentKind.Waste)
            .Describe("wasteStock", "Record items wasted", "With the reason; never more than nobody waits for.");
        Record(stock, "counts", StockAdjustmentKind.Count)
            .Describe("countStock", "Record what was found on the shelf",
                "All items there, those that are kept for guests included, and so never less than those.");
    }

    private static RouteHandlerBuilder Record(RouteGroupBuilder stock, string what, StockAdjustmentKind kind) => stock
        .MapPost($"/{{menuId:uuid}}/{what}", (
            Guid kitchenId, Guid menuId, HttpContext http, IKitchens kitchens, IGrainFactory grains,
            IStockJournal journal,
            TimeProvider clock) => Adjust(kitchenId, menuId, kind, http, kitchens, grains, journal, clock))
        .Allow(KitchenEndpoints.Managers)
        .Takes<StockBody>().Heeds(Heading.Key).Gives<StockMovementView>(201)
        .Refuses("quantity-out-of-range", "invalid-text", "insufficient-stock");

    private static async Task<IResult> Levels(
        Guid kitchenId, HttpContext http, IKitchens kitchens, IMenus menus, IGrainFactory grains)
    {
        if (await http.Elsewhere(kitchenId, kitchens) is { } elsewhere) return elsewhere;
        var threshold = await kitchens.LowStockThreshold(kitchenId);
        var levels = (await grains.Inventory(kitchenId).Levels()).ToDictionary(level => level.MenuId);
        return (await menus.Items(kitchenId)).Where(item => levels.ContainsKey(item.Id)).Whole(
            item => StockLevelView.Of(levels[item.Id], item.Name, threshold),
            ManagementJson.Default.ListViewStockLevelView);
    }

    private static Task<IResult> Movements(
        Guid kitchenId, HttpContext http, IKitchens kitchens, IStockJournal journal)
    {
        var query = new Query(http);
        var menuId = query.Parsed("menuId", Uuid.Parse, "invalid-type", "menuId must be a UUID.");
        return query.Listed(
            $"stock {kitchenId}", asked => journal.List(kitchenId, menuId, asked),
            item => new Cursor(item.Adjustment.At, item.Adjustment.Id), StockMovementView.Of,
            ManagementJson.Default.ListViewStockMovementView, () => http.Elsewhere(kitchenId, kitchens));
    }

    private static async Task<IResult> Adjust(
        Guid kitchenId, Guid menuId, StockAdjustmentKind kind, HttpContext http, IKitchens kitchens,
        IGrainFactory grains, IStockJournal journal, TimeProvider clock)
    {
        var body = await JsonBody.Read(http);
        var (quantity, reason) = body.As<StockBody>();
        var operation = body.Operation();
        // The id is derived from an Idempotency-Key, so a retry finds the first request's row.
        var now = clock.GetUtcNow();
        var adjustment = new StockAdjustment(
            operation?.Id ?? Guid.CreateVersion7(now), menuId, kind, quantity, reason, http.Principal.Id, now);
        return body.Refusal(adjustment)
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? await Recorded(
                kitchenId, adjustment, await grains.Inventory(kitchenId).Adjust(adjustment, operation), journal);
    }

    /// <summary>
    /// Answers with the row that was written, not with the stock level: a retry gets the same answer, although others
    /// change the level meanwhile.
    /// </summary>
    private static async Task<IResult> Recorded(
        Guid kitchenId, StockAdjustment asked, Reply<StockLevel> reply, IStockJournal journal)
    {
        switch (reply)
        {
            case Reply<StockLevel>.Refused(var refusals):
                return Problem.Of(refusals);
            case Reply<StockLevel>.Accepted(_, _, var replayed):
                var written = await journal.Find(kitchenId, asked.Id)
                    ?? throw new InvalidOperationException("An accepted adjustment has no row.");
                return written.Adjustment.Quantity == asked.Quantity && written.Adjustment.Reason == asked.Reason
                    ? new Reply<StockMovement>.Accepted(written, Version: 0, replayed).Made(
                        StockMovementView.Of, ManagementJson.Default.StockMovementView)
                    : Problem.Of(SessionRefusals.IdempotencyKeyReused);
            default:
                throw new UnreachableException("A reply must be accepted or refused.");
        }
    }

    /// <summary>Stock of this many items or fewer is low.</summary>
    public static async Task<int> LowStockThreshold(this IKitchens kitchens, Guid kitchenId) =>
        await kitchens.Find(kitchenId) is Reply<Kitchen>.Accepted(var kitchen, _, _)
            ? kitchen.Settings.LowStockThreshold
            : KitchenSettings.Default.LowStockThreshold;
}

/// <summary>Stock that was received, wasted or counted.</summary>
/// <param name="Quantity">Number of items; only a count may be 0.</param>
/// <param name="Reason">Required for waste.</param>
internal sealed record StockBody(
    [Range(0, StockRules.MostItems)] int Quantity, [Length(1, StockRules.LongestReason)] string? Reason = null);
