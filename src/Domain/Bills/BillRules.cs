using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Bills;

/// <summary>What a bill holds against those who want to change it.</summary>
public static class BillRules
{
    public const int MostLines = 1000;

    /// <summary>Every rule that a round breaks on the bill it is for; a bill that is not there holds nothing.</summary>
    internal static IEnumerable<Refusal> Broken(OpenSession command, KnownBill? known)
    {
        if (command.SessionType is not SessionType.Tab || known is not { Bill: var bill }) yield break;
        if (command.TableNumber is { } table && table != bill.TableNumber)
            yield return BillRefusals.BillTableMismatch(bill.TableNumber);
        if (bill.Lines.Count + (command.Items?.Count ?? 0) > MostLines) yield return BillRefusals.TooManyItems;
    }

    extension(Bill.Opened bill)
    {
        /// <summary>What keeps a bill from being changed now; null where it is open.</summary>
        public Refusal? NotChangeable => bill.Status switch
        {
            BillStatus.Open => null,
            BillStatus.PaymentPending => BillRefusals.BillPaymentInProgress,
            BillStatus.Paid or BillStatus.Void or BillStatus.Merged or BillStatus.WrittenOff =>
                BillRefusals.BillNotOpen(bill.Status),
        };
    }

    extension(Caller caller)
    {
        /// <summary>Staff see their kitchen's bills, and operators all.</summary>
        public bool MaySee(BillOpening opening) => caller.Kind switch
        {
            CallerKind.Staff => caller.KitchenId == opening.KitchenId,
            CallerKind.Operator or CallerKind.Clock or CallerKind.Aggregator => true,
            CallerKind.Till or CallerKind.Kiosk or CallerKind.TableGuest or CallerKind.AppUser or CallerKind.Bot
                or CallerKind.Merchant => false,
        };
    }
}
