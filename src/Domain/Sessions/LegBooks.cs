using JikoXpress.Domain.Ledger;
using static JikoXpress.Domain.Ledger.AccountKind;

namespace JikoXpress.Domain.Sessions;

/// <summary>How each kind of payment leg stands in the books, from the moment it is taken to where it ends.</summary>
public static class LegBooks
{
    /// <summary>A movement has two where the platform's own books move, too.</summary>
    private const int PartsOfOneStep = 2;

    extension(Leg leg)
    {
        /// <summary>Nobody else has to act: staff attest it, or the wallet's owner has asked for it.</summary>
        public bool IsFinalAtOnce(Channel channel) => leg.Method switch
        {
            PaymentMethod.Cash or PaymentMethod.Card => true,
            PaymentMethod.KitchenChannel or PaymentMethod.KitchenWallet => true,
            PaymentMethod.PlatformWallet => channel == Channel.App || leg.AccountId is not null,
            PaymentMethod.MobileMoney => false,
        };

        /// <summary>Staff have it in their hands: when the session comes to nothing they hand it back.</summary>
        public bool IsAttested =>
            leg.Method is PaymentMethod.Cash or PaymentMethod.Card or PaymentMethod.KitchenChannel;

        /// <summary>It is with the kitchen or its aggregator, and no longer with the guest.</summary>
        private bool IsReceived => leg.IsAttested || leg.Method is PaymentMethod.MobileMoney;

        /// <summary>The leg is paid and applied to its order at once.</summary>
        public IEnumerable<Effect> Pay(Guid kitchen) =>
            Move(leg, LedgerStep.Pay, kitchen, SourceOf(leg, kitchen), new Account(Sales, kitchen));

        /// <summary>The leg is taken, and waits for the others.</summary>
        public IEnumerable<Effect> Hold(Guid kitchen) => leg.IsReceived
            ? Move(leg, LedgerStep.Hold, kitchen, SourceOf(leg, kitchen), new Account(Pending, kitchen))
            : [Transfer(leg, LedgerStep.Hold, 0, kitchen, SourceOf(leg, kitchen), HoldOf(leg))];

        /// <summary>What came too little, and counts now, waits as if it had come right.</summary>
        internal Effect HoldParked(Guid kitchen) => Transfer(
            leg, LedgerStep.Hold, 0, kitchen, new Account(Suspense, kitchen), new Account(Pending, kitchen));

        /// <summary>What waited is applied to the order.</summary>
        public IEnumerable<Effect> Settle(Guid kitchen) => Move(
            leg, LedgerStep.Settle, kitchen,
            leg.IsReceived ? new Account(Pending, kitchen) : HoldOf(leg), new Account(Sales, kitchen));

        /// <summary>What waited goes free: to the wallet, to what staff hand back, or back to the phone.</summary>
        public IEnumerable<Effect> Release(Guid kitchen) => leg.IsReceived
            ? Free(leg, kitchen, new Account(Pending, kitchen), new Account(WayBack(leg), kitchen))
            : Free(leg, kitchen, HoldOf(leg), SourceOf(leg, kitchen));

        /// <summary>
        /// Some of what was applied to the order goes back where it came from: cash out of the drawer that staff stand
        /// at, mobile money by way of suspense. Where nobody is there to hand it over, it waits for somebody.
        /// </summary>
        /// <param name="refund">Counts the refunds of the sale, from 0.</param>
        internal IEnumerable<Effect> Reverse(Guid kitchen, Caller by, int refund, Money amount)
        {
            var part = refund * PartsOfOneStep;
            var back = leg with { Amount = amount };
            var sales = new Account(Sales, kitchen);
            return leg.Method is PaymentMethod.PlatformWallet
                ?
                [
                    Transfer(back, LedgerStep.Reverse, part, kitchen, sales, new Account(PlatformReceivable, kitchen)),
                    Transfer(
                        back, LedgerStep.Reverse, part + 1, kitchen, new Account(KitchenPayable, kitchen),
                        SourceOf(leg, kitchen)),
                ]
                : [Transfer(back, LedgerStep.Reverse, part, kitchen, sales, leg.WhereTo(kitchen, by), by.DeviceId)];
        }

