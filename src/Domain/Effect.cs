using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Inventory;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain;

/// <summary>A change that is committed together with a new state, in the same transaction.</summary>
public abstract record Effect
{
    private Effect() { }

    /// <summary>Reserve stock for a session that is not paid yet.</summary>
    public sealed record ReserveStock(
        Guid KitchenId, Guid SessionId, Sequence<StockLine> Lines, DateTimeOffset ExpiresAt)
        : Effect;

    /// <summary>Sell stock that was not reserved before.</summary>
    public sealed record SellStock(Guid KitchenId, Guid SessionId, Sequence<StockLine> Lines) : Effect;

    /// <summary>Sell what the session had reserved.</summary>
    public sealed record SellReserved(Guid SessionId) : Effect;

    /// <summary>Free what the session had reserved.</summary>
    public sealed record ReleaseReserved(Guid SessionId) : Effect;

    /// <summary>Keep the session's reservation until a later moment.</summary>
    public sealed record ExtendReserved(Guid SessionId, DateTimeOffset ExpiresAt) : Effect;

    /// <summary>Items that were sold to the session can be sold again.</summary>
    public sealed record ReturnStock(Guid KitchenId, Guid SessionId, Sequence<StockLine> Lines) : Effect;

    /// <summary>Goods received, wasted or counted.</summary>
    public sealed record AdjustStock(Guid KitchenId, StockAdjustment Adjustment) : Effect;

    /// <summary>Create an order and its kitchen ticket. At most once for each session.</summary>
    public sealed record PlaceOrder(Order Order) : Effect;

    /// <summary>Change the status of the order or its ticket.</summary>
    /// <param name="Ticket">Null while it has none.</param>
    public sealed record MoveOrder(Guid OrderId, OrderStatus Status, TicketStatus? Ticket) : Effect;

    /// <summary>Money moves from one account to another.</summary>
    public sealed record Transfer(LedgerTransfer Movement) : Effect;

    /// <summary>Use an app user's code for a payment; a commit that uses it a second time fails.</summary>
    public sealed record SpendAuthorization(Guid AuthorizationId, Guid PaymentId) : Effect;

    /// <summary>Keep a receipt that a cashier attests; a commit that uses one a second time fails.</summary>
    /// <param name="TillId">The cashier's till.</param>
    public sealed record AttestReceipt(Guid PaymentId, Guid? TillId, Money Amount, Attestation Attestation) : Effect;

    /// <summary>
    /// Start a push or a reference. A push is sent to the aggregator after the commit; both are queried until their
    /// outcome is known. A follower's share of a paid attempt is only stored.
    /// </summary>
    /// <param name="AskBy">
    /// When the session expires: the aggregator is queried once more at this moment, and no push is sent after it.
    /// </param>
    /// <param name="Suspense">For an attempt that is paid already: its money that waits for a decision.</param>
    /// <param name="AskedBy">Who has the phone rung; null where none rings.</param>
    public sealed record StartAttempt(
        Guid KitchenId, Guid SessionId, Guid PaymentId, Money Amount, DateTimeOffset AskBy, PaymentAttempt Attempt,
        SuspendedMoney? Suspense = null, Asker? AskedBy = null, Currency Currency = Currency.Tzs) : Effect;

    /// <summary>Record the outcome of an attempt.</summary>
    /// <param name="Suspense">Its money that waits for a decision; null when none does, or not any more.</param>
    public sealed record CloseAttempt(string Reference, AttemptStatus Status, SuspendedMoney? Suspense = null) : Effect;

    /// <summary>
    /// Keep whose the receipts of money are that is counted; a commit with one that belongs to another reference fails.
    /// </summary>
    public sealed record ClaimReceipts(string Adapter, string Reference, Sequence<string> Receipts) : Effect;

    /// <summary>Start a refund by the aggregator, to the phone that paid.</summary>
    public sealed record StartRefund(Guid KitchenId, Guid SessionId, PaymentAttempt Attempt, Refund Refund) : Effect
    {
        /// <summary>Null when the account that got the money sends it back to the phone that paid.</summary>
        public RefundTarget? To { get; init; }
    }

    /// <summary>Record that the aggregator has paid a refund.</summary>
    public sealed record CloseRefund(string Reference) : Effect;

