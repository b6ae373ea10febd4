using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.HostedPage;
using static JikoXpress.Domain.Sessions.Payments.PaymentRefusals;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions.Payments;

/// <summary>
/// Mobile money that came too late, or was too little: it is in suspense, and leaves it once: as a refund, as a credit,
/// or as part of the payment.
/// </summary>
public static class SessionSuspense
{
    extension(Session session)
    {
        /// <summary>Decides about money in suspense; a second decision is refused.</summary>
        /// <param name="customer">For a credit, the customer; null when the kitchen has no such customer.</param>
        /// <param name="facts">The kitchen's facts, for the payments of the rest.</param>
        /// <param name="ids">Ids for the payments of the rest, and for the order that they may complete.</param>
        public Decision ResolveSuspense(
            ResolveSuspense command, Guid? customer, SessionFacts facts, PaymentIds ids, DateTimeOffset now)
        {
            if (session.Precluded(command, SessionRefusals.NotFound, now) is { } answer) return answer;
            var opened = (Session.Opened)session;
            if (opened.Find(command.Reference) is not var (payment, attempt)) return PaymentNotFound;
            if (attempt is not { InSuspense: { } why, Received: { } received }) return PaymentNotInSuspense;
            // Cash of the kitchen's till is not the web shop's money.
            if (command.Decision is SuspenseDecision.TakeRest && opened.Opening.Hosted is not null)
                return HostedRefusals.SessionOfShop;

            var remembering = opened.Remembering(command.Operation);
            return command.Decision switch
            {
                SuspenseDecision.Refund => remembering.GiveBack(payment, attempt, received, command.By, now),
                SuspenseDecision.CreditKitchenWallet => customer is { } known
                    ? remembering.Credit(payment, attempt, new WalletCredit(known, received), command.By, now)
                    : CustomerNotFound,
                // A till of one kitchen cannot take money that is due to all kitchens of a group.
                SuspenseDecision.TakeRest => why is SuspenseReason.Underpaid
                    && remembering is Session.Pending { Opening.Group: null } pending
                    ? pending.TakeRest(payment, command, facts, ids, now)
                    : PaymentNotPending,
            };
        }
    }

    extension(Session.Opened opened)
    {
        /// <summary>No payment is pending for the money: the kitchen's policy decides what to do with it.</summary>
        internal Decision TooLate(
            Payment payment, PaymentAttempt paid, Money received, LateMoney late, DateTimeOffset now)
        {
            if (late is { Policy: LatePaymentPolicy.CreditKitchenWallet, KitchenCustomerId: { } customer })
                return opened.PutInSuspenseAndCredited(payment, paid, new WalletCredit(customer, received), now);
            var kept = late.Policy is LatePaymentPolicy.Manual
                ? paid with { InSuspense = SuspenseReason.Late }
                : paid.Refunding(Refund.OfPayment, received);
            return opened.PutInSuspense(payment, paid, kept, received, "LATE", now);
        }

        /// <summary>
        /// The money does not pay the payment: it waits for a decision, or goes back when the session ends.
        /// </summary>
        internal Decision TooLittle(Payment payment, PaymentAttempt paid, Money received, DateTimeOffset now) =>
            opened.PutInSuspense(
            payment with { Status = PaymentStatus.Underpaid }, paid,
                paid with { InSuspense = SuspenseReason.Underpaid }, received,
            "UNDERPAID", now);

        private Decision.Commit PutInSuspense(
            Payment payment, PaymentAttempt paid, PaymentAttempt kept, Money amount, string why, DateTimeOffset now)
        {
            var kitchen = opened.Opening.KitchenId;
            return new Decision.Commit(
                opened.With(payment, kept).Noting(TimelineEntryKind.MoneyParked, Caller.Aggregator, now),
                [
                    kept.PutInSuspense(payment, kitchen, Refund.OfPayment, amount),
                    kept.Close(now),
                    .. kept.StartRefunds(opened, paid),
                    new Effect.Publish(
                        kitchen, new KitchenEvent.PaymentInSuspense(opened.Id, paid.Reference, amount, why)),
                ]);
        }

        private Decision PutInSuspenseAndCredited(
            Payment payment, PaymentAttempt paid, WalletCredit credit, DateTimeOffset now)
        {
            var kept = opened.PutInSuspense(payment, paid, paid with { Credit = credit }, credit.Amount, "LATE", now);
            var noted = ((Session.Opened)kept.Next).Noting(TimelineEntryKind.MoneyCredited, Caller.Aggregator, now);
            return new Decision.Commit(noted, [.. kept.Effects, .. opened.Credited(payment, paid, credit)]);
        }

        private Decision GiveBack(
            Payment payment, PaymentAttempt attempt, Money received, Caller by, DateTimeOffset now)
        {
            var back = attempt.Refunding(Refund.OfPayment, received);
            return new Decision.Commit(
                opened.Replacing(payment.With(back).Waiting()).Noting(TimelineEntryKind.RefundDecided, by, now),
                [.. back.StartRefunds(opened, attempt)]);
        }

