namespace JikoXpress.Domain.Sessions.Orders;

/// <summary>A manager gives money back for an order: for some of its items, or an amount.</summary>
/// <param name="Restock">The items have not been touched, and can be sold again.</param>
public sealed record RefundOrder(
    Caller By, Sequence<ItemsToRefund>? Items, Money? Amount, string Reason, bool Restock = false,
    Operation? Operation = null);

/// <param name="Quantity">All that is not refunded yet, where it is left out.</param>
public sealed record ItemsToRefund(Guid MenuId, int? Quantity = null);

/// <summary>The kitchen says how far it is with a ticket.</summary>
public sealed record MoveTicket(Caller By, TicketStatus To, Operation? Operation = null);

/// <summary>Staff let an order be cooked that a guest has paid at the table.</summary>
public sealed record ApproveOrder(Caller By, Operation? Operation = null);

/// <summary>Staff turn such an order down: the guest gets all the money back.</summary>
public sealed record RejectOrder(Caller By, string Reason, Operation? Operation = null);
