using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Sessions.Orders;

/// <summary>The refusals of an order, in the order in which callers see them.</summary>
public static class OrderRefusals
{
    public static Refusal RefundUnclear { get; } = new(
        Rules, "refund-unclear", "Send either items or amount; restock is allowed only with items.");

    public static Refusal TooManyItems { get; } = new(
        Rules, "too-many-items", $"A refund names at most {OrderRules.MostItems} items.", "/items");

    public static Refusal QuantityOutOfRange(int item) => new(
        Rules, "quantity-out-of-range", $"The quantity of an item must be 1 to {OrderRules.MostOfOneItem}.",
        $"/items/{item}/quantity");

    public static Refusal ItemTwice(int item) => new(
        Rules, "order-item-twice", "Name each item once, with its whole quantity.", $"/items/{item}/menuId");

    public static Refusal OrderItemNotFound(int item) => new(
        Rules, "order-item-not-found", "The order has no such item.", $"/items/{item}/menuId");

    public static Refusal NotFound { get; } = new(NotThere, "not-found", "There is no such order.");

    public static Refusal OrderOnBill(Guid? billId) => new(
        State, "order-on-bill",
        "The order is on a bill; void the line while the bill is open, or refund the bill's payments.", "",
        [new RefusalDetail("billId", $"{billId}")]);

    public static Refusal RefundExceedsItems(int item, int left) => new(
        State, "refund-exceeds-items", $"At most {left} of this item can still be refunded.",
        $"/items/{item}/quantity", [RefusalDetail.Of("refundable", left)]);

    public static Refusal RefundExceedsPaid(Money refundable) => new(
        State, "refund-exceeds-paid", $"At most {refundable} of what was paid can still be refunded.", "",
        [RefusalDetail.Of("refundable", refundable)]);

    public static Refusal TooManyRefunds { get; } = new(
        State, "too-many-refunds", $"A sale can be refunded at most {OrderRules.MostRefunds} times.");

    public static Refusal OrderNeedsApproval { get; } = new(
        State, "order-needs-approval", "The order waits for approval; approve or reject it first.");

    public static Refusal OrderAnswered(OrderStatus status) => new(
        State, "order-answered", $"The order is {status.WireName}; it does not wait for approval.", "",
        [new RefusalDetail("orderStatus", status.WireName)]);

    public static Refusal TicketClosed(TicketStatus status) => new(
        State, "ticket-closed", $"The ticket is {status.WireName}; it cannot get this status any more.", "",
        [new RefusalDetail("ticketStatus", status.WireName)]);
}
