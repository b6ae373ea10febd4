using JikoXpress.Domain.Ledger;
using static JikoXpress.Domain.Ledger.AccountKind;

namespace JikoXpress.Domain.Sessions;

/// <summary>
/// How each kind of payment stands in the books, from the moment it is taken to where it ends.
/// </summary>
public static class PaymentBooks
{
    /// <summary>A movement has two where the platform's own books move, too.</summary>
    private const int PartsOfOneStep = 2;

    extension(Payment payment)
    {
        /// <summary>Nobody else has to act: staff attest it, or the wallet's owner has asked for it.</summary>
        public bool IsFinalAtOnce(Channel channel) => payment.Method switch
        {
            PaymentMethod.Cash or PaymentMethod.Card => true,
            PaymentMethod.KitchenChannel or PaymentMethod.KitchenWallet => true,
            PaymentMethod.PlatformWallet => channel == Channel.App || payment.AccountId is not null,
            PaymentMethod.MobileMoney => false,
        };

        /// <summary>Staff have it in their hands: when the session comes to nothing they hand it back.</summary>
        public bool IsAttested =>
            payment.Method is PaymentMethod.Cash or PaymentMethod.Card or PaymentMethod.KitchenChannel;

        /// <summary>It is with the kitchen or its aggregator, and no longer with the guest.</summary>
        private bool IsReceived => payment.IsAttested || payment.Method is PaymentMethod.MobileMoney;

        /// <summary>The payment is paid and applied to its order at once.</summary>
        public IEnumerable<Effect> Pay(Guid kitchen) =>
            Move(payment, LedgerStep.Pay, kitchen, SourceOf(payment, kitchen), new Account(Sales, kitchen));

        /// <summary>The payment is taken, and waits for the others.</summary>
        public IEnumerable<Effect> Hold(Guid kitchen) => payment.IsReceived
            ? Move(payment, LedgerStep.Hold, kitchen, SourceOf(payment, kitchen), new Account(Pending, kitchen))
            : [Transfer(payment, LedgerStep.Hold, 0, kitchen, SourceOf(payment, kitchen), HoldOf(payment))];

        /// <summary>What came too little, and counts now, waits as if it had come right.</summary>
        internal Effect HoldFromSuspense(Guid kitchen) => Transfer(
            payment, LedgerStep.Hold, 0, kitchen, new Account(Suspense, kitchen), new Account(Pending, kitchen));

        /// <summary>What waited is applied to the order.</summary>
        public IEnumerable<Effect> Capture(Guid kitchen) => Move(
            payment, LedgerStep.Settle, kitchen,
            payment.IsReceived ? new Account(Pending, kitchen) : HoldOf(payment), new Account(Sales, kitchen));

        /// <summary>What waited goes free: to the wallet, to what staff hand back, or back to the phone.</summary>
        public IEnumerable<Effect> Release(Guid kitchen) => payment.IsReceived
            ? Free(payment, kitchen, new Account(Pending, kitchen), new Account(WayBack(payment), kitchen))
            : Free(payment, kitchen, HoldOf(payment), SourceOf(payment, kitchen));

        /// <summary>
        /// Some of what was applied to the order goes back where it came from: cash out of the drawer that staff stand
        /// at, mobile money by way of suspense. Where nobody is there to hand it over, it waits for somebody.
        /// </summary>
        /// <param name="refund">Counts the refunds of the sale, from 0.</param>
        internal IEnumerable<Effect> Reverse(Guid kitchen, Caller by, int refund, Money amount)
        {
            var part = refund * PartsOfOneStep;
            var back = payment with { Amount = amount };
            var sales = new Account(Sales, kitchen);
            return payment.Method is PaymentMethod.PlatformWallet
                ?
                [
                    Transfer(back, LedgerStep.Reverse, part, kitchen, sales, new Account(PlatformReceivable, kitchen)),
                    Transfer(
                        back, LedgerStep.Reverse, part + 1, kitchen, new Account(KitchenPayable, kitchen),
                        SourceOf(payment, kitchen)),
                ]
                : [Transfer(back, LedgerStep.Reverse, part, kitchen, sales, payment.WhereTo(kitchen, by), by.DeviceId)];
        }

