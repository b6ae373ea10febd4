using System.Text.Json.Serialization;
using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Domain.Sessions.Orders;

/// <summary>
/// The changes to a sale since it was confirmed: to its order, the kitchen's ticket, and the money. It is stored in the
/// session, whose own status stays confirmed: orders are refunded, sessions never.
/// </summary>
/// <param name="Ticket">Null while the kitchen has no ticket.</param>
/// <param name="Approval">Only for orders that staff have, or had, to approve.</param>
/// <param name="Voids">Only for rounds: the items that their bills have voided, oldest first.</param>
/// <param name="TableNumber">Only for rounds: the table that the guests moved to; null if they did not.</param>
public sealed record OrderState(
    OrderStatus Status, TicketStatus? Ticket, Sequence<OrderRefund> Refunds, Approval? Approval = null,
    Sequence<VoidedItems>? Voids = null, string? TableNumber = null)
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
    /// <param name="place">The index of the line in its order, from 0.</param>
    public int Voided(int place) =>
        (Voids ?? []).Where(items => items.Place == place).Sum(items => items.Quantity);
}

/// <summary>Items that were taken off the bill and are not paid.</summary>
/// <param name="Place">The index of their line in the order, from 0.</param>
/// <param name="Restocked">The kitchen had not begun them, so they can be sold again.</param>
public sealed record VoidedItems(int Place, int Quantity, bool Restocked);

/// <summary>Money that goes back to the guest.</summary>
/// <param name="By">The caller who decided it; the clock when staff did not answer in time.</param>
/// <param name="Items">The refunded items; empty when the refund was given as an amount.</param>
/// <param name="Restocked">The items can be sold again.</param>
public sealed record OrderRefund(
    DateTimeOffset At, Caller By, string? Reason,
    [property: JsonPropertyName("plates")] Sequence<StockLine> Items, bool Restocked,
    [property: JsonPropertyName("legs")] Sequence<RefundedPayment> Payments)
{
    [JsonIgnore]
    public Money Amount => Payments.Sum(payment => payment.Amount);
}

/// <summary>The part of a refund that goes back by one payment.</summary>
/// <param name="Reference">The refund's reference at the aggregator; only mobile money has one.</param>
public sealed record RefundedPayment(
    [property: JsonPropertyName("legId")] Guid PaymentId, Money Amount, string? Reference = null);

/// <summary>The kitchen's approval settings, as fixed when the session was opened.</summary>
public sealed record ApprovalTerms(int TimeoutSeconds, UnansweredOrders Unanswered)
{
    public DateTimeOffset AnswerBy(DateTimeOffset paidAt) => paidAt.AddSeconds(TimeoutSeconds);

    /// <summary>When half of the time is over.</summary>
    public DateTimeOffset AlertAt(DateTimeOffset paidAt) => paidAt.AddSeconds(TimeoutSeconds / 2);
}

/// <summary>An order's wait for approval by staff, present or past.</summary>
/// <param name="Unanswered">What happens to the order when staff have not answered by then.</param>
/// <param name="Alerted">The event that the order still waits has been published.</param>
public sealed record Approval(
    DateTimeOffset AlertAt, DateTimeOffset AnswerBy, UnansweredOrders Unanswered, bool Alerted = false)
{
    [JsonIgnore]
    public DateTimeOffset NextLook => Alerted ? AnswerBy : AlertAt;
}
