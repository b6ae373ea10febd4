using JikoXpress.Domain.Sessions;
using static JikoXpress.Domain.Payments.PaymentRefusals;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Payments;

/// <summary>
/// What an aggregator's words do to a session. Money is taken where it is due, and everything else that arrives goes
/// back once; a session that is over stays over, and a report that is repeated decides nothing.
/// </summary>
public static class SessionReports
{
    extension(Session session)
    {
        /// <param name="orderId">For the order, should this be the last payment that was missing.</param>
        /// <param name="late">What becomes of the money, should no leg be able to take it.</param>
        public Decision Report(PaymentReport report, Guid orderId, LateMoney late, DateTimeOffset now)
        {
            session.MustNotBeOverdue(now);
            if (session is not Session.Opened opened || opened.Find(report.Reference) is not var (leg, attempt))
                return PaymentNotFound;
            if (!report.IsCredibleFor(attempt)) return new Decision.Unchanged();

            return (attempt.Status, report.Outcome) switch
            {
                (AttemptStatus.Succeeded, _) => new Decision.Unchanged(),
                // A reference that somebody failed to pay can still be paid.
                (AttemptStatus.Offered, not PaymentOutcome.Succeeded) => new Decision.Unchanged(),
                (_, PaymentOutcome.Succeeded) => opened.Received(leg, attempt.Paid(report), orderId, late, now),
                (AttemptStatus.Failed, _) => new Decision.Unchanged(),
                (_, PaymentOutcome.Failed) => opened.Declined(leg, attempt.Declined(report), now),
                _ => opened.Noted(leg, attempt, report),
            };
        }

        /// <summary>The aggregator has paid back what was on its way.</summary>
        public Decision Refunded(string refundReference, DateTimeOffset now)
        {
            session.MustNotBeOverdue(now);
            if (session is not Session.Opened opened
                || opened.FindRefund(refundReference) is not var (leg, attempt, refund))
                return PaymentNotFound;
            if (refund.Done) return new Decision.Unchanged();

            var kitchen = opened.Opening.KitchenId;
            var repaid = attempt with
            {
                Refunds = (attempt.Refunds ?? [])
                    .Select(known => known == refund ? known with { Done = true } : known)
                    .ToSequence(),
            };
            var settled = leg.Status == LegStatus.Refunding && refund.Part == Refund.OfLeg
                ? leg with { Status = LegStatus.Refunded }
                : leg;
            return new Decision.Commit(
                opened.With(settled, repaid) with
                {
                    Timeline = opened.Timeline.With(new Happening(HappeningKind.MoneyRefunded, now, Caller.Aggregator)),
                },
                [
                    repaid.Returned(kitchen, refund),
                    new Effect.CloseRefund(refundReference),
                    new Effect.Publish(
                        kitchen, new KitchenEvent.PaymentRefunded(opened.Id, attempt.Reference, refund.Amount)),
                ]);
        }
    }

    extension(Session.Opened opened)
    {
        /// <summary>The phone that a report's money came from, as far as anybody knows.</summary>
        public string? PayerOf(PaymentReport report) =>
            opened.Find(report.Reference) is var (_, attempt) ? attempt.Paid(report).PhoneNumber : null;

        /// <summary>The phone of an attempt, as far as anybody knows.</summary>
        public string? PhoneOf(string reference) =>
            opened.Find(reference) is var (_, attempt) ? attempt.PhoneNumber : null;

        internal (Leg Leg, PaymentAttempt Attempt)? Find(string reference)
        {
            foreach (var leg in opened.Legs)
            {
                if (leg.Attempts?.FirstOrDefault(attempt => attempt.Reference == reference) is { } found)
                    return (leg, found);
            }

            return null;
        }

        private (Leg Leg, PaymentAttempt Attempt, Refund Refund)? FindRefund(string reference)
        {
            foreach (var leg in opened.Legs)
            {
                foreach (var attempt in leg.Attempts ?? [])
                {
                    if (attempt.Refunds?.FirstOrDefault(refund => refund.Reference == reference) is { } found)
                        return (leg, attempt, found);
                }
            }

            return null;
        }

        internal Session.Opened With(Leg leg, PaymentAttempt attempt) => opened with
        {
            Legs = opened.Legs.Select(known => known.Id == leg.Id ? leg.With(attempt) : known).ToSequence(),
        };

