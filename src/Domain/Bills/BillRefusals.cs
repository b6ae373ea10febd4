using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Bills;

/// <summary>Every no that a bill can give, in the order in which callers see them.</summary>
public static class BillRefusals
{
    public static Refusal BillTableMismatch(string table) => new(
        Rules, "bill-table-mismatch", $"This bill is for table {table}; a round goes onto a bill of its own table.",
        "/tableNumber");

    public static Refusal TooManyItems { get; } = new(
        Rules, "too-many-items", $"A bill has at most {BillRules.MostLines} lines: open another one.", "/items");

    public static Refusal NotFound { get; } = new(NotThere, "not-found", "There is no such bill.");

    public static Refusal BillNotOpen(BillStatus status) => new(
        State, "bill-not-open", $"The bill is {status.Word}; this needs one that is open.", "",
        [new RefusalDetail("billStatus", status.Word)]);

    public static Refusal BillPaymentInProgress { get; } = new(
        State, "bill-payment-in-progress", "A payment for this bill is under way; nothing changes on it meanwhile.");

    public static Refusal Overloaded { get; } = new(
        Busy, "overloaded", "Too much is waiting for this bill; try again.");
}
