using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions;

/// <summary>A deadline is data: the clock ends a session, whoever looks; a wake-up only makes somebody look.</summary>
public static class SessionDeadlines
{
    /// <summary>How long an aggregator is given to answer a last status query before items are free.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(60);

    extension(Session session)
    {
        /// <summary>When the clock has to look again; null when it never has to, or looks at another one.</summary>
        public DateTimeOffset? Deadline => session switch
        {
            Session.Pending { Follows: true } => null,
            Session.Pending { Attempt: { } attempt } pending =>
                Earlier(attempt.ExpiresAt, pending.ExpiresAt) + pending.Patience,
            Session.Pending pending => pending.ExpiresAt + pending.Patience,
            Session.Confirmed { After: { Status: OrderStatus.NeedsApproval, Approval: { } approval } } =>
                approval.NextLook,
            _ => null,
        };

        /// <summary>The session as it stands at an instant.</summary>
        public Session AsOf(DateTimeOffset now) =>
            session.Expire(now) is Decision.Commit commit ? commit.Next : session;

        /// <summary>
        /// Ends what its time has ended: an attempt on a slip, the session, an order's wait for approval, or one after
        /// the other; however late somebody looks, the same has happened.
        /// </summary>
        public Decision Expire(DateTimeOffset now) => session switch
        {
            _ when !(session.Deadline <= now) => new Decision.Unchanged(),
            Session.Pending pending => pending.ExpireAt(now),
            Session.Confirmed sale => sale.LeaveUnanswered(now),
            _ => new Decision.Unchanged(),
        };

        /// <summary>
        /// What the clock ended is committed before anything else is decided: its effects must not be lost.
        /// </summary>
        internal void MustNotBeOverdue(DateTimeOffset now)
        {
            if (session.Deadline <= now)
                throw new InvalidOperationException("The clock's decision comes first: Expire.");
        }
    }

    extension(Session.Pending pending)
    {
        /// <summary>How long the session outlives its time while a phone may have paid already.</summary>
        private TimeSpan Patience => pending.IsInFlight ? Grace : TimeSpan.Zero;

        private Decision ExpireAt(DateTimeOffset now)
        {
            if (pending.Attempt is not { } attempt || attempt.ExpiresAt >= pending.ExpiresAt)
                return pending.End(
                    SessionStatus.Expired, TimeoutOf(pending), pending.ExpiresAt + pending.Patience, Caller.Clock);

            var expired = pending.WithoutAttempt(
                TimelineEntryKind.PaymentLapsed, attempt.ExpiresAt + pending.Patience, Caller.Clock);
            return expired.Then(expired.Next.Expire(now));
        }

        /// <summary>A slip whose attempt came to nothing can be paid again; what the attempt took goes back.</summary>
        internal Decision.Commit WithoutAttempt(TimelineEntryKind what, DateTimeOffset at, Caller by)
        {
            var (payments, effects) = pending.GiveBack();
            return new Decision.Commit(
                pending with
                {
                    Payments = payments,
                    Attempt = null,
                    Timeline = pending.Timeline.With(new TimelineEntry(what, at, by)),
                },
                effects);
        }
    }

    extension(Decision.Commit first)
    {
        /// <summary>Both in one commit, where the second changes anything.</summary>
        internal Decision.Commit Then(Decision second) => second is Decision.Commit next
            ? new Decision.Commit(next.Next, [.. first.Effects, .. next.Effects])
            : first;
    }

    private static EndReason TimeoutOf(Session.Pending pending) =>
        pending.Opening.SessionType == SessionType.Slip ? EndReason.SlipTimeout : EndReason.PaymentTimeout;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
