using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Bills;

/// <summary>The rules for commands that change a bill, and who may see it.</summary>
public static class BillRules
{
    public const int MostLines = 1000;
    public const int MostParts = 50;
    public const int LongestReason = 200;

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
                or CallerKind.Merchant or CallerKind.KitchenDisplay or CallerKind.HostedPage => false,
        };
    }
}
