using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;

namespace JikoXpress.Domain.Bills;

/// <summary>A cashier takes money for a bill.</summary>
public sealed record PayBill(Caller By, Sequence<PaymentRequest>? Payments, Operation? Operation = null);

/// <summary>
/// Moves a part of a bill to new bills: some items to one, its balance in equal shares to several, or an amount to
/// each. Exactly one of the three is given.
/// </summary>
/// <param name="Shares">The number of bills after the split, this one included.</param>
public sealed record SplitBill(
    Caller By, Sequence<ItemToSplit>? Items = null, int? Shares = null, Sequence<AmountToSplit>? Amounts = null,
    Operation? Operation = null);

/// <param name="Quantity">Null means the whole line.</param>
public sealed record ItemToSplit(Guid LineId, int? Quantity = null);

public sealed record AmountToSplit(Money Amount);

/// <summary>The guests move to another table.</summary>
public sealed record TransferBill(Caller By, string TableNumber, Operation? Operation = null);

/// <summary>Moves all lines and shares of another bill onto this one.</summary>
public sealed record MergeBill(Caller By, Guid FromId, Operation? Operation = null);

/// <summary>A manager voids a line, with a reason: it is not paid.</summary>
public sealed record VoidBillLine(Caller By, Guid LineId, string Reason, Operation? Operation = null);

/// <summary>A manager writes off the open balance, with a reason.</summary>
public sealed record WriteOffBill(Caller By, string Reason, Operation? Operation = null);

/// <summary>Ids for the lines of a round, and for the bill that it opens or goes onto.</summary>
public sealed record BillIds(Guid BillId, Sequence<Guid> Lines);

/// <summary>A manager refunds money that paid a bill.</summary>
/// <param name="PaymentId">The id of the session that took the money.</param>
public sealed record RefundBillPayment(Guid PaymentId, RefundOrder Refund);
