using JikoXpress.Domain.Ledger;
using static JikoXpress.Domain.Ledger.AccountKind;

namespace JikoXpress.Domain.Sessions;

/// <summary>
/// The ledger transfers of each payment method: pay, hold, capture, release, reverse and return.
/// </summary>
public static class PaymentBooks
{
    /// <summary>A step has two transfers when the platform's own accounts move too.</summary>
    private const int PartsOfOneStep = 2;

    extension(Payment payment)
    {
        /// <summary>
        /// The payment needs no further action: staff attest it, or the wallet's owner has authorized it.
        /// </summary>
        public bool IsFinalAtOnce(Channel channel) => payment.Method switch
        {
            PaymentMethod.Cash => true,
            PaymentMethod.Card or PaymentMethod.KitchenChannel => !payment.IsByPhone,
            PaymentMethod.KitchenWallet => true,
            PaymentMethod.PlatformWallet => channel == Channel.App || payment.AccountId is not null,
            PaymentMethod.MobileMoney => false,
        };

        /// <summary>Staff took the money: when the session ends without an order, they hand it back.</summary>
        public bool IsAttested =>
            payment.Method is PaymentMethod.Cash
            || (payment.Method is PaymentMethod.Card or PaymentMethod.KitchenChannel && !payment.IsByPhone);

        /// <summary>
        /// An aggregator, the kitchen's till, or a card gateway says that it is paid, and not staff. A card on the
        /// kitchen's terminal has no attempts.
        /// </summary>
        public bool IsByPhone => payment.Method is PaymentMethod.MobileMoney
            || payment is { Method: PaymentMethod.KitchenChannel, Channel: not null, Attested: null }
            || payment is { Method: PaymentMethod.Card, Attempts: not null };

        /// <summary>The kitchen or its aggregator has received the money; it is no longer the guest's.</summary>
        private bool IsReceived => payment.IsAttested || payment.IsByPhone;

        /// <summary>Where money by phone comes in and goes out.</summary>
        internal Account PhoneMoney(Guid kitchen) => SourceOf(payment, kitchen);

        /// <summary>Takes the payment and applies it to its order at once.</summary>
        public IEnumerable<Effect> Pay(Guid kitchen) =>
            Move(payment, LedgerStep.Pay, kitchen, SourceOf(payment, kitchen), new Account(Sales, kitchen));

        /// <summary>Takes the payment and holds it until the session's other payments are final.</summary>
        public IEnumerable<Effect> Hold(Guid kitchen) => payment.IsReceived
            ? Move(payment, LedgerStep.Hold, kitchen, SourceOf(payment, kitchen), new Account(Pending, kitchen))
            : [Transfer(payment, LedgerStep.Hold, 0, kitchen, SourceOf(payment, kitchen), HoldOf(payment))];

        /// <summary>Moves an underpaid amount that now counts from suspense to pending, like a normal hold.</summary>
        internal Effect HoldFromSuspense(Guid kitchen) => Transfer(
            payment, LedgerStep.Hold, 0, kitchen, new Account(Suspense, kitchen), new Account(Pending, kitchen));

        /// <summary>Applies a held payment to the order.</summary>
        public IEnumerable<Effect> Capture(Guid kitchen) => Move(
            payment, LedgerStep.Settle, kitchen,
            payment.IsReceived ? new Account(Pending, kitchen) : HoldOf(payment), new Account(Sales, kitchen));

        /// <summary>
        /// Releases a held payment: to the wallet, to the money that staff hand back, or to suspense, from where it
        /// goes back to the phone.
        /// </summary>
        public IEnumerable<Effect> Release(Guid kitchen) => payment.IsReceived
            ? Free(payment, kitchen, new Account(Pending, kitchen), new Account(WayBack(payment), kitchen))
            : Free(payment, kitchen, HoldOf(payment), SourceOf(payment, kitchen));

        /// <summary>
        /// Gives back some of the money that was applied to the order, to where it came from: cash from the drawer of
        /// the staff's till, mobile money through suspense. When the caller is not staff, attested money waits to be
        /// handed back.
        /// </summary>
        /// <param name="refund">The index of the refund within the sale, from 0.</param>
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

        private Account WhereTo(Guid kitchen, Caller by) => payment switch
        {
            _ when payment.IsByPhone => new Account(Suspense, kitchen),
            _ when payment.IsAttested && by.Kind is not CallerKind.Staff => new Account(ToReturn, kitchen),
            _ => payment.HandedOverFrom(kitchen, by),
        };

        private Account HandedOverFrom(Guid kitchen, Caller by) => payment.Method is PaymentMethod.Cash
            ? new Account(Drawer, by.DeviceId ?? kitchen)
            : SourceOf(payment, kitchen);

        /// <summary>
        /// Moves what is left of the payment to another method, in two transfers over the sales, whose sum stays. When
        /// the shift is closed its cash was counted as over or short, and no till answers for the transfers.
        /// </summary>
        /// <param name="to">The payment with the right method.</param>
        /// <param name="number">The index of the correction of this payment, from 0.</param>
        internal IEnumerable<Effect> Rebook(Payment to, Guid kitchen, Money amount, int number, bool shiftIsClosed)
        {
            var part = number * PartsOfOneStep;
            var sales = new Account(Sales, kitchen);
            return
            [
                Booked(part, payment.Method, sales, PlaceOf(payment)),
                Booked(part + 1, to.Method, PlaceOf(to), sales),
            ];

            Account PlaceOf(Payment one) => one.Method is PaymentMethod.Cash && shiftIsClosed
                ? new Account(OverShort, kitchen)
                : SourceOf(one, kitchen);

            Effect Booked(int place, PaymentMethod method, Account debit, Account credit) =>
                new Effect.Transfer(new LedgerTransfer(
                    payment.Id, LedgerStep.Correct, place, kitchen, method, debit, credit, amount,
                    shiftIsClosed ? null : payment.DeviceId));
        }

        /// <summary>Staff hand the money back; cash comes out of the drawer of their till.</summary>
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
        PaymentMethod.Card => new Account(payment.Attempts is null ? CardTerminal : CardGateway, kitchen),
        PaymentMethod.KitchenChannel => new Account(AccountKind.KitchenChannel, Known(payment.KitchenPaymentMethodId)),
        PaymentMethod.KitchenWallet => new Account(AccountKind.KitchenWallet, Known(payment.KitchenCustomerId)),
        PaymentMethod.PlatformWallet => new Account(AccountKind.PlatformWallet, Known(payment.AccountId)),
        PaymentMethod.MobileMoney => new Account(AccountKind.MobileMoney, kitchen),
    };

    private static Account HoldOf(Payment payment) => payment.Method == PaymentMethod.PlatformWallet
        ? new Account(PlatformWalletHold, Known(payment.AccountId))
        : new Account(KitchenWalletHold, Known(payment.KitchenCustomerId));

    /// <summary>
    /// The platform owes the kitchen what is paid from an app wallet: this debt is booked between wallet and sale.
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

    /// <summary>The account holds money that staff attest and account for at the end of their shift.</summary>
    private static bool IsInHand(Account account) =>
        account.Kind is Drawer or CardTerminal or AccountKind.KitchenChannel;

    private static Guid Known(Guid? owner) =>
        owner ?? throw new InvalidOperationException("The payment does not name the owner of its account.");
}
