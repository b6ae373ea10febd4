namespace JikoXpress.Domain.Sessions.Orders;

/// <summary>A manager gives money back for an order: for some of its items, or an amount.</summary>
/// <param name="Restock">The items are unused and can be sold again.</param>
public sealed record RefundOrder(
    Caller By, Sequence<ItemsToRefund>? Items, Money? Amount, string Reason, bool Restock = false,
    Operation? Operation = null);

/// <param name="Quantity">Null means all that is not refunded yet.</param>
public sealed record ItemsToRefund(Guid MenuId, int? Quantity = null);

/// <summary>The kitchen sets the status of a ticket.</summary>
public sealed record MoveTicket(Caller By, TicketStatus To, Operation? Operation = null);

/// <summary>Staff approve an order that a guest has paid at the table, so that it is cooked.</summary>
public sealed record ApproveOrder(Caller By, Operation? Operation = null);

/// <summary>Staff reject such an order: the guest gets all the money back.</summary>
public sealed record RejectOrder(Caller By, string Reason, Operation? Operation = null);
