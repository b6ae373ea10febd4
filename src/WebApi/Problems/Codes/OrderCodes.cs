namespace JikoXpress.WebApi.Problems.Codes;

/// <summary>Codes of the rules of orders and tickets.</summary>
internal static class OrderCodes
{
    public static IReadOnlyList<ProblemCode> Orders { get; } =
    [
        new(422, "refund-unclear",
            "A refund says both items and amount, neither, or restock without items.",
            "Send either items or amount."),
        new(422, "order-item-twice",
            "A refund names an item twice.",
            "Name it once, with its whole quantity."),
        new(422, "order-item-not-found",
            "The order has no such item.",
            "Read the order again; errors[].pointer says which one."),
        new(409, "order-on-bill",
            "The order is on a bill, and is paid with it.",
            "billId names the bill: void its line, or refund the bill's payments."),
        new(409, "refund-exceeds-items",
            "The refund has more items than can still be refunded.",
            "errors[].pointer says which item, and refundable how many are left."),
        new(409, "refund-exceeds-paid",
            "The refund is higher than what can still be refunded.",
            "refundable says how much is left."),
        new(409, "too-many-refunds",
            "A sale can be refunded at most 30 times.",
            "Refund the rest in one step."),
        new(409, "order-needs-approval",
            "A guest has paid the order at the table, and staff have not approved it yet.",
            "Approve or reject it; rejecting it refunds everything."),
        new(409, "order-answered",
            "This order needs no approval, or it is already approved or rejected.",
            "orderStatus says which."),
        new(409, "ticket-closed",
            "A cancelled ticket cannot change, and a served ticket cannot be cancelled.",
            "ticketStatus says which. If a dish is cooked again, sell it again."),
    ];
}
