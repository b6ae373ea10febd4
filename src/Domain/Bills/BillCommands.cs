using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;

namespace JikoXpress.Domain.Bills;

/// <summary>A cashier takes money for a bill.</summary>
public sealed record PayBill(Caller By, Sequence<PaymentRequest>? Payments, Operation? Operation = null)
    : IGrainCommand
{
    public Sequence<Refusal> Broken() =>
        SessionRules.AtTheTill(Payments, ChannelTerms.AtTheCashier, "bill");
}

/// <summary>
/// Moves a part of a bill to new bills: some items to one, its balance in equal shares to several, or an amount to
/// each. Exactly one of the three is given.
/// </summary>
/// <param name="Shares">The number of bills after the split, this one included.</param>
public sealed record SplitBill(
    Caller By, Sequence<ItemToSplit>? Items = null, int? Shares = null, Sequence<AmountToSplit>? Amounts = null,
    Operation? Operation = null) : IGrainCommand
{
    public Sequence<Refusal> Broken()
    {
        if (new object?[] { Items, Shares, Amounts }.Count(said => said is not null) != 1)
            return [BillRefusals.SplitUnclear];
        if (this is { Items.Count: 0 } or { Amounts.Count: 0 }) return [BillRefusals.SplitUnclear];
        return
        [
            .. Items is { Count: > BillRules.MostLines } ? [BillRefusals.TooManyItems] : Array.Empty<Refusal>(),
            .. (Items ?? []).Index()
                .Where(item => item.Item.Quantity is < 1 or > SessionRules.MostOfOneLine)
                .Select(item => BillRefusals.QuantityOutOfRange(item.Index, SessionRules.MostOfOneLine)),
            .. Shares is < 2 or > BillRules.MostParts ? [BillRefusals.SharesOutOfRange] : Array.Empty<Refusal>(),
            .. Amounts is { Count: >= BillRules.MostParts } ? [BillRefusals.TooManyAmounts] : Array.Empty<Refusal>(),
            .. (Amounts ?? []).Index()
                .SelectMany(part => FieldRules.Amount(part.Item.Amount, $"/amounts/{part.Index}/amount")),
        ];
    }
}

/// <param name="Quantity">Null means the whole line.</param>
public sealed record ItemToSplit(Guid LineId, int? Quantity = null);

public sealed record AmountToSplit(Money Amount);

/// <summary>The guests move to another table.</summary>
public sealed record TransferBill(Caller By, string TableNumber, Operation? Operation = null) : IGrainCommand
{
    public Sequence<Refusal> Broken() =>
        [.. FieldRules.Note(TableNumber, "/tableNumber", SessionRules.LongestTableNumber)];
}

/// <summary>Moves all lines and shares of another bill onto this one.</summary>
public sealed record MergeBill(Caller By, Guid FromId, Operation? Operation = null) : IGrainCommand;

/// <summary>A manager voids a line, with a reason: it is not paid, and what was paid for it is given back.</summary>
/// <param name="Quantity">How many of the line's items; null means all.</param>
public sealed record VoidBillLine(
    Caller By, Guid LineId, string Reason, int? Quantity = null, Operation? Operation = null) : IGrainCommand
{
    public Sequence<Refusal> Broken() =>
    [
        .. Quantity is < 1 or > SessionRules.MostOfOneLine
            ? [BillRefusals.VoidOutOfRange(SessionRules.MostOfOneLine)]
            : Array.Empty<Refusal>(),
        .. FieldRules.Note(Reason, "/reason", BillRules.LongestReason),
    ];
}

/// <summary>A manager writes off the open balance, with a reason.</summary>
public sealed record WriteOffBill(Caller By, string Reason, Operation? Operation = null) : IGrainCommand
{
    public Sequence<Refusal> Broken() => [.. FieldRules.Note(Reason, "/reason", BillRules.LongestReason)];
}

/// <summary>Ids for the lines of a round, and for the bill that it opens or goes onto.</summary>
public sealed record BillIds(Guid BillId, Sequence<Guid> Lines);

/// <summary>A manager refunds money that paid a bill.</summary>
/// <param name="PaymentId">The id of the session that took the money.</param>
public sealed record RefundBillPayment(Guid PaymentId, RefundOrder Refund);
