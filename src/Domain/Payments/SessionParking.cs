using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using static JikoXpress.Domain.Payments.PaymentRefusals;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Payments;

/// <summary>
/// Mobile money that no order can have as it came: it stands in suspense, and goes to one place from there, once.
/// </summary>
public static class SessionParking
{
    extension(Session session)
    {
        /// <summary>Somebody decides about money that waits; whoever comes second is told that it is decided.</summary>
        /// <param name="customer">Whose balance, for a credit; null where the kitchen knows nobody.</param>
        /// <param name="facts">The kitchen's, for the rest that is taken.</param>
        /// <param name="ids">For the rest, and for the order that it may bring about.</param>
        public Decision DecideParked(
            DecideParked command, Guid? customer, SessionFacts facts, PaymentIds ids, DateTimeOffset now)
        {
            session.MustNotBeOverdue(now);
            var broken = SessionRules.BrokenDecision(command);
            if (session is not Session.Opened opened || !command.By.MaySee(opened.Opening))
                return broken.Count > 0 ? broken : SessionRefusals.NotFound;
            if (session.AnswerTo(command.Operation) is { } answer) return answer;
            if (broken.Count > 0) return broken;
            if (opened.Find(command.Reference) is not var (leg, attempt)) return PaymentNotFound;
            if (attempt is not { Parked: { } why, Received: { } received }) return PaymentNotParked;

            var remembering = opened.Remembering(command.Operation);
            return command.Decision switch
            {
                ParkedDecision.Refund => remembering.GiveBack(leg, attempt, received, command.By, now),
                ParkedDecision.CreditKitchenWallet => customer is { } known
                    ? remembering.Credit(leg, attempt, new WalletCredit(known, received), command.By, now)
                    : CustomerNotFound,
                // The till of one kitchen cannot take what is due to all kitchens of a group.
                ParkedDecision.TakeRest => why is ParkedWhy.Underpaid
                    && remembering is Session.Pending { Opening.Group: null } pending
                    ? pending.TakeRest(leg, attempt, received, command, facts, ids, now)
                    : PaymentNotPending,
            };
        }
    }

    extension(Session.Opened opened)
    {
        /// <summary>No leg waits for it: what becomes of it is the kitchen's policy.</summary>
        internal Decision TooLate(Leg leg, PaymentAttempt paid, Money received, LateMoney late, DateTimeOffset now)
        {
            if (late is { Policy: LatePaymentPolicy.CreditKitchenWallet, KitchenCustomerId: { } customer })
                return opened.ParkedAndCredited(leg, paid, new WalletCredit(customer, received), now);
            var parked = late.Policy is LatePaymentPolicy.Manual
                ? paid with { Parked = ParkedWhy.Late }
                : paid.Refunding(Refund.OfLeg, received);
            return opened.Parked(leg, paid, parked, received, "LATE", now);
        }

        /// <summary>It confirms nothing; somebody decides, or it goes back when the session ends.</summary>
        internal Decision TooLittle(Leg leg, PaymentAttempt paid, Money received, DateTimeOffset now) => opened.Parked(
            leg with { Status = LegStatus.Underpaid }, paid, paid with { Parked = ParkedWhy.Underpaid }, received,
            "UNDERPAID", now);

        private Decision.Commit Parked(
            Leg leg, PaymentAttempt paid, PaymentAttempt parked, Money amount, string why, DateTimeOffset now)
        {
            var kitchen = opened.Opening.KitchenId;
            return new Decision.Commit(
                opened.With(leg, parked).Noting(HappeningKind.MoneyParked, Caller.Aggregator, now),
                [
                    parked.Park(kitchen, Refund.OfLeg, amount),
                    parked.Close(now),
                    .. parked.StartRefunds(opened, paid),
                    new Effect.Publish(kitchen, new KitchenEvent.PaymentParked(opened.Id, paid.Reference, amount, why)),
                ]);
        }

