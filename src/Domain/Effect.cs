using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain;

/// <summary>What has to happen together with a new state, in the same transaction.</summary>
public abstract record Effect
{
    private Effect() { }

    /// <summary>Keep stock for a session that is not paid yet.</summary>
    public sealed record ReserveStock(
        Guid KitchenId, Guid SessionId, Sequence<StockLine> Lines, DateTimeOffset ExpiresAt)
        : Effect;

    /// <summary>Sell stock that was not reserved before.</summary>
    public sealed record SellStock(Guid KitchenId, Guid SessionId, Sequence<StockLine> Lines) : Effect;

    /// <summary>Sell what the session had reserved.</summary>
    public sealed record SellReserved(Guid SessionId) : Effect;

    /// <summary>Give back what the session had reserved.</summary>
    public sealed record ReleaseReserved(Guid SessionId) : Effect;

    /// <summary>Keep the session's reservation until a later moment.</summary>
    public sealed record ExtendReserved(Guid SessionId, DateTimeOffset ExpiresAt) : Effect;

    /// <summary>Items that were sold to the session can be sold again.</summary>
    public sealed record ReturnStock(Guid KitchenId, Guid SessionId, Sequence<StockLine> Lines) : Effect;

    /// <summary>Goods received, wasted or counted.</summary>
    public sealed record AdjustStock(Guid KitchenId, StockAdjustment Adjustment) : Effect;

    /// <summary>An order and its kitchen ticket are born. At most once for each session.</summary>
    public sealed record PlaceOrder(Order Order) : Effect;

    /// <summary>The order, or its ticket, has come to another status.</summary>
    /// <param name="Ticket">Null while it has none.</param>
    public sealed record MoveOrder(Guid OrderId, OrderStatus Status, TicketStatus? Ticket) : Effect;

    /// <summary>Money moves from one account to another.</summary>
    public sealed record Transfer(LedgerTransfer Movement) : Effect;

    /// <summary>An app user's code pays a payment; a second payment that it is to pay is not committed.</summary>
    public sealed record SpendAuthorization(Guid AuthorizationId, Guid PaymentId) : Effect;

    /// <summary>
    /// A phone is to ring, or a reference may be paid: the aggregator is told of the one after the commit, and asked
    /// about both until it is known what came of them. A share of what has been paid is only kept.
    /// </summary>
    /// <param name="AskBy">When the session's time is over: the last moment at which an answer is of use.</param>
    public sealed record StartAttempt(
        Guid KitchenId, Guid SessionId, Guid PaymentId, Money Amount, DateTimeOffset AskBy, PaymentAttempt Attempt)
        : Effect;

    /// <summary>It is known what came of an attempt.</summary>
    /// <param name="Suspense">
    /// Its money waits for somebody to decide; null where it does not, or does no longer.
    /// </param>
    public sealed record CloseAttempt(string Reference, AttemptStatus Status, SuspendedMoney? Suspense = null) : Effect;

    /// <summary>The aggregator is to pay money back to the phone that paid it.</summary>
    public sealed record StartRefund(Guid KitchenId, Guid SessionId, PaymentAttempt Attempt, Refund Refund) : Effect;

    /// <summary>The aggregator has paid it back.</summary>
    public sealed record CloseRefund(string Reference) : Effect;

    /// <summary>A bill becomes so in the same commit, unless it has changed since its version was read.</summary>
    public sealed record KeepBill(Bill.Opened Bill, long ExpectedVersion) : Effect;

    /// <summary>
    /// A session becomes so in another grain's commit: one that pays a bill, is a round of it, or belongs to a cart's
    /// group. Version 0 opens it; what has changed since its version was read is not changed.
    /// </summary>
    public sealed record KeepSession(Session.Opened Session, long ExpectedVersion = 0) : Effect;

    /// <summary>A cart becomes so in the same commit, unless it has changed since its version was read.</summary>
    public sealed record KeepCart(Guid AccountId, Cart Cart, long ExpectedVersion) : Effect;

    /// <summary>Something that others want to hear of: the kitchen's screens, subscribers.</summary>
    public sealed record Publish(Guid KitchenId, KitchenEvent Event) : Effect;
}

/// <summary>Money in suspense that somebody has to decide about.</summary>
/// <param name="PaidBy">The phone that paid, as far as it is known.</param>
public sealed record SuspendedMoney(SuspenseReason Why, Money Amount, string? PaidBy, DateTimeOffset At);

/// <summary>A quantity of one menu item.</summary>
public sealed record StockLine(Guid MenuId, int Quantity);

public enum StockAdjustmentKind { Receipt = 1, Waste, Count }

/// <summary>
/// Goods received or wasted (a quantity above zero), or counted (the quantity found on the shelf, reserved ones
/// included).
/// </summary>
public sealed record StockAdjustment(
    Guid Id, Guid MenuId, StockAdjustmentKind Kind, int Quantity, string? Reason, Guid By, DateTimeOffset At);
