using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.HostedPage;
using static JikoXpress.Domain.Sessions.Payments.PaymentRefusals;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions.Payments;

/// <summary>
/// How an aggregator's report changes a session. Money that is due is taken; other money goes into suspense, and leaves
/// it once. A report never reopens an ended session, and a repeated report changes nothing.
/// </summary>
public static class SessionReports
{
    extension(Session session)
    {
        /// <param name="orderId">The id of the order, if this is the last missing payment.</param>
        /// <param name="late">What to do with the money if no payment can take it.</param>
        public Decision Report(PaymentReport report, Guid orderId, LateMoney late, DateTimeOffset now)
        {
            session.MustNotBeOverdue(now);
            if (session is not Session.Opened opened || opened.Find(report.Reference) is not var (payment, found))
                return PaymentNotFound;
            var attempt = found with { ProviderReference = found.ProviderReference ?? report.KnownReference };
            var decision = opened.Hear(payment, attempt, report, orderId, late, now);
            return decision is Decision.Commit commit && report.Receipts is { Count: > 0 } receipts
                ? commit with
                {
                    Effects =
                    [
                        .. commit.Effects,
                        new Effect.ClaimReceipts(TillNames.ReceiptsOf(found.Adapter), report.Reference, receipts),
                    ],
                }
                : decision;
        }

        /// <summary>The aggregator has paid a refund.</summary>
        public Decision Refunded(string refundReference, DateTimeOffset now)
        {
            session.MustNotBeOverdue(now);
            if (session is not Session.Opened opened
                || opened.FindRefund(refundReference) is not var (payment, attempt, refund))
                return PaymentNotFound;
            // By the reference that it was refused with, it has gone another way since.
            if (refund.Done || refund.KnownAs != refundReference) return new Decision.Unchanged();

            var kitchen = opened.Opening.KitchenId;
            var repaid = attempt.With(refund with { Done = true });
            return new Decision.Commit(
                opened.With(payment.AfterRefund(refund), repaid) with
                {
                    Timeline = opened.Timeline.With(
                        new TimelineEntry(TimelineEntryKind.MoneyRefunded, now, Caller.Aggregator)),
                },
                [
                    repaid.Returned(payment, kitchen, refund),
                    new Effect.CloseRefund(refundReference),
                    new Effect.Publish(
                        kitchen, new KitchenEvent.PaymentRefunded(
                            opened.Id, attempt.Reference, refund.Amount, refund.Decided?.Way)),
                ]);
        }
    }

    extension(Session.Opened opened)
    {
        /// <summary>The phone that a report's money came from; null when it is not known.</summary>
        public string? PayerOf(PaymentReport report) =>
            opened.Find(report.Reference) is not var (_, attempt) ? null
            : attempt.IsOtherMoney(report, opened.Opening.Currency) ? report.PaidBy
            : attempt.Paid(report).PhoneNumber;

        /// <summary>The phone of an attempt; null when it is not known.</summary>
        public string? PhoneOf(string reference) =>
            opened.Find(reference) is var (_, attempt) ? attempt.PhoneNumber : null;

        /// <summary>The card gateway's page of an attempt; null where a phone pays.</summary>
        public CardPage? CardPageOf(string reference) =>
            opened.Find(reference) is var (_, attempt) ? attempt.Card : null;

        /// <summary>The session knows the money of the report: it was counted, by this report or before.</summary>
        public bool Counts(PaymentReport report) => opened.Payments.Any(payment => (payment.Attempts ?? []).Any(
            attempt => attempt.KnownAs == report.Reference && attempt.Status is AttemptStatus.Succeeded
                && attempt.ProviderReference == (report.ProviderReference ?? attempt.ProviderReference)
                && attempt.Receipt == report.Receipt));

        internal (Payment Payment, PaymentAttempt Attempt)? Find(string reference)
        {
            foreach (var payment in opened.Payments)
            {
                if (payment.Attempts?.FirstOrDefault(attempt => attempt.Reference == reference) is { } found)
                    return (payment.As(found), found);
            }

            return null;
        }

        internal Session.Opened With(Payment payment, PaymentAttempt attempt) => opened with
        {
            Payments = opened.Payments.Select(known =>
                known.Id == payment.Id ? payment.With(attempt) with { Method = known.Method } : known).ToSequence(),
        };