        private Account WhereTo(Guid kitchen, Caller by) => leg.Method switch
        {
            PaymentMethod.MobileMoney => new Account(Suspense, kitchen),
            _ when leg.IsAttested && by.Kind is not CallerKind.Staff => new Account(ToReturn, kitchen),
            _ => leg.HandedOverFrom(kitchen, by),
        };

        private Account HandedOverFrom(Guid kitchen, Caller by) => leg.Method is PaymentMethod.Cash
            ? new Account(Drawer, by.DeviceId ?? kitchen)
            : SourceOf(leg, kitchen);

        /// <summary>Staff hand it back; cash comes out of the drawer they stand at.</summary>
        public IEnumerable<Effect> Return(Guid kitchen, Caller by)
        {
            var source = leg.HandedOverFrom(kitchen, by);
            return [Transfer(leg, LedgerStep.Return, 0, kitchen, new Account(ToReturn, kitchen), source, by.DeviceId)];
        }
    }

    private static AccountKind WayBack(Leg leg) => leg.IsAttested ? ToReturn : Suspense;

    private static Account SourceOf(Leg leg, Guid kitchen) => leg.Method switch
    {
        PaymentMethod.Cash => new Account(Drawer, leg.DeviceId ?? kitchen),
        PaymentMethod.Card => new Account(CardTerminal, kitchen),
        PaymentMethod.KitchenChannel => new Account(AccountKind.KitchenChannel, Known(leg.KitchenPaymentMethodId)),
        PaymentMethod.KitchenWallet => new Account(AccountKind.KitchenWallet, Known(leg.KitchenCustomerId)),
        PaymentMethod.PlatformWallet => new Account(AccountKind.PlatformWallet, Known(leg.AccountId)),
        PaymentMethod.MobileMoney => new Account(AccountKind.MobileMoney, kitchen),
    };

    private static Account HoldOf(Leg leg) => leg.Method == PaymentMethod.PlatformWallet
        ? new Account(PlatformWalletHold, Known(leg.AccountId))
        : new Account(KitchenWalletHold, Known(leg.KitchenCustomerId));

    /// <summary>
    /// An app wallet is the platform's to pay out: its debt to the kitchen stands between wallet and sale.
    /// </summary>
    private static IEnumerable<Effect> Move(Leg leg, LedgerStep step, Guid kitchen, Account from, Account to) =>
        leg.Method == PaymentMethod.PlatformWallet
            ?
            [
                Transfer(leg, step, 0, kitchen, new Account(PlatformReceivable, kitchen), to),
                Transfer(leg, step, 1, kitchen, from, new Account(KitchenPayable, kitchen)),
            ]
            : [Transfer(leg, step, 0, kitchen, from, to)];

    private static Effect[] Free(Leg leg, Guid kitchen, Account from, Account to) =>
        [Transfer(leg, LedgerStep.Release, 0, kitchen, from, to)];

    private static Effect.Transfer Transfer(
        Leg leg, LedgerStep step, int part, Guid kitchen, Account debit, Account credit, Guid? till = null) =>
        new(new LedgerTransfer(
            leg.Id, step, part, kitchen, leg.Method, debit, credit, leg.Amount,
            IsInHand(debit) || IsInHand(credit) ? till ?? leg.DeviceId : null));

    /// <summary>Where money is that staff attest, and answer for when their shift ends.</summary>
    private static bool IsInHand(Account account) =>
        account.Kind is Drawer or CardTerminal or AccountKind.KitchenChannel;

    private static Guid Known(Guid? owner) =>
        owner ?? throw new InvalidOperationException("A leg names the owner of the account that it moves.");
}
