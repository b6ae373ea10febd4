using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.Sessions.SessionOpeningDecision;
using static JikoXpress.Domain.Sessions.SessionRefusals;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions;

/// <summary>A slip at the cashier: paid at once, paid when pending payments arrive, or issued anew.</summary>
public static class SessionSlips
{
    extension(Session session)
    {
        /// <summary>
        /// Takes the money for a slip. While a payment is pending, the slip is locked to this attempt; a cashier who
        /// has the guest at the till may end that.
        /// </summary>
        public Decision ConfirmSlip(ConfirmSlip command, SessionFacts facts, PaymentIds ids, DateTimeOffset now)
        {
            session.MustNotBeOverdue(now);
            var broken = command.Broken();
            if (session is not Session.Opened opened || !command.By.MaySee(opened.Opening))
                return broken.Count > 0 ? broken : NotFound;
            if (session.AnswerTo(command.Operation) is { } answer) return answer;

            var unknown = SessionQuotes.AgainstFacts(command.Payments ?? [], facts);
            broken = [.. broken, .. unknown, .. WrongTotal(opened, command, broken)];
            if (broken.Count > 0) return broken;

            return opened.Remembering(command.Operation)
                .TakeForSlip(command.Payments ?? [], command.By, facts.Kitchen, ids, now, command.InsteadOfPhone);
        }

        /// <summary>The command that opens an expired slip's session anew, at today's prices.</summary>
        public (OpenSession? Command, Refusal? Refusal) Reissue(Caller by, Operation? operation, DateTimeOffset now)
        {
            if (session is not Session.Opened opened || !by.MaySee(opened.Opening)) return (null, NotFound);
            session.MustNotBeOverdue(now);
            return opened switch
            {
                { Opening.SessionType: not SessionType.Slip } => (null, NotASlip),
                Session.Confirmed confirmed => (null, AlreadyConfirmed(confirmed.OrderId)),
                Session.Ended { EndedAs: SessionStatus.Expired } => (SameAgain(opened, by, operation), null),
                Session.Ended ended => (null, SessionNotPending(ended.Status)),
                _ => (null, SlipStillValid),
            };
        }
    }

    extension(Session.Opened opened)
    {
        /// <summary>Takes these payments for the whole slip, if it can be paid now.</summary>
        /// <param name="by">The cashier, or the guest on the slip's page.</param>
        /// <param name="endsAttempt">An attempt that locks the slip is ended, and what it has taken goes back.</param>
        internal Decision TakeForSlip(
            Sequence<PaymentRequest> requests, Caller by, Kitchen kitchen, PaymentIds ids, DateTimeOffset now,
            bool endsAttempt = false) =>
            opened switch
            {
                { Opening.SessionType: not SessionType.Slip } => NotASlip,
                Session.Confirmed confirmed => AlreadyConfirmed(confirmed.OrderId),
                Session.Ended { EndedAs: SessionStatus.Expired } => SlipExpired,
                Session.Ended ended => SessionNotPending(ended.Status),
                Session.Pending { Attempt: not null, Deadline: { } until } when !endsAttempt =>
                    SlipPaymentInProgress(until),
                Session.Pending when ChannelRules.Used(requests) is { Count: > 0 } used => used,
                Session.Pending { Attempt: not null } locked => locked.TakeInstead(requests, by, kitchen, ids, now),
                Session.Pending payable => payable.Take(requests, by, kitchen, ids, now),
                _ => throw new InvalidOperationException("An opened session must be pending, confirmed or ended."),
            };
    }

    extension(Session.Pending pending)
    {
        private Decision TakeInstead(
            Sequence<PaymentRequest> requests, Caller by, Kitchen kitchen, PaymentIds ids, DateTimeOffset now)
        {
            var ended = pending.WithoutAttempt(TimelineEntryKind.PaymentLapsed, now, by);
            return ended.Then(((Session.Pending)ended.Next).Take(requests, by, kitchen, ids, now));
        }

        private Decision.Commit Take(
            Sequence<PaymentRequest> requests, Caller by, Kitchen kitchen, PaymentIds ids, DateTimeOffset now)
        {
            var payments = PaymentsOf(requests, ids.Payments, by);
            if (payments.All(payment => payment.IsFinalAtOnce(Channel.Pos)))
            {
                var paid = pending with { Payments = [.. pending.Payments, .. payments] };
                return paid.PaidInFull(payments, Spends(requests, payments), ids.OrderId, by, now);
            }

            var taken = payments.Select(payment => payment.TakenOrAwaited(Channel.Pos)).ToSequence()
                .Ringing(ids.Pushes, pending.Opening.CustomerPhone, now);
            var attempt = new SlipAttempt(ids.OrderId, by, now + kitchen.Settings.PaymentTimeout);
            var locked = pending with
            {
                Payments = [.. pending.Payments, .. taken],
                Attempt = attempt,
                ExpiresAt = pending.ExpiresAt > attempt.ExpiresAt ? pending.ExpiresAt : attempt.ExpiresAt,
                Timeline = pending.Timeline.With(new TimelineEntry(TimelineEntryKind.PaymentStarted, now, by)),
            };
            return new Decision.Commit(
                locked,
                [
                    new Effect.ExtendReserved(pending.Id, ReservationExpires(locked.ExpiresAt, taken)),
                    .. Holds(taken, pending.Opening.KitchenId),
                    .. Spends(requests, taken),
                    .. locked.Starts(taken, by),
                ]);
        }

        private Decision.Commit PaidInFull(
            Sequence<Payment> payments, IEnumerable<Effect> spends, Guid orderId, Caller by,
            DateTimeOffset now) => new(
            pending.ConfirmedAs(orderId, now, by),
            [
                new Effect.SellReserved(pending.Id),
                .. payments.SelectMany(payment => payment.Pay(pending.Opening.KitchenId)),
                .. spends,
                .. pending.Birth(orderId, now, by),
            ]);
    }

    private static IEnumerable<Refusal> WrongTotal(
        Session.Opened opened, ConfirmSlip command, Sequence<Refusal> broken)
    {
        var payments = command.Payments ?? [];
        if (broken.Any(refusal => refusal.Code == "amount-out-of-range")) yield break;
        var received = payments.Sum(payment => payment.Amount);
        if (payments.Count > 0 && received != opened.Opening.Total)
            yield return PaymentsTotalMismatch(opened.Opening.Total, received);
    }

    private static OpenSession SameAgain(Session.Opened opened, Caller by, Operation? operation)
    {
        var opening = opened.Opening;
        return new OpenSession(
            by, SessionType.Slip, opening.Channel, opening.FulfillmentType,
            opening.Lines
                .Select(line => new LineRequest(line.MenuId, line.Quantity, line.ItemInstructions))
                .ToSequence(),
            Payments: null,
            opening.TableNumber, opening.LaneNumber, opening.Tag, opening.OrderInstructions, opening.CustomerPhone,
            opening.DeliveryAddress, ClientReference: opening.ClientReference, ReissueOf: opened.Id,
            Operation: operation);
    }
}