        private Decision Hear(
            Payment payment, PaymentAttempt attempt, PaymentReport report, Guid orderId, LateMoney late,
            DateTimeOffset now)
        {
            if (attempt.IsOtherMoney(report, opened.Opening.Currency))
                return opened.ReceivedAgain(payment, attempt, report, orderId, late, now);
            if (!report.IsCredibleFor(attempt, payment.Due, opened.Opening.Currency))
                return new Decision.Unchanged();

            return (attempt.Status, report.Outcome) switch
            {
                (AttemptStatus.Succeeded, PaymentOutcome.Reversed) => opened.TakenBack(payment, attempt, now),
                (AttemptStatus.Succeeded, _) => new Decision.Unchanged(),
                // A failed try to pay a reference does not close it: it can still be paid.
                (AttemptStatus.Offered, not PaymentOutcome.Succeeded) => new Decision.Unchanged(),
                (_, PaymentOutcome.Succeeded) => opened.Received(payment, attempt.Paid(report), orderId, late, now),
                (AttemptStatus.Failed, _) => new Decision.Unchanged(),
                (_, PaymentOutcome.Failed or PaymentOutcome.Reversed) =>
                    opened.Declined(payment, attempt.Declined(report), now),
                _ => opened.Noted(payment, attempt, report),
            };
        }

        /// <summary>
        /// That the aggregator has taken the push is noted with the attempt alone, and the session keeps its version: a
        /// push that is sent may ring. A card's page is a change: the customer is sent to it.
        /// </summary>
        private Decision Noted(Payment payment, PaymentAttempt attempt, PaymentReport report)
        {
            if (report is { Outcome: PaymentOutcome.Pending, Proof: Proof.Queried }
                && attempt is { Status: AttemptStatus.Sent, Card: null })
                return new Decision.Unchanged();
            var noted = attempt with
            {
                Status = report.Outcome is PaymentOutcome.Pending ? AttemptStatus.Pending : AttemptStatus.Unknown,
                ProviderReference = attempt.ProviderReference ?? report.ProviderReference,
                Card = attempt.Card is { } card && report.CardPage is { } page
                    ? card with { Address = card.Address ?? page }
                    : attempt.Card,
            };
            return noted == attempt ? new Decision.Unchanged() : new Decision.Commit(opened.With(payment, noted), []);
        }

        /// <summary>
        /// The network has taken back what it had paid. The order stays as it is, since it may be cooked or eaten: what
        /// the kitchen claims for it is booked and told once, and people decide.
        /// </summary>
        private Decision TakenBack(Payment payment, PaymentAttempt attempt, DateTimeOffset now)
        {
            if (attempt is not { ReversedAt: null, Received: { } amount }) return new Decision.Unchanged();
            var kitchen = opened.Opening.KitchenId;
            return new Decision.Commit(
                opened.With(payment, attempt with { ReversedAt = now }) with
                {
                    Timeline = opened.Timeline.With(
                        new TimelineEntry(TimelineEntryKind.PaymentReversed, now, Caller.Aggregator)),
                },
                [
                    attempt.ChargedBack(payment, kitchen, amount),
                    .. opened is Session.Confirmed sale && attempt.HasPaidThePayment
                        ? sale.ChargedBackFromWallet(attempt.Id, amount < payment.Amount ? amount : payment.Amount)
                        : [],
                    new Effect.Publish(
                        kitchen, new KitchenEvent.PaymentReversed(opened.Id, attempt.Reference, amount)),
                ]);
        }

        private Decision Received(
            Payment payment, PaymentAttempt paid, Guid orderId, LateMoney late, DateTimeOffset now)
        {
            var received = paid.Received
                ?? throw new InvalidOperationException("A proven success must name the amount.");
            if (opened is not Session.Pending pending || payment.Status is not PaymentStatus.Pending)
                return opened.TooLate(payment, paid, received, late, now);
            if (received < payment.Due) return opened.TooLittle(payment, paid, received, now);

            var surplus = received - payment.Due;
            var kitchen = opened.Opening.KitchenId;
            // The leading session keeps only its own share and the surplus; the followers book their own shares.
            var own = paid with { Received = payment.Amount + surplus };
            var kept = surplus > Money.Zero ? own.Refunding(Refund.OfSurplus, surplus) : own;
            var taken = pending.Receive(payment.With(kept), orderId, Caller.Aggregator, now);
            return taken with
            {
                Effects =
                [
                    .. taken.Effects,
                    paid.Close(now),
                    .. surplus > Money.Zero
                        ?
                        [
                            kept.PutInSuspense(payment, kitchen, Refund.OfSurplus, surplus),
                            .. kept.StartRefunds(opened, paid),
                            new Effect.Publish(
                                kitchen, new KitchenEvent.PaymentInSuspense(
                                    opened.Id, paid.Reference, surplus, "SURPLUS")),
                        ]
                        : Array.Empty<Effect>(),
                ],
            };
        }

