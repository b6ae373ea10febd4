using JikoXpress.Domain.Sessions;
using static JikoXpress.Domain.Payments.PaymentRefusals;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Payments;

/// <summary>
/// How a guest comes to be asked for money: a push to the phone, a reference to pay from it, or an approval in the app.
/// </summary>
public static class SessionPushes
{
    extension(Session session)
    {
        /// <summary>Rings a phone for a leg that waits without one, or whose last push came to a definite no.</summary>
        public Decision Initiate(InitiatePayment command, Pushes? pushes, DateTimeOffset now)
        {
            session.MustNotBeOverdue(now);
            var broken = SessionRules.BrokenPush(command);
            if (session is not Session.Opened opened || !command.By.MaySee(opened.Opening))
                return broken.Count > 0 ? broken : SessionRefusals.NotFound;
            if (session.AnswerTo(command.Operation) is { } answer) return answer;
            if (broken.Count > 0) return broken;
            if (opened.Legs.FirstOrDefault(leg => leg.Id == command.PaymentId) is not { } leg) return PaymentNotFound;
            if (opened.Remembering(command.Operation) is not Session.Pending pending)
                return SessionRefusals.SessionNotPending(opened.Status);
            if (opened is { Follows: true, Opening.Group.Id: var group }) return SessionRefusals.SessionInGroup(group);
            if (leg is not { Method: PaymentMethod.MobileMoney, Status: LegStatus.Pending }) return PaymentNotPending;
            if (leg.IsRinging) return PaymentInProgress;
            if (pushes is null) return MobileMoneyUnavailable;

            var named = leg with { PhoneNumber = command.PhoneNumber, Provider = command.Provider ?? leg.Provider };
            var ringing = named.Ringing(pushes.Adapter, pushes.Ids[0], command.PhoneNumber, now);
            var next = pending.Replacing(ringing) with
            {
                Timeline = pending.Timeline.With(new Happening(HappeningKind.PaymentStarted, now, command.By)),
            };
            return new Decision.Commit(next, [next.Start(ringing)]);
        }

        /// <summary>A user of the app pays a leg from the own wallet, wherever the session was opened.</summary>
        public Decision Authorize(AuthorizePayment command, Guid orderId, DateTimeOffset now)
        {
            session.MustNotBeOverdue(now);
            if (session is not Session.Opened opened || opened.Opening.LiveMode != command.LiveMode)
                return SessionRefusals.NotFound;
            if (session.AnswerTo(command.Operation) is { } answer) return answer;
            if (opened.Legs.FirstOrDefault(leg => leg.Id == command.PaymentId) is not { } leg) return PaymentNotFound;
            if (opened.Remembering(command.Operation) is not Session.Pending pending)
                return SessionRefusals.SessionNotPending(opened.Status);
            if (leg is not { Method: PaymentMethod.PlatformWallet, Status: LegStatus.Pending })
                return PaymentNotPending;

            return pending.Receive(leg with { AccountId = command.By.Id }, orderId, command.By, now);
        }
    }

    extension(Sequence<Leg> legs)
    {
        /// <summary>
        /// Every leg of mobile money rings its number, or has a reference to pay where there is none; without an
        /// aggregator they wait.
        /// </summary>
        internal Sequence<Leg> Ringing(Pushes? pushes, string? customerPhone, DateTimeOffset now) => pushes is null
            ? legs
            : legs.Select((leg, index) => leg.Method is not PaymentMethod.MobileMoney
                ? leg
                : (leg.PhoneNumber ?? customerPhone) is { } phone
                    ? leg.Ringing(pushes.Adapter, pushes.Ids[index], phone, now)
                    : leg.Trying(pushes.Adapter, pushes.Ids[index], phone: null, AttemptStatus.Offered, now))
                .ToSequence();
    }

    extension(Leg leg)
    {
        /// <summary>A push is out, or a reference, and nobody knows yet what comes of it.</summary>
        public bool IsInFlight => leg.Attempts is { } attempts && attempts.Any(attempt => attempt.IsOpen);

        /// <summary>A push is out: no second phone rings before it is known what comes of it.</summary>
        private bool IsRinging => leg.Attempts is { } attempts && attempts.Any(attempt => attempt.IsRinging);

        private Leg Ringing(string adapter, PushId push, string phone, DateTimeOffset now) =>
            leg.Trying(adapter, push, phone, AttemptStatus.Sent, now) with { PhoneNumber = phone };

        private Leg Trying(string adapter, PushId push, string? phone, AttemptStatus status, DateTimeOffset now)
        {
            var attempt = new PaymentAttempt(push.Id, push.Reference, adapter, phone, status, now);
            return leg with { Attempts = (leg.Attempts ?? []).With(attempt) };
        }
    }

    extension(Session.Pending pending)
    {
        /// <summary>A leg that waits may be paid already: the aggregator is asked once more before the end.</summary>
        public bool IsInFlight => pending.Legs.Any(leg => leg is { Status: LegStatus.Pending, IsInFlight: true });

        /// <summary>The pushes and references of legs that have just been taken up.</summary>
        internal IEnumerable<Effect> Starts(IEnumerable<Leg> legs) =>
            legs.Where(leg => leg.IsInFlight).Select(pending.Start);

        internal Session.Pending Replacing(Leg leg) => pending with
        {
            Legs = pending.Legs.Select(known => known.Id == leg.Id ? leg : known).ToSequence(),
        };

        internal Effect Start(Leg leg) => new Effect.StartAttempt(
            pending.Opening.KitchenId, pending.Id, leg.Id, leg.Due, pending.ExpiresAt, (leg.Attempts ?? [])[^1]);
    }
}
