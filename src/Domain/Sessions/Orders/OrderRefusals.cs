using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Sessions.Orders;

/// <summary>The refusals of an order, in the order in which callers see them.</summary>
public static class OrderRefusals
{
    public static Refusal RefundUnclear { get; } = new(
        Rules, "refund-unclear", "Say either items or amount, and restock only with items.");

    public static Refusal TooManyItems { get; } = new(
        Rules, "too-many-items", $"A refund names at most {OrderRules.MostItems} items.", "/items");

    public static Refusal QuantityOutOfRange(int item) => new(
        Rules, "quantity-out-of-range", $"A refund is for 1 to {OrderRules.MostOfOneItem} of an item.",
        $"/items/{item}/quantity");

    public static Refusal ItemTwice(int item) => new(
        Rules, "order-item-twice", "Each item is named once, with its whole quantity.", $"/items/{item}/menuId");

    public static Refusal OrderItemNotFound(int item) => new(
        Rules, "order-item-not-found", "The order has no such item.", $"/items/{item}/menuId");

    public static Refusal NotFound { get; } = new(NotThere, "not-found", "There is no such order.");

    public static Refusal OrderOnBill(Guid? billId) => new(
        State, "order-on-bill",
        "The order is paid with its bill: void the line while the bill is open, or refund what has paid it.", "",
        [new RefusalDetail("billId", $"{billId}")]);

    public static Refusal RefundExceedsItems(int item, int left) => new(
        State, "refund-exceeds-items", $"Of this item {left} are left to be refunded.",
        $"/items/{item}/quantity", [RefusalDetail.Of("refundable", left)]);

    public static Refusal RefundExceedsPaid(Money refundable) => new(
        State, "refund-exceeds-paid", $"Of what was paid {refundable} are left to be refunded.", "",
        [RefusalDetail.Of("refundable", refundable)]);

    public static Refusal TooManyRefunds { get; } = new(
        State, "too-many-refunds", $"A sale is refunded at most {OrderRules.MostRefunds} times.");

    public static Refusal OrderNeedsApproval { get; } = new(
        State, "order-needs-approval", "The order waits for approval: approve it first, or reject it.");

    public static Refusal OrderAnswered(OrderStatus status) => new(
        State, "order-answered", $"The order is {status.WireName}; this needs one that waits for approval.", "",
        [new RefusalDetail("orderStatus", status.WireName)]);

    public static Refusal TicketClosed(TicketStatus status) => new(
        State, "ticket-closed", $"The ticket is {status.WireName}; it does not come to that any more.", "",
        [new RefusalDetail("ticketStatus", status.WireName)]);
}
