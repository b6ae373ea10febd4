using System.Text.Json.Serialization;
using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Domain.Sessions.Orders;

/// <summary>
/// What has become of a sale since it was confirmed: of its order, of the kitchen's ticket, and of the money. The
/// session keeps it, and stays what it is: sessions are never refunded, orders are.
/// </summary>
/// <param name="Ticket">Null while the kitchen has none.</param>
/// <param name="Approval">Only of orders that staff have, or had, to approve.</param>
/// <param name="Voids">Only of rounds: what their bills have let go, oldest first.</param>
public sealed record OrderState(
    OrderStatus Status, TicketStatus? Ticket, Sequence<OrderRefund> Refunds, Approval? Approval = null,
    Sequence<VoidedItems>? Voids = null)
{
    public static OrderState AtBirth { get; } = new(OrderStatus.Placed, TicketStatus.New, []);

    internal static OrderState Waiting(ApprovalTerms terms, DateTimeOffset now) => new(
        OrderStatus.NeedsApproval, Ticket: null, [],
        new Approval(terms.AlertAt(now), terms.AnswerBy(now), terms.Unanswered));

    /// <summary>How many of an item have been refunded.</summary>
    public int Refunded(Guid menuId) => Refunds
        .SelectMany(refund => refund.Items)
        .Where(items => items.MenuId == menuId)
        .Sum(items => items.Quantity);

    /// <summary>How many items of a line have been voided.</summary>
    /// <param name="place">Of the line in its order, from 0.</param>
    public int Voided(int place) =>
        (Voids ?? []).Where(items => items.Place == place).Sum(items => items.Quantity);
}

/// <summary>Items that nobody has to pay for.</summary>
/// <param name="Place">Of their line in the order, from 0.</param>
/// <param name="Restocked">The kitchen had not begun them: they can be sold again.</param>
public sealed record VoidedItems(int Place, int Quantity, bool Restocked);

/// <summary>Money that goes back to the guest.</summary>
/// <param name="By">Who decided it; the clock, where nobody did in time.</param>
/// <param name="Items">What it is for; nothing where it was said as an amount.</param>
/// <param name="Restocked">The items can be sold again.</param>
public sealed record OrderRefund(
    DateTimeOffset At, Caller By, string? Reason,
    [property: JsonPropertyName("plates")] Sequence<StockLine> Items, bool Restocked,
    [property: JsonPropertyName("legs")] Sequence<RefundedPayment> Payments)
{
    [JsonIgnore]
    public Money Amount => Payments.Sum(payment => payment.Amount);
}

/// <summary>What one payment gives back.</summary>
/// <param name="Reference">What the aggregator knows it by; only mobile money has one.</param>
public sealed record RefundedPayment(
    [property: JsonPropertyName("legId")] Guid PaymentId, Money Amount, string? Reference = null);

/// <summary>What was agreed at the opening about an order that staff have to approve.</summary>
public sealed record ApprovalTerms(int TimeoutSeconds, UnansweredOrders Unanswered)
{
    public DateTimeOffset AnswerBy(DateTimeOffset paidAt) => paidAt.AddSeconds(TimeoutSeconds);

    /// <summary>Half of the time is left then.</summary>
    public DateTimeOffset AlertAt(DateTimeOffset paidAt) => paidAt.AddSeconds(TimeoutSeconds / 2);
}

/// <summary>How an order waits for staff, or has waited.</summary>
/// <param name="Unanswered">What becomes of it where nobody has answered by then.</param>
/// <param name="Alerted">Everybody was told that it still waits.</param>
public sealed record Approval(
    DateTimeOffset AlertAt, DateTimeOffset AnswerBy, UnansweredOrders Unanswered, bool Alerted = false)
{
    [JsonIgnore]
    public DateTimeOffset NextLook => Alerted ? AnswerBy : AlertAt;
}
