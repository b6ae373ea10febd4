using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions;

/// <summary>
/// A deadline is data in the session. Whichever call reaches the session after it, the result is the same; timers and
/// reminders only make sure that a call comes.
/// </summary>
public static class SessionDeadlines
{
    /// <summary>How long an aggregator has to answer a last status query before the items are freed.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(60);

    extension(Session session)
    {
        /// <summary>
        /// When something in the session expires next; null when nothing does, or when it follows its group.
        /// </summary>
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

        /// <summary>The session as it is at a moment, with everything expired that is due by then.</summary>
        public Session AsOf(DateTimeOffset now) =>
            session.Expire(now) is Decision.Commit commit ? commit.Next : session;

        /// <summary>
        /// Expires what is due: an attempt on a slip, the session, an order's wait for approval, or several of them in
        /// order. The result is the same however late this is called.
        /// </summary>
        public Decision Expire(DateTimeOffset now) => session switch
        {
            _ when !(session.Deadline <= now) => new Decision.Unchanged(),
            Session.Pending pending => pending.ExpireAt(now),
            Session.Confirmed sale => sale.LeaveUnanswered(now),
            _ => new Decision.Unchanged(),
        };

        /// <summary>
        /// Anything that has expired must be committed before another decision: otherwise its effects would be lost.
        /// </summary>
        internal void MustNotBeOverdue(DateTimeOffset now)
        {
            if (session.Deadline <= now)
                throw new InvalidOperationException("Expire must be decided before this command.");
        }
    }

    extension(Session.Pending pending)
    {
        /// <summary>How long the session stays open after it expires, because a phone may have paid already.</summary>
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

        /// <summary>
        /// Ends a slip's attempt: the slip can be paid again, and money that the attempt took goes back. An attempt may
        /// outlive the slip's own time by the grace; then the slip expires now, and not before the attempt.
        /// </summary>
        internal Decision.Commit WithoutAttempt(TimelineEntryKind what, DateTimeOffset at, Caller by)
        {
            var (payments, effects) = pending.GiveBack();
            return new Decision.Commit(
                pending with
                {
                    Payments = payments,
                    Attempt = null,
                    ExpiresAt = Later(pending.ExpiresAt, at),
                    Timeline = pending.Timeline.With(new TimelineEntry(what, at, by)),
                },
                effects);
        }
    }

    extension(Decision.Commit first)
    {
        /// <summary>Joins two decisions into one commit; the first alone when the second changes nothing.</summary>
        internal Decision.Commit Then(Decision second) => second is Decision.Commit next
            ? new Decision.Commit(next.Next, [.. first.Effects, .. next.Effects])
            : first;
    }

    private static EndReason TimeoutOf(Session.Pending pending) =>
        pending.Opening.SessionType == SessionType.Slip ? EndReason.SlipTimeout : EndReason.PaymentTimeout;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
