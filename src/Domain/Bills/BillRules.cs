using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Bills;

/// <summary>The rules for commands that change a bill, and who may see it.</summary>
public static class BillRules
{
    public const int MostLines = 1000;
    public const int MostParts = 50;
    public const int LongestReason = 200;

    /// <summary>Every rule that a split breaks, except those that need the bill.</summary>
    public static Sequence<Refusal> Broken(SplitBill command)
    {
        if (new object?[] { command.Items, command.Shares, command.Amounts }.Count(said => said is not null) != 1)
            return [BillRefusals.SplitUnclear];
        if (command is { Items.Count: 0 } or { Amounts.Count: 0 }) return [BillRefusals.SplitUnclear];
        return
        [
            .. command.Items is { Count: > MostLines } ? [BillRefusals.TooManyItems] : Array.Empty<Refusal>(),
            .. (command.Items ?? []).Index()
                .Where(item => item.Item.Quantity is < 1 or > SessionRules.MostOfOneLine)
                .Select(item => BillRefusals.QuantityOutOfRange(item.Index, SessionRules.MostOfOneLine)),
            .. command.Shares is < 2 or > MostParts ? [BillRefusals.SharesOutOfRange] : Array.Empty<Refusal>(),
            .. command.Amounts is { Count: >= MostParts } ? [BillRefusals.TooManyAmounts] : Array.Empty<Refusal>(),
            .. (command.Amounts ?? []).Index()
                .Where(part => part.Item.Amount <= Money.Zero || part.Item.Amount > Money.Largest)
                .Select(part => SessionRefusals.BrokenRule(
                    "amount-out-of-range", $"/amounts/{part.Index}/amount",
                    $"An amount must be 1 to {Money.Largest}.")),
        ];
    }

    /// <summary>Every rule that a table's number breaks.</summary>
    public static Sequence<Refusal> Broken(TransferBill command) =>
        [.. SessionRules.Text(command.TableNumber, "/tableNumber", SessionRules.LongestTableNumber)];

    /// <summary>Every rule that a reason breaks.</summary>
    public static Sequence<Refusal> BrokenReason(string reason) =>
        [.. SessionRules.Text(reason, "/reason", LongestReason)];

    /// <summary>A bill cannot be merged with itself.</summary>
    public static Sequence<Refusal> Broken(MergeBill command, Guid into) =>
        command.FromId == into ? [BillRefusals.MergedWithItself] : [];

    /// <summary>Every rule that a round breaks on its bill; none when the bill does not exist.</summary>
    internal static IEnumerable<Refusal> Broken(OpenSession command, KnownBill? known)
    {
        if (command.SessionType is not SessionType.Tab || known is not { Bill: var bill }) yield break;
        if (command.TableNumber is { } table && table != bill.TableNumber)
            yield return BillRefusals.BillTableMismatch(bill.TableNumber);
        if (bill.Lines.Count + (command.Items?.Count ?? 0) > MostLines) yield return BillRefusals.TooManyItems;
    }

    extension(Bill.Opened bill)
    {
        /// <summary>Why the bill cannot be changed now; null when it is open.</summary>
        public Refusal? NotChangeable => bill.Status switch
        {
            BillStatus.Open => null,
            BillStatus.PaymentPending => BillRefusals.BillPaymentInProgress,
            BillStatus.Paid or BillStatus.Void or BillStatus.Merged or BillStatus.WrittenOff =>
                BillRefusals.BillNotOpen(bill.Status),
        };
    }

    extension(Bill bill)
    {
        /// <summary>Why a payment cannot be refunded now; null when it can.</summary>
        public Refusal? NotRefundable(RefundBillPayment command) => bill switch
        {
            not Bill.Opened => BillRefusals.NotFound,
            Bill.Opened opened when !command.Refund.By.MaySee(opened.Opening) => BillRefusals.NotFound,
            Bill.Opened opened when opened.Payments.All(payment => payment.SessionId != command.PaymentId) =>
                BillRefusals.PaymentNotFound,
            Bill.Opened { Status: BillStatus.Open or BillStatus.PaymentPending } open =>
                BillRefusals.BillNotClosed(open.Status),
            _ => null,
        };
    }

    extension(Caller caller)
    {
        /// <summary>Staff see their kitchen's bills; operators see all.</summary>
        public bool MaySee(BillOpening opening) => caller.Kind switch
        {
            CallerKind.Staff => caller.KitchenId == opening.KitchenId,
            CallerKind.Operator or CallerKind.Clock or CallerKind.Aggregator => true,
            CallerKind.Till or CallerKind.Kiosk or CallerKind.TableGuest or CallerKind.AppUser or CallerKind.Bot
                or CallerKind.Merchant => false,
        };
    }
}