        private Account WhereTo(Guid kitchen, Caller by) => payment.Method switch
        {
            PaymentMethod.MobileMoney => new Account(Suspense, kitchen),
            _ when payment.IsAttested && by.Kind is not CallerKind.Staff => new Account(ToReturn, kitchen),
            _ => payment.HandedOverFrom(kitchen, by),
        };

        private Account HandedOverFrom(Guid kitchen, Caller by) => payment.Method is PaymentMethod.Cash
            ? new Account(Drawer, by.DeviceId ?? kitchen)
            : SourceOf(payment, kitchen);

        /// <summary>Staff hand it back; cash comes out of the drawer they stand at.</summary>
        public IEnumerable<Effect> Return(Guid kitchen, Caller by)
        {
            var source = payment.HandedOverFrom(kitchen, by);
            return [Transfer(
                payment, LedgerStep.Return, 0, kitchen, new Account(ToReturn, kitchen), source, by.DeviceId)];
        }
    }

    private static AccountKind WayBack(Payment payment) => payment.IsAttested ? ToReturn : Suspense;

    private static Account SourceOf(Payment payment, Guid kitchen) => payment.Method switch
    {
        PaymentMethod.Cash => new Account(Drawer, payment.DeviceId ?? kitchen),
        PaymentMethod.Card => new Account(CardTerminal, kitchen),
        PaymentMethod.KitchenChannel => new Account(AccountKind.KitchenChannel, Known(payment.KitchenPaymentMethodId)),
        PaymentMethod.KitchenWallet => new Account(AccountKind.KitchenWallet, Known(payment.KitchenCustomerId)),
        PaymentMethod.PlatformWallet => new Account(AccountKind.PlatformWallet, Known(payment.AccountId)),
        PaymentMethod.MobileMoney => new Account(AccountKind.MobileMoney, kitchen),
    };

    private static Account HoldOf(Payment payment) => payment.Method == PaymentMethod.PlatformWallet
        ? new Account(PlatformWalletHold, Known(payment.AccountId))
        : new Account(KitchenWalletHold, Known(payment.KitchenCustomerId));

    /// <summary>
    /// An app wallet is the platform's to pay out: its debt to the kitchen stands between wallet and sale.
    /// </summary>
    private static IEnumerable<Effect> Move(Payment payment, LedgerStep step, Guid kitchen, Account from, Account to) =>
        payment.Method == PaymentMethod.PlatformWallet
            ?
            [
                Transfer(payment, step, 0, kitchen, new Account(PlatformReceivable, kitchen), to),
                Transfer(payment, step, 1, kitchen, from, new Account(KitchenPayable, kitchen)),
            ]
            : [Transfer(payment, step, 0, kitchen, from, to)];

    private static Effect[] Free(Payment payment, Guid kitchen, Account from, Account to) =>
        [Transfer(payment, LedgerStep.Release, 0, kitchen, from, to)];

    private static Effect.Transfer Transfer(
        Payment payment, LedgerStep step, int part, Guid kitchen, Account debit, Account credit, Guid? till = null) =>
        new(new LedgerTransfer(
            payment.Id, step, part, kitchen, payment.Method, debit, credit, payment.Amount,
            IsInHand(debit) || IsInHand(credit) ? till ?? payment.DeviceId : null));

    /// <summary>Where money is that staff attest, and answer for when their shift ends.</summary>
    private static bool IsInHand(Account account) =>
        account.Kind is Drawer or CardTerminal or AccountKind.KitchenChannel;

    private static Guid Known(Guid? owner) =>
        owner ?? throw new InvalidOperationException("A leg names the owner of the account that it moves.");
}
