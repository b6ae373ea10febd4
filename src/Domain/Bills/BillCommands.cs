using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;

namespace JikoXpress.Domain.Bills;

/// <summary>A cashier takes money for a bill.</summary>
public sealed record PayBill(Caller By, Sequence<PaymentRequest>? Payments, Operation? Operation = null);

/// <summary>
/// A part of a bill goes to new ones: some items to one, its balance in equal shares to several, or an amount to each.
/// Exactly one of the three is said.
/// </summary>
/// <param name="Shares">How many bills there are in the end.</param>
public sealed record SplitBill(
    Caller By, Sequence<ItemToSplit>? Items = null, int? Shares = null, Sequence<AmountToSplit>? Amounts = null,
    Operation? Operation = null);

/// <param name="Quantity">Null for all of the line.</param>
public sealed record ItemToSplit(Guid LineId, int? Quantity = null);

public sealed record AmountToSplit(Money Amount);

/// <summary>The guests move to another table.</summary>
public sealed record TransferBill(Caller By, string TableNumber, Operation? Operation = null);

/// <summary>All that is on another bill comes onto this one.</summary>
public sealed record MergeBill(Caller By, Guid FromId, Operation? Operation = null);

/// <summary>Nobody has to pay for a line; a manager says why.</summary>
public sealed record VoidBillLine(Caller By, Guid LineId, string Reason, Operation? Operation = null);

/// <summary>Nobody will pay what is still open; a manager says why.</summary>
public sealed record WriteOffBill(Caller By, string Reason, Operation? Operation = null);

/// <summary>Ids for the dishes of a round, and for the bill that it opens.</summary>
public sealed record BillIds(Guid BillId, Sequence<Guid> Lines);

/// <summary>A manager gives back money that has paid a bill.</summary>
/// <param name="PaymentId">The session that took it.</param>
public sealed record RefundBillPayment(Guid PaymentId, RefundOrder Refund);