    /// <summary>
    /// Record what people decided about a refused refund: it is not tried again. The commit fails unless the last
    /// answer of the aggregator is a certain no, and, for cash, the shift is open and its drawer holds as much.
    /// </summary>
    public sealed record SettleRefund(
        string Reference, RefundWay Way, Guid KitchenId, Guid? ShiftId = null, Guid? TillId = null) : Effect;

    /// <summary>Write a bill in the same commit; the commit fails if its version has changed.</summary>
    public sealed record KeepBill(Bill.Opened Bill, long ExpectedVersion) : Effect;

    /// <summary>
    /// Write a session in another grain's commit: one that pays a bill, is a round of it, or belongs to a cart's
    /// group. Version 0 opens it; the commit fails if its version has changed.
    /// </summary>
    public sealed record KeepSession(Session.Opened Session, long ExpectedVersion = 0) : Effect;

    /// <summary>Write a cart in the same commit; the commit fails if its version has changed.</summary>
    public sealed record KeepCart(Guid AccountId, Cart Cart, long ExpectedVersion) : Effect;

    /// <summary>
    /// Count a session among those of its payment link. The commit fails if a session is opened and the link is
    /// switched off, or has no place left.
    /// </summary>
    public sealed record CountLinkSession(Guid LinkId, Guid SessionId, LinkSessionState State) : Effect;

    /// <summary>Create a subscription with its first session. At most once for each session.</summary>
    public sealed record BeginSubscription(Subscription Subscription) : Effect;

    /// <summary>A session of the subscription is paid or over: somebody has to look at it.</summary>
    public sealed record WakeSubscription(Guid SubscriptionId) : Effect;

    /// <summary>Record that a part of what was sold is not paid in the end, for the list of the day.</summary>
    public sealed record RecordSaleChange(SaleChange Change) : Effect;

    /// <summary>
    /// Record the correction of a payment's method. The commit fails if the shift is not any more as it says.
    /// </summary>
    /// <param name="TillId">The till that took the payment.</param>
    /// <param name="Number">Counts the corrections of the payment, from 0.</param>
    public sealed record RecordCorrection(
        Guid KitchenId, Guid SessionId, Guid PaymentId, Guid TillId, Guid? ShiftId, bool AfterClosing, int Number,
        PaymentCorrection Correction) : Effect;

    /// <summary>Publish an event to the kitchen's screens and subscribers.</summary>
    public sealed record Publish(Guid KitchenId, KitchenEvent Event) : Effect;
}

/// <summary>Money in suspense that waits for a decision.</summary>
/// <param name="PaidBy">The phone that paid; null when it is not known.</param>
public sealed record SuspendedMoney(SuspenseReason Why, Money Amount, string? PaidBy, DateTimeOffset At);

public enum SaleChangeKind
{
    /// <summary>Dishes were taken off a bill.</summary>
    Void = 1,

    /// <summary>Money was given back for an order, or for a payment of a closed bill.</summary>
    Refund,

    /// <summary>The balance of a bill is not paid by anybody.</summary>
    WriteOff,
}

/// <summary>A part of what was sold that is not paid in the end. Unique by kind, subject and part.</summary>
/// <param name="Subject">The voided line of the bill, the session whose sale is refunded, or the bill.</param>
/// <param name="Part">Distinguishes the items of all refunds of a sale, from 0.</param>
/// <param name="SessionId">The session that sold it, or that took the money; null for a write-off.</param>
/// <param name="MenuId">Null for an amount that names no item.</param>
/// <param name="GivenBack">Of a void: the part of the amount that the guests had paid, and got back.</param>
public sealed record SaleChange(
    SaleChangeKind Kind, Guid Subject, int Part, Guid KitchenId, Guid? SessionId, Guid? MenuId, string? Name,
    int Quantity, Money Amount, Money GivenBack = default);

/// <summary>A quantity of one menu item.</summary>
public sealed record StockLine(Guid MenuId, int Quantity);

public enum StockAdjustmentKind { Receipt = 1, Waste, Count }

/// <summary>
/// Goods received or wasted (a quantity above zero), or counted (the quantity found on the shelf, reserved ones
/// included).
/// </summary>
public sealed record StockAdjustment(
    Guid Id, Guid MenuId, StockAdjustmentKind Kind, int Quantity, string? Reason, Guid By, DateTimeOffset At) : ICommand
{
    public Sequence<Refusal> Broken() => StockRules.Broken(this);
}
