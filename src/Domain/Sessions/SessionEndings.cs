using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.Sessions.SessionRefusals;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions;

/// <summary>How a session ends without an order, and which money and items go back then.</summary>
public static class SessionEndings
{
    extension(Session session)
    {
        public Decision Cancel(CancelSession command, DateTimeOffset now) =>
            session.EndNow(command, SessionStatus.Cancelled, EndReason.CancelledByCaller, now, command.WholeGroup);

        public Decision ExpireEarly(ExpireSession command, DateTimeOffset now) =>
            session.EndNow(command, SessionStatus.Expired, EndReason.EndedEarly, now);

        /// <summary>Staff hand back all money of the session that waits to be returned.</summary>
        public Decision ReturnMoney(ReturnMoney command, DateTimeOffset now)
        {
            if (session.Precluded(command, NotFound, now) is { } answer) return answer;
            var opened = (Session.Opened)session;
            var due = opened.Payments.Where(payment => payment.Status == PaymentStatus.ToReturn).ToList();
            if (due.Count == 0) return NothingToReturn;

            return new Decision.Commit(
                opened.Remembering(command.Operation) with
                {
                    Payments = opened.Payments
                        .Select(payment =>
                            due.Contains(payment) ? payment with { Status = PaymentStatus.Returned } : payment)
                        .ToSequence(),
                    Timeline = opened.Timeline.With(
                        new TimelineEntry(TimelineEntryKind.MoneyReturned, now, command.By)),
                },
                due.SelectMany(payment => payment.Return(opened.Opening.KitchenId, command.By)).ToSequence());
        }

        private Decision EndNow(
            IGrainCommand command, SessionStatus status, EndReason reason, DateTimeOffset now,
            bool wholeGroup = false)
        {
            if (session.Precluded(command, NotFound, now) is { } answer) return answer;
            var opened = (Session.Opened)session;
            if (opened.IsLeftToItsShop(command.By)) return HostedRefusals.SessionOfShop;
            if (opened.Remembering(command.Operation) is not Session.Pending pending)
                return SessionNotPending(opened.Status);
            return opened.Opening.Group is { } group && !(wholeGroup && opened.Leads)
                ? SessionInGroup(group.Id)
                : pending.End(status, reason, now, command.By);
        }
    }

    extension(Session.Pending pending)
    {
        /// <summary>
        /// Ends the session: frees its items, releases held money, and marks money that staff took as to be returned.
        /// </summary>
        internal Decision.Commit End(SessionStatus status, EndReason reason, DateTimeOffset at, Caller by)
        {
            var (payments, givenBack) = pending.GiveBack();
            var ended = new Session.Ended(
                pending.Id, pending.Opening, payments, pending.Operations,
                pending.Timeline.With(new TimelineEntry(TimelineEntryOf(status), at, by)),
                at, status, reason);
            return new Decision.Commit(
                ended,
                [
                    new Effect.ReleaseReserved(pending.Id),
                    .. givenBack,
                    new Effect.Publish(
                        pending.Opening.KitchenId, new KitchenEvent.SessionEnded(pending.Id, status, reason.WireName)),
                ]);
        }

        internal (Sequence<Payment> Payments, Sequence<Effect> Effects) GiveBack()
        {
            var payments = pending.Payments.Select(GivenBack).ToSequence();
            return (
                payments,
                [
                    .. pending.Payments
                        .Where(payment => payment.Status == PaymentStatus.Held)
                        .SelectMany(payment => payment.Release(pending.Opening.KitchenId)),
                    .. payments.Zip(pending.Payments).SelectMany(payment =>
                        payment.First.StartRefunds(payment.Second, pending)),
                    .. pending.Payments
                        .Where(payment => payment.Status is PaymentStatus.Pending)
                        .SelectMany(payment => payment.NotAwaited()),
                ]);
        }
    }

    extension(Session.Opened opened)
    {
        /// <summary>
        /// Nothing can change the session any more: it is not pending, no money waits to be returned, no phone can
        /// still pay, and no bill can void its lines.
        /// </summary>
        public bool IsSettled =>
            opened is not Session.Pending
            && opened.Opening.SessionType is not SessionType.Tab
            && opened.Payments.All(payment =>
                payment is { IsByPhone: false, Attempts: null, Status: not PaymentStatus.ToReturn });

        /// <summary>Money taken by staff that waits to be handed back, by any method.</summary>
        public Money MoneyToReturn =>
            opened.Payments.Where(payment => payment.Status == PaymentStatus.ToReturn).Sum(payment => payment.Amount);

        /// <summary>The cash part of the money to return.</summary>
        public Money CashToReturn => opened.Payments
            .Where(payment => payment is { Status: PaymentStatus.ToReturn, Method: PaymentMethod.Cash })
            .Sum(payment => payment.Amount);
    }

    private static Payment GivenBack(Payment payment) => payment.Status switch
    {
        PaymentStatus.Held or PaymentStatus.Underpaid when payment.IsByPhone => payment.Refunding(),
        PaymentStatus.Held when payment.IsAttested => payment with { Status = PaymentStatus.ToReturn },
        PaymentStatus.Held or PaymentStatus.Pending => payment with { Status = PaymentStatus.Released },
        _ => payment,
    };

    private static TimelineEntryKind TimelineEntryOf(SessionStatus status) => status switch
    {
        SessionStatus.Expired => TimelineEntryKind.Expired,
        SessionStatus.Cancelled => TimelineEntryKind.Cancelled,
        SessionStatus.Failed => TimelineEntryKind.Failed,
        SessionStatus.PendingPayment or SessionStatus.Confirmed =>
            throw new InvalidOperationException($"{status.WireName} is not a final status."),
    };
}