        private Decision Credit(
            Payment payment, PaymentAttempt attempt, WalletCredit credit, Caller by, DateTimeOffset now)
        {
            var credited = attempt with { InSuspense = null, Credit = credit };
            return new Decision.Commit(
                opened.Replacing(payment.With(credited).Waiting()).Noting(TimelineEntryKind.MoneyCredited, by, now),
                [credited.Close(now), .. opened.Credited(payment, attempt, credit)]);
        }

        private Effect[] Credited(Payment payment, PaymentAttempt attempt, WalletCredit credit) =>
        [
            attempt.Credited(payment, opened.Opening.KitchenId, credit),
            new Effect.Publish(
                opened.Opening.KitchenId,
                new KitchenEvent.PaymentCredited(
                    opened.Id, attempt.Reference, credit.Amount, credit.KitchenCustomerId)),
        ];

        private Session.Opened Noting(TimelineEntryKind what, Caller by, DateTimeOffset now) => opened with
        {
            Timeline = opened.Timeline.With(new TimelineEntry(what, now, by)),
        };
    }

    extension(Session.Pending pending)
    {
        /// <summary>
        /// Reduces the payment to the amount received; the rest becomes new payments, taken at the till.
        /// </summary>
        private Decision TakeRest(
            Payment payment, ResolveSuspense command, SessionFacts facts,
            PaymentIds ids, DateTimeOffset now)
        {
            // A payment in several goes counts as a whole.
            var received = payment.ReceivedInAll;
            var parts = (payment.Attempts ?? []).Where(part => part.InSuspense is SuspenseReason.Underpaid).ToList();
            var requests = (command.Payments ?? []).Select(request => request.TakenByHand).ToSequence();
            var rest = payment.Amount - received;
            var sum = requests.Sum(request => request.Amount);
            Sequence<Refusal> broken =
            [
                .. SessionQuotes.AgainstFacts(requests, facts),
                .. sum == rest ? Array.Empty<Refusal>() : [SessionRefusals.PaymentsTotalMismatch(rest, sum)],
            ];
            if (broken.Count > 0) return broken;
            if (ChannelRules.Used(requests) is { Count: > 0 } used) return used;

            var came = payment.OutOfSuspense() with
            {
                Amount = received,
                Status = PaymentStatus.Held,
            };
            var added = SessionOpeningDecision.PaymentsOf(requests, ids.Payments, command.By)
                .Select(paid => paid with { Status = PaymentStatus.Held })
                .ToSequence();
            var taken = pending with
            {
                Payments = [.. pending.Replacing(came).Payments, .. added],
                Timeline = pending.Timeline.With(new TimelineEntry(TimelineEntryKind.RestTaken, now, command.By)),
            };
            return taken.HoldingOrConfirmed(
                [
                    came.HoldFromSuspense(pending.Opening.KitchenId),
                    .. SessionOpeningDecision.Holds(added, pending.Opening.KitchenId),
                    .. SessionOpeningDecision.Spends(requests, added),
                    .. parts.Select(part => new Effect.CloseAttempt(part.Reference, part.Status)),
                ],
                ids.OrderId, command.By, now);
        }

        /// <summary>A payment that is complete with money that is all in suspense.</summary>
        /// <param name="before">What is booked before it.</param>
        internal Decision HeldFromSuspense(
            Payment held, Sequence<Effect> before, Guid orderId, DateTimeOffset now)
        {
            var by = Caller.Aggregator;
            var taken = pending.Replacing(held);
            var noted = taken.Waits
                ? taken with
                {
                    Timeline = taken.Timeline.With(new TimelineEntry(TimelineEntryKind.PaymentReceived, now, by)),
                }
                : taken;
            return noted.HoldingOrConfirmed(
                [.. before, held.HoldFromSuspense(pending.Opening.KitchenId)], orderId, by, now);
        }

        private Decision HoldingOrConfirmed(
            Sequence<Effect> holds, Guid orderId, Caller by, DateTimeOffset now) => pending.Waits
                ? new Decision.Commit(pending, holds)
                : new Decision.Commit(
                    pending.ConfirmedAs(orderId, now, by),
                    [
                        new Effect.SellReserved(pending.Id),
                        .. holds,
                        .. pending.Payments
                            .Where(payment => payment.Status is PaymentStatus.Held)
                            .SelectMany(payment => payment.Capture(pending.Opening.KitchenId)),
                        .. pending.Birth(orderId, now, by),
                    ]);
    }

    extension(Payment payment)
    {
        /// <summary>Makes an underpaid payment pending again: its money was refunded or credited.</summary>
        private Payment Waiting() =>
            payment.Status is PaymentStatus.Underpaid
            && (payment.Attempts ?? []).All(attempt => attempt.InSuspense is not SuspenseReason.Underpaid)
                ? payment with { Status = PaymentStatus.Pending }
                : payment;
    }
}
