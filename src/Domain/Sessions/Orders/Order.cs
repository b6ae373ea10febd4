namespace JikoXpress.Domain.Sessions.Orders;

public enum OrderStatus { Placed = 1, NeedsApproval, Rejected }

public enum OrderPaymentState { Paid = 1, OnBill }

public enum TicketStatus { New = 1, Preparing, Ready, Served, Cancelled }

/// <summary>What the kitchen cooks. A session's confirmation creates it, once.</summary>
/// <param name="BillId">The bill that it was put on, when it is paid later.</param>
/// <param name="Number">The number called out at the counter, the same as on the slip.</param>
/// <param name="OrderState">Null while nothing has changed since it was created.</param>
/// <param name="Payments">The payments of the order; an order on a bill is paid by the bill's payments.</param>
public sealed record Order(
    Guid Id,
    Guid SessionId,
    Guid KitchenId,
    int Number,
    DateOnly BusinessDate,
    DateTimeOffset PlacedAt,
    OrderStatus Status,
    OrderPaymentState PaymentState,
    Channel Channel,
    FulfillmentType FulfillmentType,
    string? TableNumber,
    string? LaneNumber,
    string? Tag,
    string? Instructions,
    Sequence<Line> Lines,
    Money Total,
    Guid? BillId = null,
    string? CustomerPhone = null,
    DeliveryAddress? DeliveryAddress = null,
    OrderState? OrderState = null,
    Sequence<Payment>? Payments = null,
    Currency Currency = Currency.Tzs)
{
    /// <summary>How many items of a line are voided; null when none are.</summary>
    /// <param name="place">The index of the line, from 0.</param>
    public int? Voided(int place) => OrderState?.Voided(place) is > 0 and var items ? items : null;
}
