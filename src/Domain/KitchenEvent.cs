using System.Text.Json.Serialization;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions.Orders;

namespace JikoXpress.Domain;

/// <summary>What happened in a kitchen, as its screens and subscribers are told.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SessionConfirmed), SessionConfirmed.Name)]
[JsonDerivedType(typeof(SessionEnded), SessionEnded.Name)]
[JsonDerivedType(typeof(PaymentInSuspense), PaymentInSuspense.Name)]
[JsonDerivedType(typeof(PaymentRefunded), PaymentRefunded.Name)]
[JsonDerivedType(typeof(PaymentCredited), PaymentCredited.Name)]
[JsonDerivedType(typeof(TicketMoved), TicketMoved.Name)]
[JsonDerivedType(typeof(TicketLineVoided), TicketLineVoided.Name)]
[JsonDerivedType(typeof(OrderNeedsApproval), OrderNeedsApproval.Name)]
[JsonDerivedType(typeof(ApprovalOverdue), ApprovalOverdue.Name)]
[JsonDerivedType(typeof(OrderApproved), OrderApproved.Name)]
[JsonDerivedType(typeof(OrderRejected), OrderRejected.Name)]
[JsonDerivedType(typeof(OrderRefunded), OrderRefunded.Name)]
[JsonDerivedType(typeof(BillClosed), BillClosed.Name)]
[JsonDerivedType(typeof(StockLow), StockLow.Name)]
[JsonDerivedType(typeof(StockSoldOut), StockSoldOut.Name)]
[JsonDerivedType(typeof(StockBack), StockBack.Name)]
public abstract record KitchenEvent
{
    private KitchenEvent() { }

    /// <summary>Paid in full: its order is placed, and a ticket with the order's id is new on the screens.</summary>
    public sealed record SessionConfirmed(Guid SessionId, Guid OrderId) : KitchenEvent
    {
        public const string Name = "checkout_session.confirmed";
    }

    public sealed record SessionEnded(Guid SessionId, SessionStatus Status, string Reason) : KitchenEvent
    {
        public const string Name = "checkout_session.ended";
    }

    /// <summary>Mobile money came that no order can have.</summary>
    /// <param name="Why">
    /// LATE, SURPLUS or UNDERPAID. What is beyond the due goes back by itself; what came late, as the kitchen has set.
    /// </param>
    public sealed record PaymentInSuspense(Guid SessionId, string Reference, Money Amount, string Why) : KitchenEvent
    {
        public const string Name = "payment.parked";
    }

    /// <summary>It has gone back to the phone that paid it.</summary>
    public sealed record PaymentRefunded(Guid SessionId, string Reference, Money Amount) : KitchenEvent
    {
        public const string Name = "payment.refunded";
    }

    /// <summary>It has gone onto a customer's balance.</summary>
    public sealed record PaymentCredited(Guid SessionId, string Reference, Money Amount, Guid KitchenCustomerId)
        : KitchenEvent
    {
        public const string Name = "payment.credited";
    }

    /// <summary>A guest has paid at the table: there is no ticket before staff approve the order.</summary>
    public sealed record OrderNeedsApproval(Guid SessionId, Guid OrderId, DateTimeOffset AnswerBy) : KitchenEvent
    {
        public const string Name = "order.needs_approval";
    }

    /// <summary>Half of the time to answer is over, and nobody has.</summary>
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
    /// <param name="Reason">Null where nobody has answered in time.</param>
    public sealed record OrderRejected(Guid SessionId, Guid OrderId, string? Reason) : KitchenEvent
    {
        public const string Name = "order.rejected";
    }

    public sealed record TicketMoved(Guid OrderId, TicketStatus Status) : KitchenEvent
    {
        public const string Name = "ticket.moved";
    }

    /// <summary>Some items of a ticket are not wanted any more: whoever cooks them stops.</summary>
    /// <param name="Place">Of their line on the ticket, from 0.</param>
    /// <param name="Status">How far the kitchen is with the ticket.</param>
    public sealed record TicketLineVoided(Guid OrderId, int Place, int Quantity, TicketStatus Status) : KitchenEvent
    {
        public const string Name = "ticket.line_voided";
    }

    /// <summary>Money went back to the guest, or is on its way to the phone that paid it.</summary>
    /// <param name="OrderId">Null where it had paid a bill.</param>
    /// <param name="Number">Counts the refunds of the sale, from 1.</param>
    public sealed record OrderRefunded(Guid SessionId, Guid? OrderId, int Number, Money Amount) : KitchenEvent
    {
        public const string Name = "order.refunded";
    }

    /// <summary>Nothing is open on the bill any more.</summary>
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
}
