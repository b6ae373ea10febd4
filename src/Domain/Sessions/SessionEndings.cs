using JikoXpress.Domain.Payments;
using static JikoXpress.Domain.Sessions.SessionRefusals;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions;

/// <summary>The ways in which a session ends without an order, and what is given back then.</summary>
public static class SessionEndings
{
    extension(Session session)
    {
        public Decision Cancel(CancelSession command, DateTimeOffset now) =>
            session.EndNow(
                command.By, command.Operation, SessionStatus.Cancelled, EndReason.CancelledByCaller, now,
                command.WholeGroup);

        public Decision Expire(ExpireSession command, DateTimeOffset now) =>
            session.EndNow(command.By, command.Operation, SessionStatus.Expired, EndReason.EndedEarly, now);

        /// <summary>Staff hand back whatever was taken for a session, or an attempt, that came to nothing.</summary>
        public Decision ReturnMoney(ReturnMoney command, DateTimeOffset now)
        {
            session.MustNotBeOverdue(now);
            if (session is not Session.Opened opened || !command.By.MaySee(opened.Opening)) return NotFound;
            if (session.AnswerTo(command.Operation) is { } answer) return answer;
            var due = opened.Legs.Where(leg => leg.Status == LegStatus.ToReturn).ToList();
            if (due.Count == 0) return NothingToReturn;

            return new Decision.Commit(
                opened.Remembering(command.Operation) with
                {
                    Legs = opened.Legs
                        .Select(leg => due.Contains(leg) ? leg with { Status = LegStatus.Returned } : leg)
                        .ToSequence(),
                    Timeline = opened.Timeline.With(new Happening(HappeningKind.MoneyReturned, now, command.By)),
                },
                due.SelectMany(leg => leg.Return(opened.Opening.KitchenId, command.By)).ToSequence());
        }

        private Decision EndNow(
            Caller by, Operation? operation, SessionStatus status, EndReason reason, DateTimeOffset now,
            bool wholeGroup = false)
        {
            session.MustNotBeOverdue(now);
            if (session is not Session.Opened opened || !by.MaySee(opened.Opening)) return NotFound;
            if (session.AnswerTo(operation) is { } answer) return answer;
            if (opened.Remembering(operation) is not Session.Pending pending) return SessionNotPending(opened.Status);
            return opened.Opening.Group is { } group && !(wholeGroup && opened.Leads)
                ? SessionInGroup(group.Id)
                : pending.End(status, reason, now, by);
        }
    }

    extension(Session.Pending pending)
    {
        /// <summary>Ends the session: its plates are free, its wallets too, and cash waits to be handed back.</summary>
        internal Decision.Commit End(SessionStatus status, EndReason reason, DateTimeOffset at, Caller by)
        {
            var (legs, givenBack) = pending.GiveBack();
            var ended = new Session.Ended(
                pending.Id, pending.Opening, legs, pending.Operations,
                pending.Timeline.With(new Happening(HappeningOf(status), at, by)),
                at, status, reason);
            return new Decision.Commit(
                ended,
                [
                    new Effect.ReleaseReserved(pending.Id),
                    .. givenBack,
                    new Effect.Publish(
                        pending.Opening.KitchenId, new KitchenEvent.SessionEnded(pending.Id, status, reason.Word)),
                ]);
        }

        internal (Sequence<Leg> Legs, Sequence<Effect> Effects) GiveBack()
        {
            var legs = pending.Legs.Select(GivenBack).ToSequence();
            return (
                legs,
                [
                    .. pending.Legs
                        .Where(leg => leg.Status == LegStatus.Held)
                        .SelectMany(leg => leg.Release(pending.Opening.KitchenId)),
                    .. legs.Zip(pending.Legs).SelectMany(leg => leg.First.StartRefunds(leg.Second, pending)),
                ]);
        }
    }

    extension(Session.Opened opened)
    {
        /// <summary>
        /// Nothing changes it any more: it is over, nothing is owed, no phone was asked that may yet pay, and no bill
        /// can void its lines.
        /// </summary>
        public bool IsSettled =>
            opened is not Session.Pending
            && opened.Opening.SessionType is not SessionType.Tab
            && opened.Legs.All(leg => leg is { Method: not PaymentMethod.MobileMoney, Status: not LegStatus.ToReturn });

        /// <summary>Money taken by staff that waits to be handed back, by any method.</summary>
        public Money MoneyToReturn => opened.Legs.Where(leg => leg.Status == LegStatus.ToReturn).Sum(leg => leg.Amount);

        /// <summary>The cash in that.</summary>
        public Money CashToReturn => opened.Legs
            .Where(leg => leg is { Status: LegStatus.ToReturn, Method: PaymentMethod.Cash })
            .Sum(leg => leg.Amount);
    }

    private static Leg GivenBack(Leg leg) => leg.Status switch
    {
        LegStatus.Held or LegStatus.Underpaid when leg.Method == PaymentMethod.MobileMoney => leg.Refunding(),
        LegStatus.Held when leg.IsAttested => leg with { Status = LegStatus.ToReturn },
        LegStatus.Held or LegStatus.Pending => leg with { Status = LegStatus.Released },
        _ => leg,
    };

    private static HappeningKind HappeningOf(SessionStatus status) => status switch
    {
        SessionStatus.Expired => HappeningKind.Expired,
        SessionStatus.Cancelled => HappeningKind.Cancelled,
        SessionStatus.Failed => HappeningKind.Failed,
        SessionStatus.PendingPayment or SessionStatus.Confirmed =>
            throw new InvalidOperationException($"{status.Word} is no end."),
    };
}
