using System.Text.Json.Serialization;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain;

/// <summary>An event of a kitchen, for its screens and subscribers.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SessionConfirmed), SessionConfirmed.Name)]
[JsonDerivedType(typeof(SessionEnded), SessionEnded.Name)]
[JsonDerivedType(typeof(PaymentStarted), PaymentStarted.Name)]
[JsonDerivedType(typeof(PaymentFailed), PaymentFailed.Name)]
[JsonDerivedType(typeof(PaymentInSuspense), PaymentInSuspense.Name)]
[JsonDerivedType(typeof(PaymentRefunded), PaymentRefunded.Name)]
[JsonDerivedType(typeof(PaymentCredited), PaymentCredited.Name)]
[JsonDerivedType(typeof(PaymentCorrected), PaymentCorrected.Name)]
[JsonDerivedType(typeof(PaymentReversed), PaymentReversed.Name)]
[JsonDerivedType(typeof(TicketMoved), TicketMoved.Name)]
[JsonDerivedType(typeof(TicketLineVoided), TicketLineVoided.Name)]
[JsonDerivedType(typeof(TicketTableChanged), TicketTableChanged.Name)]
[JsonDerivedType(typeof(OrderNeedsApproval), OrderNeedsApproval.Name)]
[JsonDerivedType(typeof(ApprovalOverdue), ApprovalOverdue.Name)]
[JsonDerivedType(typeof(OrderApproved), OrderApproved.Name)]
[JsonDerivedType(typeof(OrderRejected), OrderRejected.Name)]
[JsonDerivedType(typeof(OrderRefunded), OrderRefunded.Name)]
[JsonDerivedType(typeof(BillClosed), BillClosed.Name)]
[JsonDerivedType(typeof(StockLow), StockLow.Name)]
[JsonDerivedType(typeof(StockSoldOut), StockSoldOut.Name)]
[JsonDerivedType(typeof(StockBack), StockBack.Name)]
[JsonDerivedType(typeof(SubscriptionDue), SubscriptionDue.Name)]
[JsonDerivedType(typeof(SubscriptionChanged), SubscriptionChanged.Name)]
public abstract record KitchenEvent
{
    private KitchenEvent() { }

    /// <summary>Paid in full: its order is placed, and a ticket with the order's id is new on the screens.</summary>
    /// <param name="OrderId">Null for a web shop's session, which has no order.</param>
    public sealed record SessionConfirmed(Guid SessionId, Guid? OrderId) : KitchenEvent
    {
        public const string Name = "checkout_session.confirmed";
    }

    public sealed record SessionEnded(Guid SessionId, SessionStatus Status, string Reason) : KitchenEvent
    {
        public const string Name = "checkout_session.ended";
    }

    /// <summary>The phone of a web shop's customer is asked to pay.</summary>
    public sealed record PaymentStarted(Guid SessionId, Guid PaymentId) : KitchenEvent
    {
        public const string Name = "payment.started";
    }

    /// <summary>The phone of a web shop's customer, or its network, said no. The session is open for another try.
    /// </summary>
    /// <param name="Reason">In the aggregator's words; null where it gave none.</param>
    public sealed record PaymentFailed(Guid SessionId, Guid PaymentId, string? Reason) : KitchenEvent
    {
        public const string Name = "payment.failed";
    }

    /// <summary>Mobile money came that no order can use.</summary>
    /// <param name="Why">
    /// LATE, SURPLUS or UNDERPAID. A surplus goes back automatically; for late money the kitchen's setting decides.
    /// </param>
    public sealed record PaymentInSuspense(Guid SessionId, string Reference, Money Amount, string Why) : KitchenEvent
    {
        public const string Name = "payment.parked";
    }

    /// <summary>Mobile money has gone back to the phone that paid it, or to the guest by another way.</summary>
    /// <param name="PaidBackBy">The way that people chose after the aggregator had refused it; null otherwise.</param>
    public sealed record PaymentRefunded(
        Guid SessionId, string Reference, Money Amount, RefundWay? PaidBackBy = null) : KitchenEvent
    {
        public const string Name = "payment.refunded";
    }

    /// <summary>Mobile money has gone onto a customer's balance.</summary>
    public sealed record PaymentCredited(Guid SessionId, string Reference, Money Amount, Guid KitchenCustomerId)
        : KitchenEvent
    {
        public const string Name = "payment.credited";
    }