        private Decision Noted(Leg leg, PaymentAttempt attempt, PaymentReport report)
        {
            var noted = attempt with
            {
                Status = report.Outcome is PaymentOutcome.Pending ? AttemptStatus.Pending : AttemptStatus.Unknown,
                ProviderReference = attempt.ProviderReference ?? report.ProviderReference,
            };
            return noted == attempt ? new Decision.Unchanged() : new Decision.Commit(opened.With(leg, noted), []);
        }

        private Decision Received(Leg leg, PaymentAttempt paid, Guid orderId, LateMoney late, DateTimeOffset now)
        {
            var received = paid.Received ?? throw new InvalidOperationException("A credible success says how much.");
            if (opened is not Session.Pending pending || leg.Status is not LegStatus.Pending)
                return opened.TooLate(leg, paid, received, late, now);
            if (received < leg.Due) return opened.TooLittle(leg, paid, received, now);

            var surplus = received - leg.Due;
            var kitchen = opened.Opening.KitchenId;
            // The shares of the others of its group are theirs.
            var own = paid with { Received = leg.Amount + surplus };
            var kept = surplus > Money.Zero ? own.Refunding(Refund.OfSurplus, surplus) : own;
            var taken = pending.Receive(leg.With(kept), orderId, Caller.Aggregator, now);
            return taken with
            {
                Effects =
                [
                    .. taken.Effects,
                    paid.Close(now),
                    .. surplus > Money.Zero
                        ?
                        [
                            kept.Park(kitchen, Refund.OfSurplus, surplus),
                            .. kept.StartRefunds(opened, paid),
                            new Effect.Publish(
                                kitchen, new KitchenEvent.PaymentParked(opened.Id, paid.Reference, surplus, "SURPLUS")),
                        ]
                        : Array.Empty<Effect>(),
                ],
            };
        }

        /// <summary>A definite no: a slip can be paid again, and everything else has failed.</summary>
        private Decision Declined(Leg leg, PaymentAttempt declined, DateTimeOffset now)
        {
            var noted = opened.With(leg, declined);
            Sequence<Effect> closed = [declined.Close(now)];
            if (noted is not Session.Pending pending || leg.Status is not LegStatus.Pending)
                return new Decision.Commit(noted, closed);

            var ended = pending.Attempt is null
                ? pending.End(SessionStatus.Failed, EndReason.PaymentDeclined, now, Caller.Aggregator)
                : pending.WithoutAttempt(HappeningKind.PaymentDeclined, now, Caller.Aggregator);
            return ended with { Effects = [.. ended.Effects, .. closed] };
        }
    }

    extension(Session.Pending pending)
    {
        /// <summary>Money is still missing.</summary>
        internal bool Waits => pending.Legs.Any(leg => leg.Status is LegStatus.Pending or LegStatus.Underpaid);

        /// <summary>A leg is paid by whom it waited for; when it was the last one, the order is born.</summary>
        internal Decision.Commit Receive(Leg leg, Guid orderId, Caller by, DateTimeOffset now)
        {
            var kitchen = pending.Opening.KitchenId;
            var taken = pending.Replacing(leg with { Status = LegStatus.Held });
            if (taken.Waits)
                return new Decision.Commit(
                    taken with
                    {
                        Timeline = taken.Timeline.With(new Happening(HappeningKind.PaymentReceived, now, by)),
                    },
                    leg.Hold(kitchen).ToSequence());

            return new Decision.Commit(
                taken.ConfirmedAs(orderId, now, by),
                [
                    new Effect.SellReserved(pending.Id),
                    .. pending.Legs
                        .Where(other => other.Status == LegStatus.Held)
                        .SelectMany(other => other.Settle(kitchen)),
                    .. leg.Pay(kitchen),
                    .. taken.Birth(orderId, now, by),
                ]);
        }
    }

    extension(Leg leg)
    {
        internal Leg With(PaymentAttempt attempt) => leg with
        {
            Attempts = (leg.Attempts ?? []).Select(known => known.Id == attempt.Id ? attempt : known).ToSequence(),
        };
    }

    extension(PaymentAttempt attempt)
    {
        private PaymentAttempt Paid(PaymentReport report) => attempt with
        {
            Status = AttemptStatus.Succeeded,
            ProviderReference = attempt.ProviderReference ?? report.ProviderReference,
            Reason = null,
            Received = report.Amount,
            PhoneNumber = PhoneNumber.IsTanzanianMobile(report.PaidBy ?? "") ? report.PaidBy : attempt.PhoneNumber,
        };

        private PaymentAttempt Declined(PaymentReport report) => attempt with
        {
            Status = AttemptStatus.Failed,
            ProviderReference = attempt.ProviderReference ?? report.ProviderReference,
            Reason = report.ReasonToKeep,
        };
    }
}
