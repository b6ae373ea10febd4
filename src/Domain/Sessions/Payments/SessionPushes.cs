using JikoXpress.Domain.Sessions.HostedPage;
using static JikoXpress.Domain.Sessions.Payments.PaymentRefusals;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions.Payments;

/// <summary>
/// How a guest is asked for money: a push to the phone, a reference to pay from it, or an approval in the app.
/// </summary>
public static class SessionPushes
{
    extension(Session session)
    {
        /// <summary>
        /// Sends a push for a pending payment that has no open push: it had none yet, or the last one failed.
        /// </summary>
        public Decision Initiate(InitiatePayment command, Pushes? pushes, DateTimeOffset now)
        {
            if (session.Precluded(command, SessionRefusals.NotFound, now) is { } answer) return answer;
            var opened = (Session.Opened)session;
            if (opened.IsLeftToItsShop(command.By)) return HostedRefusals.SessionOfShop;
            if (opened.Payments.FirstOrDefault(known => known.Id == command.PaymentId) is not { } payment)
                return PaymentNotFound;
            if (opened.Remembering(command.Operation) is not Session.Pending pending)
                return SessionRefusals.SessionNotPending(opened.Status);
            if (opened is { Follows: true, Opening.Group.Id: var group }) return SessionRefusals.SessionInGroup(group);
            if (payment is not { IsByPhone: true, IsAtTill: false, Status: PaymentStatus.Pending })
                return PaymentNotPending;
            if (payment.IsRinging) return PaymentInProgress;
            if (pushes is null || payment.AdapterOf(pushes) is not { } adapter) return MobileMoneyUnavailable;
            if (!PhoneNumber.IsOf(command.PhoneNumber, pushes.Country))
                return SessionRefusals.PhoneInvalid("/phoneNumber", pushes.Country);

            var named = payment with
            {
                PhoneNumber = command.PhoneNumber,
                Provider = command.Provider ?? payment.Provider,
            };
            var ringing = named.Ringing(adapter, pushes.Ids[0], command.PhoneNumber, now);
            var next = pending.Replacing(ringing) with
            {
                Timeline = pending.Timeline.With(new TimelineEntry(TimelineEntryKind.PaymentStarted, now, command.By)),
            };
            return new Decision.Commit(next, [next.Start(ringing, command.By)]);
        }

        /// <summary>
        /// An app user pays a payment from their own wallet, on whatever channel the session was opened.
        /// </summary>
        public Decision Authorize(AuthorizePayment command, Guid orderId, DateTimeOffset now)
        {
            session.MustNotBeOverdue(now);
            if (session is not Session.Opened opened || opened.Opening.LiveMode != command.LiveMode)
                return SessionRefusals.NotFound;
            if (session.AnswerTo(command.Operation) is { } answer) return answer;
            if (opened.Payments.FirstOrDefault(known => known.Id == command.PaymentId) is not { } payment)
                return PaymentNotFound;
            if (opened.Remembering(command.Operation) is not Session.Pending pending)
                return SessionRefusals.SessionNotPending(opened.Status);
            if (payment is not { Method: PaymentMethod.PlatformWallet, Status: PaymentStatus.Pending })
                return PaymentNotPending;

            return pending.Receive(payment with { AccountId = command.By.Id }, orderId, command.By, now);
        }
    }

    extension(Sequence<Payment> payments)
    {
        /// <summary>
        /// Starts an attempt for every payment by phone: a push to its phone number, or a reference to pay when there
        /// is no number, or when the phone rings for an earlier one of these payments: then it can be rung for this one
        /// later. A till rings nobody. Without an aggregator the payments stay pending.
        /// </summary>
        internal Sequence<Payment> Ringing(Pushes? pushes, string? customerPhone, DateTimeOffset now)
        {
            if (pushes is null) return payments;
            var ringing = new HashSet<string>();
            return payments.Select((payment, index) =>
                !payment.IsByPhone || payment.AdapterOf(pushes) is not { } adapter ? payment
                : payment.IsAtTill
                    ? payment.Trying(adapter, pushes.Ids[index], payment.PhoneNumber, AttemptStatus.Offered, now)
                : (payment.PhoneNumber ?? customerPhone) is { } phone && ringing.Add(phone)
                    ? payment.Ringing(adapter, pushes.Ids[index], phone, now)
                    : payment.Trying(adapter, pushes.Ids[index], phone: null, AttemptStatus.Offered, now))
                .ToSequence();
        }
    }