    /// <summary>A payment was keyed with a wrong method.</summary>
    /// <param name="Amount">What was left of the payment.</param>
    public sealed record PaymentCorrected(
        Guid SessionId, Guid PaymentId, PaymentMethod From, PaymentMethod To, Money Amount) : KitchenEvent
    {
        public const string Name = "payment.corrected";
    }

    /// <summary>The network has taken back mobile money after it was paid: people have to decide.</summary>
    public sealed record PaymentReversed(Guid SessionId, string Reference, Money Amount) : KitchenEvent
    {
        public const string Name = "payment.reversed";
    }

    /// <summary>A guest has paid at the table: there is no ticket before staff approve the order.</summary>
    public sealed record OrderNeedsApproval(Guid SessionId, Guid OrderId, DateTimeOffset AnswerBy) : KitchenEvent
    {
        public const string Name = "order.needs_approval";
    }

    /// <summary>Half of the time for an answer is over, and staff have not answered.</summary>
    public sealed record ApprovalOverdue(Guid SessionId, Guid OrderId, DateTimeOffset AnswerBy) : KitchenEvent
    {
        public const string Name = "order.approval_overdue";
    }

    /// <summary>A ticket with the order's id is new on the screens.</summary>
    public sealed record OrderApproved(Guid SessionId, Guid OrderId) : KitchenEvent
    {
        public const string Name = "order.approved";
    }

    /// <summary>The guest gets the money back.</summary>
    /// <param name="Reason">Null when staff did not answer in time.</param>
    public sealed record OrderRejected(Guid SessionId, Guid OrderId, string? Reason) : KitchenEvent
    {
        public const string Name = "order.rejected";
    }

    public sealed record TicketMoved(Guid OrderId, TicketStatus Status) : KitchenEvent
    {
        public const string Name = "ticket.moved";
    }

    /// <summary>Some items of a ticket are voided and need not be cooked any more.</summary>
    /// <param name="Place">The index of their line on the ticket, from 0.</param>
    /// <param name="Status">The ticket's status after this.</param>
    public sealed record TicketLineVoided(Guid OrderId, int Place, int Quantity, TicketStatus Status) : KitchenEvent
    {
        public const string Name = "ticket.line_voided";
    }

    /// <summary>The guests have moved: the ticket is for another table.</summary>
    /// <param name="Status">The ticket's status, which stays.</param>
    public sealed record TicketTableChanged(Guid OrderId, string TableNumber, TicketStatus Status) : KitchenEvent
    {
        public const string Name = "ticket.table_changed";
    }

    /// <summary>Money went back to the guest, or is on its way to the phone that paid it.</summary>
    /// <param name="OrderId">Null when the money had paid a bill.</param>
    /// <param name="Number">The number of the refund within the sale, from 1.</param>
    public sealed record OrderRefunded(Guid SessionId, Guid? OrderId, int Number, Money Amount) : KitchenEvent
    {
        public const string Name = "order.refunded";
    }

    /// <summary>The bill is closed: paid, void or written off.</summary>
    public sealed record BillClosed(Guid BillId, BillStatus Status) : KitchenEvent
    {
        public const string Name = "bill.closed";
    }

    public sealed record StockLow(Guid MenuId, int Available, int Threshold) : KitchenEvent
    {
        public const string Name = "stock.low";
    }

    public sealed record StockSoldOut(Guid MenuId) : KitchenEvent
    {
        public const string Name = "stock.sold_out";
    }

    public sealed record StockBack(Guid MenuId, int Available) : KitchenEvent
    {
        public const string Name = "stock.back";
    }

    /// <summary>A period of a subscription has begun, and its session can be paid.</summary>
    /// <param name="Number">
    /// Of the period, from 2: the first is paid to begin the subscription, but after a trial it is due as well.
    /// </param>
    public sealed record SubscriptionDue(Guid SubscriptionId, int Number, Guid SessionId) : KitchenEvent
    {
        public const string Name = "subscription.due";
    }

    /// <summary>
    /// A subscription has become active, past due, paused, cancelled, or is over; or its trial is over without a
    /// payment, and it is incomplete.
    /// </summary>
    public sealed record SubscriptionChanged(Guid SubscriptionId, SubscriptionStatus Status) : KitchenEvent
    {
        public const string Name = "subscription.changed";
    }
}