        /// <summary>
        /// The push was declined: a slip's attempt ends and the slip can be paid again, and so can a session of the
        /// hosted page; any other session fails.
        /// </summary>
        private Decision Declined(Payment payment, PaymentAttempt declined, DateTimeOffset now)
        {
            var noted = opened.With(payment, declined);
            Sequence<Effect> closed = [declined.Close(now)];
            if (noted is not Session.Pending pending || payment.Status is not PaymentStatus.Pending)
                return new Decision.Commit(noted, closed);

            var ended = pending switch
            {
                { Opening.Hosted: not null } => pending.Retryable(payment.Id, declined, now),
                { Attempt: null } =>
                    pending.End(SessionStatus.Failed, EndReason.PaymentDeclined, now, Caller.Aggregator),
                _ => pending.WithoutAttempt(TimelineEntryKind.PaymentDeclined, now, Caller.Aggregator),
            };
            return ended with { Effects = [.. ended.Effects, .. closed] };
        }
    }

    extension(Session.Pending pending)
    {
        /// <summary>A payment is still pending or underpaid.</summary>
        internal bool Waits =>
            pending.Payments.Any(payment => payment.Status is PaymentStatus.Pending or PaymentStatus.Underpaid);

        /// <summary>Takes a pending payment that has been paid; if it was the last one, confirms the session.</summary>
        internal Decision.Commit Receive(Payment payment, Guid orderId, Caller by, DateTimeOffset now)
        {
            var kitchen = pending.Opening.KitchenId;
            var taken = pending.Replacing(payment with { Status = PaymentStatus.Held });
            if (taken.Waits)
                return new Decision.Commit(
                    taken with
                    {
                        Timeline = taken.Timeline.With(new TimelineEntry(TimelineEntryKind.PaymentReceived, now, by)),
                    },
                    payment.Hold(kitchen).ToSequence());

            return new Decision.Commit(
                taken.ConfirmedAs(orderId, now, by),
                [
                    new Effect.SellReserved(pending.Id),
                    .. pending.Payments
                        .Where(other => other.Status == PaymentStatus.Held)
                        .SelectMany(other => other.Capture(kitchen)),
                    .. payment.Pay(kitchen),
                    .. taken.Birth(orderId, now, by),
                ]);
        }
    }

    extension(Payment payment)
    {
        /// <summary>The payment when one of its refunds is paid.</summary>
        internal Payment AfterRefund(Refund refund) =>
            payment.Status == PaymentStatus.Refunding && refund.Part == Refund.OfPayment
                ? payment with { Status = PaymentStatus.Refunded }
                : payment;

        /// <summary>
        /// The payment by the method of this attempt: a customer of the hosted page may change from card to phone, and
        /// what comes late for the first one is booked where it has come in.
        /// </summary>
        internal Payment As(PaymentAttempt attempt) => payment.Method is PaymentMethod.MobileMoney or PaymentMethod.Card
            ? payment with { Method = attempt.Card is null ? PaymentMethod.MobileMoney : PaymentMethod.Card }
            : payment;

        internal Payment With(PaymentAttempt attempt) => payment with
        {
            Attempts = (payment.Attempts ?? []).Select(known => known.Id == attempt.Id ? attempt : known).ToSequence(),
        };
    }

    extension(PaymentAttempt attempt)
    {
        private PaymentAttempt Paid(PaymentReport report) => attempt with
        {
            Status = AttemptStatus.Succeeded,
            ProviderReference = attempt.ProviderReference ?? report.ProviderReference,
            Reason = null,
            Receipt = report.Receipt,
            Received = report.Amount,
            PhoneNumber = PhoneNumber.IsMobile(report.PaidBy ?? "") ? report.PaidBy : attempt.PhoneNumber,
        };

        private PaymentAttempt Declined(PaymentReport report) => attempt with
        {
            Status = AttemptStatus.Failed,
            ProviderReference = attempt.ProviderReference ?? report.ProviderReference,
            Reason = report.ReasonToKeep,
        };
    }
}