    extension(Payment payment)
    {
        /// <summary>A push or a reference is open: its outcome is not known yet.</summary>
        public bool IsInFlight => payment.Attempts is { } attempts && attempts.Any(attempt => attempt.IsOpen);

        /// <summary>A push is open: no second push is sent before its outcome is known.</summary>
        private bool IsRinging => payment.Attempts is { } attempts && attempts.Any(attempt => attempt.IsRinging);

        /// <summary>The kitchen's own account or till, else the installation's; null when there is none.</summary>
        private string? AdapterOf(Pushes pushes) => payment.Channel?.Adapter ?? pushes.Adapter;

        internal Payment Ringing(string adapter, PushId push, string phone, DateTimeOffset now) =>
            payment.Trying(adapter, push, phone, AttemptStatus.Sent, now) with { PhoneNumber = phone };

        /// <summary>Has a card gateway make a page.</summary>
        internal Payment Paging(string gateway, PushId push, CardPage page, DateTimeOffset now) =>
            payment.Trying(gateway, push, phone: null, AttemptStatus.Sent, now, page);

        private Payment Trying(
            string adapter, PushId push, string? phone, AttemptStatus status, DateTimeOffset now,
            CardPage? card = null)
        {
            var attempt = new PaymentAttempt(push.Id, push.Reference, adapter, phone, status, now, Card: card);
            return payment with { Attempts = (payment.Attempts ?? []).With(attempt) };
        }
    }

    extension(Session.Pending pending)
    {
        /// <summary>
        /// A pending payment may be paid already: the aggregator is asked once more before the session ends.
        /// </summary>
        public bool IsInFlight =>
            pending.Payments.Any(payment => payment is { Status: PaymentStatus.Pending, IsInFlight: true });

        /// <summary>
        /// The session still waits for this attempt: neither was it ended meanwhile, nor its payment paid another way.
        /// </summary>
        public bool Awaits(string reference) => pending.Payments.Any(payment =>
            payment.Status is PaymentStatus.Pending or PaymentStatus.Underpaid
            && (payment.Attempts ?? []).Any(attempt => attempt.Reference == reference && attempt.IsRinging));

        /// <summary>The effects that start the new attempts of these payments.</summary>
        internal IEnumerable<Effect> Starts(IEnumerable<Payment> payments, Caller by) =>
            payments.Where(payment => payment.IsInFlight).Select(payment => pending.Start(payment, by));

        internal Session.Pending Replacing(Payment payment) => pending with
        {
            Payments = pending.Payments.Select(known => known.Id == payment.Id ? payment : known).ToSequence(),
        };

        internal Effect.StartAttempt Start(Payment payment, Caller by) => new(
            pending.Opening.KitchenId, pending.Id, payment.Id, payment.Due, pending.ExpiresAt,
            (payment.Attempts ?? [])[^1], AskedBy: Asker.Of(pending.CountedAs(by)), Currency: pending.Opening.Currency);

        /// <summary>
        /// A table opens as many slips as it likes, each with a page: what these ring counts as the table's.
        /// </summary>
        private Caller CountedAs(Caller by) =>
            by.Kind is CallerKind.HostedPage && pending.Opening is { Hosted: null, OpenedBy: { } guest }
                && guest.Kind is CallerKind.TableGuest
                    ? guest
                    : by;
    }
}
