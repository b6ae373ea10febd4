using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Bills;

/// <summary>The refusals of a bill, in the order in which callers see them.</summary>
public static class BillRefusals
{
    public static Refusal BillTableMismatch(string table) => new(
        Rules, "bill-table-mismatch", $"This bill is for table {table}; the round names another table.",
        "/tableNumber");

    public static Refusal TooManyItems { get; } = new(
        Rules, "too-many-items", $"A bill has at most {BillRules.MostLines} lines; open another bill.", "/items");

    public static Refusal SplitUnclear { get; } = new(
        Rules, "split-unclear", "Send exactly one of items, shares and amounts.");

    public static Refusal SharesOutOfRange { get; } = new(
        Rules, "shares-out-of-range", $"A bill is split into 2 to {BillRules.MostParts} shares.", "/shares");

    public static Refusal TooManyAmounts { get; } = new(
        Rules, "too-many-amounts", $"A bill is split into at most {BillRules.MostParts}.", "/amounts");

    public static Refusal QuantityOutOfRange(int item, int most) => new(
        Rules, "quantity-out-of-range", $"The quantity of this line must be 1 to {most}.", $"/items/{item}/quantity");

    public static Refusal VoidOutOfRange(int most) => new(
        Rules, "quantity-out-of-range", $"Of this line 1 to {most} can be voided.", "/quantity");

    public static Refusal BillLineNotFound(int item) => new(
        Rules, "bill-line-not-found", "The bill has no such line, or it is voided.", $"/items/{item}/lineId");

    public static Refusal SplitExceedsBalance(Money balance) => new(
        Rules, "split-exceeds-balance", $"A part of the bill's balance of {balance} must stay on the bill.", "",
        [RefusalDetail.Of("balance", balance)]);

    public static Refusal MergedWithItself { get; } = new(
        Rules, "bill-merged-with-itself", "A bill cannot be merged with itself.", "/billId");

    public static Refusal NotFound { get; } = new(NotThere, "not-found", "There is no such bill.");

    public static Refusal LineNotFound { get; } = new(NotThere, "not-found", "There is no such line on the bill.");

    public static Refusal BillNotOpen(BillStatus status) => new(
        State, "bill-not-open", $"The bill is {status.WireName}; it must be open for this.", "",
        [new RefusalDetail("billStatus", status.WireName)]);

    public static Refusal PaymentNotFound { get; } = new(NotThere, "not-found", "The bill has no such payment.");

    public static Refusal BillNotClosed(BillStatus status) => new(
        State, "bill-not-closed", $"The bill is {status.WireName}; its payments can be refunded once it is closed.", "",
        [new RefusalDetail("billStatus", status.WireName)]);

    public static Refusal BillPaymentInProgress { get; } = new(
        State, "bill-payment-in-progress",
        "A payment for this bill is in progress; the bill cannot be changed until it ends.");

    public static Refusal BillPartPaid { get; } = new(
        State, "bill-part-paid", "A part of this bill is paid; merge the other bill into it instead.");

    public static Refusal BillLineVoided { get; } = new(State, "bill-line-voided", "The line is already voided.");

    public static Refusal VoidExceedsBalance(Money balance) => new(
        State, "void-exceeds-balance",
        $"The balance is {balance}, and what was paid does not cover the rest of the line: it was split off.", "",
        [RefusalDetail.Of("balance", balance)]);

    public static Refusal Overloaded { get; } = new(
        Busy, "overloaded", "Too many requests wait for this bill; try again.");
}
