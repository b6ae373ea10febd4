using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Sessions.Orders;

/// <summary>The rules for commands that change an order, as far as they need only the command.</summary>
public static class OrderRules
{
    public const int MostRefunds = 30;
    public const int MostItems = SessionRules.MostLines;
    public const int MostOfOneItem = SessionRules.MostLines * SessionRules.MostOfOneLine;
    public const int LongestReason = 200;

    /// <summary>Every rule that a refund breaks, except those that need the order.</summary>
    public static Sequence<Refusal> Broken(RefundOrder command) =>
    [
        .. IsUnclear(command) ? [OrderRefusals.RefundUnclear] : Array.Empty<Refusal>(),
        .. command.Items is { Count: > MostItems } ? [OrderRefusals.TooManyItems] : Array.Empty<Refusal>(),
        .. (command.Items ?? []).Index()
            .Where(item => item.Item.Quantity is < 1 or > MostOfOneItem)
            .Select(item => OrderRefusals.QuantityOutOfRange(item.Index)),
        .. (command.Items ?? []).Index()
            .Where(item => command.Items!.Take(item.Index).Any(other => other.MenuId == item.Item.MenuId))
            .Select(item => OrderRefusals.ItemTwice(item.Index)),
        .. command.Amount is { } amount && (amount <= Money.Zero || amount > Money.Largest)
            ? [OrderRefusals.AmountOutOfRange]
            : Array.Empty<Refusal>(),
        .. BrokenReason(command.Reason),
    ];

    public static Sequence<Refusal> BrokenReason(string reason) =>
        [.. SessionRules.Text(reason, "/reason", LongestReason)];

    private static bool IsUnclear(RefundOrder command) =>
        (command.Items is null) == (command.Amount is null)
        || command.Items is { Count: 0 }
        || (command.Restock && command.Items is null);
}
