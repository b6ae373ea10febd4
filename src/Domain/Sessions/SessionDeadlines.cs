using JikoXpress.Domain.Payments;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions;

/// <summary>A deadline is data: the clock ends a session, whoever looks; a wake-up only makes somebody look.</summary>
public static class SessionDeadlines
{
    /// <summary>How long an aggregator is given to answer a last status query before plates are free.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(60);

    extension(Session session)
    {
        /// <summary>When the clock has to look again; null when it never has to.</summary>
        public DateTimeOffset? Deadline => session switch
        {
            Session.Pending { Attempt: { } attempt } pending =>
                Earlier(attempt.LapsesAt, pending.ExpiresAt) + pending.Patience,
            Session.Pending pending => pending.ExpiresAt + pending.Patience,
            _ => null,
        };

        /// <summary>The session as it stands at an instant.</summary>
        public Session AsOf(DateTimeOffset now) => session.Lapse(now) is Decision.Commit commit ? commit.Next : session;

        /// <summary>
        /// Ends what its time has ended: an attempt on a slip, the session, or one after the other; however late
        /// somebody looks, the same has happened.
        /// </summary>
        public Decision Lapse(DateTimeOffset now)
        {
            if (session is not Session.Pending pending || session.Deadline > now) return new Decision.Unchanged();
            if (pending.Attempt is not { } attempt || attempt.LapsesAt >= pending.ExpiresAt)
                return pending.End(
                    SessionStatus.Expired, TimeoutOf(pending), pending.ExpiresAt + pending.Patience, Caller.Clock);

            var lapsed = pending.WithoutAttempt(
                HappeningKind.PaymentLapsed, attempt.LapsesAt + pending.Patience, Caller.Clock);
            return lapsed.Next.Lapse(now) is Decision.Commit ended
                ? new Decision.Commit(ended.Next, [.. lapsed.Effects, .. ended.Effects])
                : lapsed;
        }

        /// <summary>
        /// What the clock ended is committed before anything else is decided: its effects must not be lost.
        /// </summary>
        internal void MustNotBeOverdue(DateTimeOffset now)
        {
            if (session.Deadline <= now)
                throw new InvalidOperationException("The clock's decision comes first: Lapse.");
        }
    }

    extension(Session.Pending pending)
    {
        /// <summary>How long the session outlives its time while a phone may have paid already.</summary>
        private TimeSpan Patience => pending.IsInFlight ? Grace : TimeSpan.Zero;

        /// <summary>A slip whose attempt came to nothing can be paid again; what the attempt took goes back.</summary>
        internal Decision.Commit WithoutAttempt(HappeningKind what, DateTimeOffset at, Caller by)
        {
            var (legs, effects) = pending.GiveBack();
            return new Decision.Commit(
                pending with
                {
                    Legs = legs,
                    Attempt = null,
                    Timeline = pending.Timeline.With(new Happening(what, at, by)),
                },
                effects);
        }
    }

    private static EndReason TimeoutOf(Session.Pending pending) =>
        pending.Opening.SessionType == SessionType.Slip ? EndReason.SlipTimeout : EndReason.PaymentTimeout;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
