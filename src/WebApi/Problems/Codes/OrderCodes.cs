namespace JikoXpress.WebApi.Problems.Codes;

/// <summary>Codes of the rules of orders and tickets.</summary>
internal static class OrderCodes
{
    public static IReadOnlyList<ProblemCode> Orders { get; } =
    [
        new(422, "refund-unclear",
            "A refund says both items and amount, neither, or restock without items.",
            "Say either what it is for, or how much."),
        new(422, "order-item-twice",
            "A refund names an item twice.",
            "Name it once, with its whole quantity."),
        new(422, "order-item-not-found",
            "The order has no such item.",
            "Read the order again; errors[].pointer says which one."),
        new(409, "order-on-bill",
            "The order stands on a bill, and is paid with it.",
            "billId names the bill: void its line, or refund what has paid it."),
        new(409, "refund-exceeds-items",
            "More items are to be refunded than were bought, less those that are refunded already.",
            "errors[].pointer says which item, refundable how many are left."),
        new(409, "refund-exceeds-paid",
            "More is to be given back than was paid, less what has gone back already.",
            "refundable says how much is left."),
        new(409, "too-many-refunds",
            "A sale is refunded at most 30 times.",
            "Give the rest back in one."),
        new(409, "order-needs-approval",
            "A guest has paid the order at the table, and staff have not approved it yet.",
            "Approve it, or reject it, which gives everything back."),
        new(409, "order-answered",
            "Nobody has to approve this order, or it is approved or rejected already.",
            "orderStatus says which."),
        new(409, "ticket-closed",
            "A ticket that is cancelled stays so, and one that is served is not cancelled any more.",
            "ticketStatus says which. What is cooked again is sold again."),
    ];
}
