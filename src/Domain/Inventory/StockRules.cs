using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Inventory;

/// <summary>The rules for stock adjustments: receipt, waste and count.</summary>
public static class StockRules
{
    public const int MostItems = 1_000_000;
    public const int LongestReason = 200;

    public static Refusal MenuItemNotFound { get; } =
        new(NotThere, "not-found", "This kitchen's menu has no such item.", "/menuId");

    public static Sequence<Refusal> Broken(StockAdjustment adjustment) =>
    [
        .. adjustment.Quantity < Least(adjustment.Kind) || adjustment.Quantity > MostItems
            ? [new Refusal(Rules, "quantity-out-of-range",
                $"A quantity is {Least(adjustment.Kind)} to {MostItems}.", "/quantity")]
            : Array.Empty<Refusal>(),
        .. adjustment.Kind == StockAdjustmentKind.Waste && adjustment.Reason is null
            ? [new Refusal(Rules, "field-required", "Say why it was wasted.", "/reason")]
            : Array.Empty<Refusal>(),
        .. adjustment.Reason is { } reason
            && (reason.Length is 0 || !TextRules.Fits(reason, LongestReason)
                || !TextRules.IsPrintable(reason, lineBreaks: false))
            ? [new Refusal(Rules, "invalid-text",
                $"1 to {LongestReason} characters without control characters.", "/reason")]
            : Array.Empty<Refusal>(),
    ];

    private static int Least(StockAdjustmentKind kind) => kind == StockAdjustmentKind.Count ? 0 : 1;
}
