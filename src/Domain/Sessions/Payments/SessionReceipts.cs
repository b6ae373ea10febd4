using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions.Payments;

/// <summary>
/// A reference that is paid more than once: nothing keeps two guests from typing the same one into their phones, or one
/// guest from paying it in two goes. Each payment has an id of its own at the aggregator and counts once. It counts
/// towards what is still due; what is not due goes back to the phone that paid it. In a session's state it is an
/// attempt of its own, with a reference that is made from the first one and the aggregator's id.
/// </summary>
internal static class SessionReceipts
{
    extension(PaymentAttempt attempt)
    {
        /// <summary>
        /// The report is of other money than the attempt has received: signed, or decided by a person, and with other
        /// ids. One id that is the same, the network's or the aggregator's, makes it the same money.
        /// </summary>
        internal bool IsOtherMoney(PaymentReport report, Currency currency) =>
            attempt is { Status: AttemptStatus.Succeeded, PaidAs: null }
            && report is { Outcome: PaymentOutcome.Succeeded, Proof: Proof.Signed or Proof.Decided }
            && report.Currency == currency.WireName
            && report.Amount > Money.Zero
            && (attempt.ProviderReference ?? attempt.Receipt) is not null
            && (report.ProviderReference ?? report.Receipt) is not null
            && !IsOneOf(report.ProviderReference, attempt)
            && !IsOneOf(report.Receipt, attempt);

        private static bool IsOneOf(string? id, PaymentAttempt known) =>
            id is not null && (id == known.ProviderReference || id == known.Receipt);

        private PaymentAttempt Again(PaymentReport report, DateTimeOffset now)
        {
            var other = report.ProviderReference ?? report.Receipt
                ?? throw new InvalidOperationException("Other money has an id of its own.");
            var (id, reference) = PaymentReference.OfFurther(attempt.Reference, other);
            return new PaymentAttempt(
                id, reference, attempt.Adapter,
                PhoneNumber.IsMobile(report.PaidBy ?? "") ? report.PaidBy : null,
                AttemptStatus.Succeeded, now, report.ProviderReference, Received: report.Amount,
                PaidAs: attempt.Reference, Receipt: report.Receipt);
        }
    }

    extension(Session.Opened opened)
    {
        /// <summary>Takes what is still due from a further payment of the reference, and sends the rest back.</summary>
        internal Decision ReceivedAgain(
            Payment payment, PaymentAttempt first, PaymentReport report, Guid orderId, LateMoney late,
            DateTimeOffset now)
        {
            var further = first.Again(report, now);
            if (opened.Find(further.Reference) is not null || payment.HasReceipt(further.Receipt))
                return new Decision.Unchanged();

            var received = further.Received ?? throw new InvalidOperationException("Other money has an amount.");
            var paid = payment with { Attempts = (payment.Attempts ?? []).With(further) };
            var noted = opened.Replacing(paid);
            // The money of a group is divided when its first payment comes: what comes later goes back.
            var decided = noted is Session.Pending { Opening.Group: null } pending
                && payment.Status is PaymentStatus.Pending or PaymentStatus.Underpaid
                ? pending.TowardsTheDue(paid, further, received, orderId, now)
                : noted.TooLate(paid, further, received, late, now);
            return decided is Decision.Commit commit ? opened.Started(commit, further.Reference, now) : decided;
        }

        internal Session.Opened Replacing(Payment payment) => opened with
        {
            Payments = opened.Payments.Select(known =>
                known.Id != payment.Id ? known
                // What has paid stays what it was, whichever method money comes by later.
                : known.Status is PaymentStatus.Pending or PaymentStatus.Underpaid ? payment
                : payment with { Method = known.Method }).ToSequence(),
        };

        /// <summary>The attempt is stored by the same commit that records its outcome.</summary>
        private Decision.Commit Started(Decision.Commit commit, string reference, DateTimeOffset now)
        {
            var (payment, attempt) = ((Session.Opened)commit.Next).Find(reference)
                ?? throw new InvalidOperationException("The attempt was added.");
            return commit with
            {
                Effects =
                [
                    new Effect.StartAttempt(
                        opened.Opening.KitchenId, opened.Id, payment.Id, payment.Due,
                        opened is Session.Pending pending ? pending.ExpiresAt : now, attempt,
                        attempt.Suspended(now), Currency: opened.Opening.Currency),
                    .. commit.Effects.Where(effect =>
                        effect is not Effect.CloseAttempt closed || closed.Reference != reference),
                ],
            };
        }
    }

    extension(Session.Pending pending)
    {
        private Decision TowardsTheDue(
            Payment payment, PaymentAttempt further, Money received, Guid orderId, DateTimeOffset now)
        {
            var sum = payment.ReceivedInAll;
            if (sum < payment.Due) return pending.TooLittle(payment, further, received, now);

            var surplus = sum - payment.Due;
            var kitchen = pending.Opening.KitchenId;
            var before = (payment.Attempts ?? []).Where(attempt => attempt.InSuspense is not null).ToList();
            var kept = surplus > Money.Zero ? further.Refunding(Refund.OfSurplus, surplus) : further;
            var held = payment.OutOfSuspense().With(kept) with { Status = PaymentStatus.Held };
            return pending.HeldFromSuspense(
                held,
                [
                    further.PutInSuspense(payment, kitchen, Refund.OfPayment, received),
                    .. before.Select(attempt => new Effect.CloseAttempt(attempt.Reference, attempt.Status)),
                    .. kept.StartRefunds(pending, further),
                    .. surplus > Money.Zero
                        ?
                        [
                            new Effect.Publish(
                                kitchen,
                                new KitchenEvent.PaymentInSuspense(pending.Id, further.Reference, surplus, "SURPLUS")),
                        ]
                        : Array.Empty<Effect>(),
                ],
                orderId, now);
        }
    }

    extension(Payment payment)
    {
        /// <summary>The network's receipt was told of before, if under another id of the aggregator.</summary>
        private bool HasReceipt(string? receipt) => receipt is not null
            && (payment.Attempts ?? []).Any(attempt => attempt.Receipt == receipt);

        /// <summary>What phones have paid for the payment, and was not sent back.</summary>
        internal Money ReceivedInAll => (payment.Attempts ?? [])
            .Where(attempt => attempt.HasPaidThePayment)
            .Sum(attempt => attempt.Left);

        /// <summary>The money that was too little counts now.</summary>
        internal Payment OutOfSuspense() => payment with
        {
            Attempts = (payment.Attempts ?? [])
                .Select(attempt => attempt.InSuspense is SuspenseReason.Underpaid
                    ? attempt with { InSuspense = null }
                    : attempt)
                .ToSequence(),
        };
    }
}
