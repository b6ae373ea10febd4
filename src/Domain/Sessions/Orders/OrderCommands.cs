namespace JikoXpress.Domain.Sessions.Orders;

/// <summary>A manager gives money back for an order: for some of its items, or an amount.</summary>
/// <param name="Restock">The items are unused and can be sold again.</param>
public sealed record RefundOrder(
    Caller By, Sequence<ItemsToRefund>? Items, Money? Amount, string Reason, bool Restock = false,
    Operation? Operation = null) : IGrainCommand
{
    public Sequence<Refusal> Broken() =>
    [
        .. IsUnclear ? [OrderRefusals.RefundUnclear] : Array.Empty<Refusal>(),
        .. Items is { Count: > OrderRules.MostItems } ? [OrderRefusals.TooManyItems] : Array.Empty<Refusal>(),
        .. (Items ?? []).Index()
            .Where(item => item.Item.Quantity is < 1 or > OrderRules.MostOfOneItem)
            .Select(item => OrderRefusals.QuantityOutOfRange(item.Index)),
        .. (Items ?? []).Index()
            .Where(item => Items!.Take(item.Index).Any(other => other.MenuId == item.Item.MenuId))
            .Select(item => OrderRefusals.ItemTwice(item.Index)),
        .. FieldRules.Amount(Amount, "/amount"),
        .. FieldRules.Note(Reason, "/reason", OrderRules.LongestReason),
    ];

    private bool IsUnclear =>
        (Items is null) == (Amount is null) || Items is { Count: 0 } || (Restock && Items is null);
}

/// <param name="Quantity">Null means all that is not refunded yet.</param>
public sealed record ItemsToRefund(Guid MenuId, int? Quantity = null);

/// <summary>The kitchen sets the status of a ticket.</summary>
public sealed record MoveTicket(Caller By, TicketStatus To, Operation? Operation = null) : IGrainCommand;

/// <summary>Staff approve an order that a guest has paid at the table, so that it is cooked.</summary>
public sealed record ApproveOrder(Caller By, Operation? Operation = null) : IGrainCommand;

/// <summary>Staff reject such an order: the guest gets all the money back.</summary>
public sealed record RejectOrder(Caller By, string Reason, Operation? Operation = null) : IGrainCommand
{
    public Sequence<Refusal> Broken() => [.. FieldRules.Note(Reason, "/reason", OrderRules.LongestReason)];
}
