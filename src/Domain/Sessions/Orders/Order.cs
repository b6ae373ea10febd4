namespace JikoXpress.Domain.Sessions.Orders;

public enum OrderStatus { Placed = 1, NeedsApproval, Rejected }

public enum OrderPaymentState { Paid = 1, OnBill }

public enum TicketStatus { New = 1, Preparing, Ready, Served, Cancelled }

/// <summary>What the kitchen cooks and the guest paid for: born with a session's confirmation, once.</summary>
/// <param name="BillId">The bill that it was put on, where it is paid later.</param>
/// <param name="Number">The number called out at the counter, the same as on the slip.</param>
/// <param name="OrderState">Null where all is as it was at its birth.</param>
/// <param name="Payments">What paid for it; those of an order on a bill are the bill's.</param>
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
    Sequence<Payment>? Payments = null)
{
    /// <summary>How many items of a line nobody has to pay for; null where that is none.</summary>
    /// <param name="place">Of the line, from 0.</param>
    public int? Voided(int place) => OrderState?.Voided(place) is > 0 and var items ? items : null;
}
