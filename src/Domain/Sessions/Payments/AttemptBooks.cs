using JikoXpress.Domain.Ledger;

namespace JikoXpress.Domain.Sessions.Payments;

/// <summary>
/// Money that the aggregator has received and no order can use: it is in suspense until it goes back to the phone it
/// came from, or onto a customer's balance.
/// </summary>
internal static class AttemptBooks
{
    extension(PaymentAttempt attempt)
    {
        /// <summary>Books money into suspense: the aggregator has it, and no payment can use it.</summary>
        public Effect PutInSuspense(Payment payment, Guid kitchen, int part, Money amount) => Move(
            payment, attempt, LedgerStep.Park, part, kitchen, payment.PhoneMoney(kitchen), Suspense(kitchen), amount);

        /// <summary>Books a refund that the aggregator has paid.</summary>
        public Effect Returned(Payment payment, Guid kitchen, Refund refund) => Move(
            payment, attempt, LedgerStep.Refund, refund.Part, kitchen, Suspense(kitchen), payment.PhoneMoney(kitchen),
            refund.Amount);

        /// <summary>Books what the network has taken back as a claim of the kitchen.</summary>
        public Effect ChargedBack(Payment payment, Guid kitchen, Money amount) => Move(
            payment, attempt, LedgerStep.ChargeBack, Refund.OfPayment, kitchen,
            new Account(AccountKind.ChargedBack, kitchen), payment.PhoneMoney(kitchen), amount);

        /// <summary>Books money from suspense onto a customer's balance.</summary>
        public Effect Credited(Payment payment, Guid kitchen, WalletCredit credit) => Move(
            payment, attempt, LedgerStep.Credit, Refund.OfPayment, kitchen, Suspense(kitchen),
            new Account(AccountKind.KitchenWallet, credit.KitchenCustomerId), credit.Amount);

        /// <summary>Records the attempt's outcome, and its money in suspense if that needs a decision.</summary>
        public Effect Close(DateTimeOffset now) => new Effect.CloseAttempt(
            attempt.Reference, attempt.Status, attempt.Suspended(now));

        /// <summary>
        /// Starts the refunds that are new since <paramref name="before"/>, and clears a pending decision.
        /// </summary>
        public IEnumerable<Effect> StartRefunds(Session.Opened session, PaymentAttempt before) =>
        [
            .. (attempt.Refunds ?? []).Except(before.Refunds ?? [])
                .Select(refund => new Effect.StartRefund(session.Opening.KitchenId, session.Id, attempt, refund)),
            .. before.InSuspense is not null && attempt.InSuspense is null
                ? [new Effect.CloseAttempt(attempt.Reference, attempt.Status)]
                : Array.Empty<Effect>(),
        ];
    }

    extension(Payment payment)
    {
        /// <summary>Sends the money that phones paid for the payment back to them, to each what it paid.</summary>
        public Payment Refunding() => payment.Paying().Aggregate(
            payment, (back, paid) => back.With(paid.Refunding(Refund.OfPayment, paid.Left)))
            with
        { Status = PaymentStatus.Refunding };

        /// <summary>
        /// Sends some or all of the money that phones paid for an order back to them, to the last one first.
        /// </summary>
        public Payment PayingBack(int part, Money amount)
        {
            var back = payment;
            foreach (var paid in payment.Paying().AsEnumerable().Reverse())
            {
                var share = amount < paid.Left ? amount : paid.Left;
                if (share > Money.Zero) back = back.With(paid.Refunding(part, share));
                amount -= share;
            }

            return amount == Money.Zero
                ? back
                : throw new InvalidOperationException("No more goes back than phones have paid.");
        }

        private List<PaymentAttempt> Paying() =>
            (payment.Attempts ?? []).Where(attempt => attempt.HasPaidThePayment).ToList() is { Count: > 0 } paid
                ? paid
                : throw new InvalidOperationException("There is no successful attempt for received mobile money.");

        public IEnumerable<Effect> StartRefunds(Payment before, Session.Opened session) => (payment.Attempts ?? [])
            .Zip(before.Attempts ?? [])
            .SelectMany(attempt => attempt.First.StartRefunds(session, attempt.Second));
    }

    private static Account Suspense(Guid kitchen) => new(AccountKind.Suspense, kitchen);

    private static Effect.Transfer Move(
        Payment payment, PaymentAttempt attempt, LedgerStep step, int part, Guid kitchen, Account debit, Account credit,
        Money amount) =>
        new(new LedgerTransfer(attempt.Id, step, part, kitchen, payment.Method, debit, credit, amount));
}
