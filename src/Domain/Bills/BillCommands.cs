using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Bills;

/// <summary>A cashier takes money for a bill.</summary>
public sealed record PayBill(Caller By, Sequence<PaymentRequest>? Payments, Operation? Operation = null);

/// <summary>Ids for the dishes of a round, and for the bill that it opens.</summary>
public sealed record BillIds(Guid BillId, Sequence<Guid> Lines);