        private Decision ParkedAndCredited(Leg leg, PaymentAttempt paid, WalletCredit credit, DateTimeOffset now)
        {
            var parked = opened.Parked(leg, paid, paid with { Credit = credit }, credit.Amount, "LATE", now);
            var noted = ((Session.Opened)parked.Next).Noting(HappeningKind.MoneyCredited, Caller.Aggregator, now);
            return new Decision.Commit(noted, [.. parked.Effects, .. opened.Credited(paid, credit)]);
        }

        private Decision GiveBack(Leg leg, PaymentAttempt attempt, Money received, Caller by, DateTimeOffset now)
        {
            var back = attempt.Refunding(Refund.OfLeg, received);
            return new Decision.Commit(
                opened.With(leg.Waiting(), back).Noting(HappeningKind.RefundDecided, by, now),
                [.. back.StartRefunds(opened, attempt)]);
        }

        private Decision Credit(Leg leg, PaymentAttempt attempt, WalletCredit credit, Caller by, DateTimeOffset now)
        {
            var credited = attempt with { Parked = null, Credit = credit };
            return new Decision.Commit(
                opened.With(leg.Waiting(), credited).Noting(HappeningKind.MoneyCredited, by, now),
                [credited.Close(now), .. opened.Credited(attempt, credit)]);
        }

        private Effect[] Credited(PaymentAttempt attempt, WalletCredit credit) =>
        [
            attempt.Credited(opened.Opening.KitchenId, credit),
            new Effect.Publish(
                opened.Opening.KitchenId,
                new KitchenEvent.PaymentCredited(
                    opened.Id, attempt.Reference, credit.Amount, credit.KitchenCustomerId)),
        ];

        private Session.Opened Noting(HappeningKind what, Caller by, DateTimeOffset now) => opened with
        {
            Timeline = opened.Timeline.With(new Happening(what, now, by)),
        };
    }

    extension(Session.Pending pending)
    {
        /// <summary>The leg is what came, and the rest are legs of their own, paid at the till.</summary>
        private Decision TakeRest(
            Leg leg, PaymentAttempt attempt, Money received, DecideParked command, SessionFacts facts, PaymentIds ids,
            DateTimeOffset now)
        {
            var payments = command.Payments ?? [];
            var rest = leg.Amount - received;
            var sum = payments.Sum(payment => payment.Amount);
            Sequence<Refusal> broken =
            [
                .. SessionQuotes.AgainstFacts(payments, facts),
                .. sum == rest ? Array.Empty<Refusal>() : [SessionRefusals.PaymentsTotalMismatch(rest, sum)],
            ];
            if (broken.Count > 0) return broken;

            var came = leg.With(attempt with { Parked = null }) with { Amount = received, Status = LegStatus.Held };
            var added = SessionOpeningDecision.LegsOf(payments, ids.Legs, command.By)
                .Select(paid => paid with { Status = LegStatus.Held })
                .ToSequence();
            var legs = pending.Replacing(came).Legs;
            var taken = pending with
            {
                Legs = [.. legs, .. added],
                Timeline = pending.Timeline.With(new Happening(HappeningKind.RestTaken, now, command.By)),
            };
            return taken.HoldingOrConfirmed(
                [
                    came.HoldParked(pending.Opening.KitchenId),
                    .. SessionOpeningDecision.Holds(added, pending.Opening.KitchenId),
                    new Effect.CloseAttempt(attempt.Reference, attempt.Status),
                ],
                ids.OrderId, command.By, now);
        }

        private Decision HoldingOrConfirmed(
            Sequence<Effect> holds, Guid orderId, Caller by, DateTimeOffset now) => pending.Waits
                ? new Decision.Commit(pending, holds)
                : new Decision.Commit(
                    pending.ConfirmedAs(orderId, now, by),
                    [
                        new Effect.SellReserved(pending.Id),
                        .. holds,
                        .. pending.Legs
                            .Where(leg => leg.Status is LegStatus.Held)
                            .SelectMany(leg => leg.Settle(pending.Opening.KitchenId)),
                        .. pending.Birth(orderId, now, by),
                    ]);
    }

    extension(Leg leg)
    {
        /// <summary>What came has gone elsewhere, and a phone may be asked again while the session waits.</summary>
        private Leg Waiting() => leg.Status is LegStatus.Underpaid ? leg with { Status = LegStatus.Pending } : leg;
    }
}
