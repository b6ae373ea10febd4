using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Orders;

namespace JikoXpress.WebApi.Sessions;

/// <summary>A checkout session as callers see it. What does not apply to a session is left out.</summary>
internal sealed record SessionView
{
    public required Guid Id { get; init; }

    public string Object { get; } = "checkout_session";

    public required SessionStatus Status { get; init; }

    /// <summary>False for test data.</summary>
    public required bool Livemode { get; init; }

    public required SessionType SessionType { get; init; }

    public required Channel Channel { get; init; }

    public required FulfillmentType FulfillmentType { get; init; }

    public required Guid KitchenId { get; init; }

    /// <summary>The kitchen's business day on which it was opened.</summary>
    public required DateOnly BusinessDate { get; init; }

    /// <summary>Counted per kitchen and business day; the slip and the order carry the same.</summary>
    public required int Number { get; init; }

    public string? TableNumber { get; init; }

    public string? LaneNumber { get; init; }

    public string? Tag { get; init; }

    public string? OrderInstructions { get; init; }

    /// <summary>Only staff see all digits.</summary>
    public string? CustomerPhone { get; init; }

    public DeliveryAddress? DeliveryAddress { get; init; }

    public string? ClientReference { get; init; }

    /// <summary>The expired slip's session that this one was issued for.</summary>
    public Guid? ReissueOf { get; init; }

    public string Currency { get; } = "TZS";

    /// <summary>In whole shillings.</summary>
    public required Money Total { get; init; }

    public required IReadOnlyList<LineView> Items { get; init; }

    /// <summary>Every payment begun, also those that came to nothing.</summary>
    public required IReadOnlyList<PaymentView> Payments { get; init; }

    /// <summary>Only for SLIP sessions.</summary>
    public SlipView? Slip { get; init; }

    /// <summary>The bill that a TAB's round was put on, or that this payment is for.</summary>
    public Guid? BillId { get; init; }

    /// <summary>The checkout group that it is paid with, where it comes from a cart.</summary>
    public Guid? GroupId { get; init; }

    /// <summary>The order that the confirmation brought.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>The order itself, with <c>expand=order</c>.</summary>
    public OrderView? Order { get; init; }

    /// <summary>What happened so far, oldest first, with <c>expand=timeline</c>.</summary>
    public IReadOnlyList<TimelineEntryView>? Timeline { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>While it waits for payment: until when.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>When it expired, failed or was cancelled.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>For EXPIRED: SLIP_TIMEOUT, PAYMENT_TIMEOUT, or ENDED_EARLY where a caller ended it.</summary>
    public EndReason? ExpiryReason { get; init; }

    /// <summary>For FAILED.</summary>
    public EndReason? FailureReason { get; init; }

    /// <summary>
    /// In whole shillings: what staff have taken from the guest, by any method, that came to nothing and has to be
    /// handed back.
    /// </summary>
    public Money? MoneyToReturn { get; init; }

    /// <summary>In whole shillings: the cash in that.</summary>
    public Money? CashToReturn { get; init; }

    /// <summary>Counts the changes, from 1.</summary>
    public required long Version { get; init; }

    public required SessionLinks Links { get; init; }
}

/// <summary>One priced line.</summary>
/// <param name="Name">As the menu called it at the opening.</param>
/// <param name="UnitPrice">In whole shillings, as the menu had it at the opening.</param>
/// <param name="Total">In whole shillings: the quantity times the unit price.</param>
/// <param name="VoidedQuantity">
/// Of an order on a bill: how many of them nobody has to pay for; left out while that is none.
/// </param>
internal sealed record LineView(
    Guid MenuId, string Name, int Quantity, Money UnitPrice, Money Total, string? ItemInstructions,
    int? VoidedQuantity = null);

/// <summary>One part of a payment.</summary>
/// <param name="Amount">In whole shillings.</param>
/// <param name="Status">
/// PENDING waits for the guest or the aggregator; HELD is taken until the other parts are final; PAID belongs to the
/// order; RELEASED came to nothing; TO_RETURN waits to be handed back, RETURNED has been.
/// </param>
/// <param name="PhoneNumber">Only staff see all digits.</param>
/// <param name="Tendered">For CASH: what the guest put down, where the till has said so.</param>
/// <param name="Change">What the guest gets back of that.</param>
/// <param name="PayReference">
/// For MOBILE_MONEY without a number, while it waits: what the guest types into the menu of any phone to pay it.
/// </param>
/// <param name="Push">For MOBILE_MONEY: the last push to a phone, or the reference once it has been paid.</param>
internal sealed record PaymentView(
    Guid Id,
    PaymentMethod PaymentMethod,
    Money Amount,
    PaymentStatus Status,
    Guid? KitchenCustomerId,
    Guid? KitchenPaymentMethodId,
    string? PhoneNumber,
    string? Provider,
    Money? Tendered,
    Money? Change,
    string? PayReference,
    PushView? Push);

/// <summary>One push to a guest's phone.</summary>
/// <param name="Reference">What the aggregator knows it by; it stands in the guest's message too.</param>
/// <param name="Status">SENT, PENDING and UNKNOWN may still become SUCCEEDED or FAILED.</param>
/// <param name="FailureReason">Why the guest or the network said no, in the aggregator's words.</param>
/// <param name="Received">What the guest paid.</param>
/// <param name="Refunded">What of it has gone back to the phone.</param>
internal sealed record PushView(
    string Reference,
    AttemptStatus Status,
    DateTimeOffset StartedAt,
    string? FailureReason,
    Money? Received,
    Money? Refunded);

/// <summary>What a slip says.</summary>
/// <param name="SlipNumber">For people, with a check digit: 0147-9.</param>
/// <param name="SlipCode">For scanners: 13 characters of Crockford's base32.</param>
/// <param name="ExpiresAt">While it can be paid: until when.</param>
/// <param name="PaymentInProgressUntil">While a cashier's payment waits for a part of it: until when.</param>
internal sealed record SlipView(
    [RegularExpression(Patterns.SlipNumber)] string SlipNumber,
    [RegularExpression(Patterns.SlipCode)] string SlipCode,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? PaymentInProgressUntil);

/// <summary>One thing that happened to a session.</summary>
/// <param name="ById">Who did it; only staff see it.</param>
internal sealed record TimelineEntryView(TimelineEntryKind Event, DateTimeOffset At, CallerKind By, Guid? ById);

/// <summary>What a session's clients ask for next.</summary>
internal sealed record SessionLinks(string Self, string Timeline, string? Slip, string? Order);

/// <summary>What a session would cost.</summary>
/// <param name="Total">In whole shillings.</param>
internal sealed record QuoteView(Money Total, IReadOnlyList<LineView> Items)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "checkout_quote";

    public string Currency { get; } = "TZS";
}

/// <summary>What happened to a session, oldest first.</summary>
internal sealed record TimelineView(IReadOnlyList<TimelineEntryView> Data)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "list";
}
