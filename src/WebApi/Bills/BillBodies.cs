using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Sessions;
using static JikoXpress.Domain.Sessions.SessionRules;

namespace JikoXpress.WebApi.Bills;

/// <summary>The payments for a bill.</summary>
/// <param name="Payments">The amounts add up to the bill's balance, or to less if the kitchen allows it.</param>
internal sealed record PayBillBody([Length(1, MostPayments)] IReadOnlyList<PaymentBody> Payments);

/// <summary>How to split a bill: exactly one of items, shares and amounts.</summary>
/// <param name="Items">These items go to one new bill.</param>
/// <param name="Shares">The number of bills after the split; each has an equal share of the balance.</param>
/// <param name="Amounts">Each amount goes to a new bill; the rest of the balance stays.</param>
internal sealed record SplitBillBody(
    [Length(1, BillRules.MostLines)] IReadOnlyList<SplitItemBody>? Items = null,
    [Range(2, BillRules.MostParts)] int? Shares = null,
    [Length(1, BillRules.MostParts - 1)] IReadOnlyList<SplitAmountBody>? Amounts = null);

/// <summary>A line of the bill, or a part of its quantity.</summary>
/// <param name="LineId">The id of one of the bill's items.</param>
/// <param name="Quantity">The whole line if left out.</param>
internal sealed record SplitItemBody(Guid LineId, [Range(1, MostOfOneLine)] int? Quantity = null);

/// <summary>A part of the balance.</summary>
/// <param name="Amount">In whole shillings.</param>
internal sealed record SplitAmountBody(Money Amount);

/// <summary>The table to which the guests have moved.</summary>
internal sealed record TransferBillBody([Length(1, LongestTableNumber)] string TableNumber);

/// <summary>The bill to merge into this one.</summary>
internal sealed record MergeBillBody(Guid BillId);

/// <summary>Why the items need not be paid for.</summary>
internal sealed record ReasonBody([Length(1, BillRules.LongestReason)] string Reason);

/// <summary>Reads the bodies about bills.</summary>
internal static class BillBodies
{
    extension(JsonBody body)
    {
        public SplitBill SplitBill(Caller by) => new(
            by,
            body.Root.List("items", item => new ItemToSplit(item.Id("lineId"), item.OptionalInteger("quantity"))),
            body.Root.OptionalInteger("shares"),
            body.Root.List("amounts", part => new AmountToSplit(part.Money("amount"))),
            body.Operation());

        public TransferBill TransferBill(Caller by) => new(by, body.Said("tableNumber"), body.Operation());

        public MergeBill MergeBill(Caller by) => new(by, body.Root.Id("billId"), body.Operation());

        public VoidBillLine VoidBillLine(Caller by, Guid lineId) =>
            new(by, lineId, body.Said("reason"), body.Operation());

        public WriteOffBill WriteOffBill(Caller by) => new(by, body.Said("reason"), body.Operation());

        public string Said(string name) =>
            body.Root.Text(name) ?? body.Root.Violations.Missing(body.Root.Pointer(name), "-");
    }
}

/// <param name="Status">Only bills with this status.</param>
/// <param name="TableNumber">Only bills of this table.</param>
internal sealed record ListBillsQuery(BillStatus? Status, string? TableNumber) : PageQuery;
