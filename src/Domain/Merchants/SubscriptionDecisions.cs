using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using static JikoXpress.Domain.Merchants.SubscriptionRefusals;

namespace JikoXpress.Domain.Merchants;

/// <summary>What is to be done about a subscription now.</summary>
public abstract record SubscriptionStep
{
    private SubscriptionStep() { }

    /// <summary>Nothing before this moment; null: nothing until its session is paid or over.</summary>
    public sealed record Idle(DateTimeOffset? Until) : SubscriptionStep;

    /// <summary>The subscription changes, and is looked at again at once.</summary>
    public sealed record Change(Subscription Next) : SubscriptionStep;

    /// <summary>The session of the period is to be opened. Done twice it is opened once.</summary>
    public sealed record Open(DateTimeOffset PaidUntil) : SubscriptionStep;

    /// <summary>The phone is to be asked, for the so-many-eth time. Done twice it is asked once.</summary>
    public sealed record Ask(int Time) : SubscriptionStep;

    /// <summary>The session of a subscription that is over is to be ended.</summary>
    public sealed record EndSession : SubscriptionStep;
}

/// <summary>
/// The life of a subscription, one step at a time. Each step follows from the rows, and may be done again.
/// </summary>
public static class SubscriptionDecisions
{
    extension(Subscription subscription)
    {
        /// <param name="period">The session of the current period.</param>
        public SubscriptionStep Next(Session period, TimeZoneInfo zone, DateTimeOffset now)
        {
            if (subscription.Period is PeriodState.Open)
            {
                switch (period)
                {
                    case Session.Confirmed paid: return new SubscriptionStep.Change(subscription.Paid(paid));
                    case Session.Ended: return new SubscriptionStep.Change(subscription.Unpaid(now));
                    // In a pause as well: its period has begun before, and asks nobody.
                    case Session.NotOpened when !subscription.IsOver:
                        return new SubscriptionStep.Open(subscription.PaidUntil(zone, now));
                    case Session.Pending when subscription.IsOver: return new SubscriptionStep.EndSession();
                    // A host that was about to open it may do so even now.
                    case Session.NotOpened
                        when subscription.EndedAt + SubscriptionRules.AskAgainAfter is { } later && now < later:
                        return new SubscriptionStep.Idle(later);
                    case Session.Pending when subscription.Status is SubscriptionStatus.Trialing:
                        return now < subscription.TrialEndsAt
                            ? new SubscriptionStep.Idle(subscription.TrialEndsAt)
                            : new SubscriptionStep.Change(subscription.TrialOver(now));
                    case Session.Pending when subscription.NextAsk is { } at:
                        return now >= at
                            ? new SubscriptionStep.Ask(subscription.Asked + 1)
                            : new SubscriptionStep.Idle(at);
                    default: return new SubscriptionStep.Idle(null);
                }
            }

            if (subscription.IsOver || subscription.Status is SubscriptionStatus.Paused)
                return new SubscriptionStep.Idle(null);
            var ends = subscription.PeriodEnds(zone);
            return now < ends
                ? new SubscriptionStep.Idle(ends)
                : new SubscriptionStep.Change(subscription.Following(zone, now));
        }

        /// <summary>After the phone was asked.</summary>
        public Subscription AfterAsking(int time) => subscription with { Asked = time };

        /// <summary>
        /// What is told with the row that has become this. A first period is due when its trial is over; the others
        /// are announced with their sessions.
        /// </summary>
        /// <param name="before">The subscription in the row that is replaced.</param>
        public Sequence<KitchenEvent> ToldAfter(Subscription before) => subscription.Status == before.Status
            ? []
            :
            [
                .. subscription.Status is SubscriptionStatus.Incomplete
                    ? [new KitchenEvent.SubscriptionDue(subscription.Id, subscription.Number, subscription.SessionId)]
                    : Array.Empty<KitchenEvent>(),
                new KitchenEvent.SubscriptionChanged(subscription.Id, subscription.Status),
            ];

        // Whoever had no answer says it again: in these three, what is so already is no refusal.

        /// <summary>In a trial there is nothing to pause: no period has begun, and no phone is asked.</summary>
        public (Subscription? Next, Refusal? Refusal) Pause() => subscription.Status switch
        {
            SubscriptionStatus.Active or SubscriptionStatus.PastDue =>
                (subscription with { Status = SubscriptionStatus.Paused }, null),
            SubscriptionStatus.Paused => (subscription, null),
            _ => (null, NotInThisState(subscription.Status)),
        };

        /// <summary>
        /// The periods that would have begun in the pause are left out, and their numbers with them: the next one
        /// begins on its usual day. A session that is still open is asked for again; it is that of a period from before
        /// the pause. The current period stays what it is until then.
        /// </summary>
        public (Subscription? Next, Refusal? Refusal) Resume(TimeZoneInfo zone, DateTimeOffset now)
        {
            if (subscription.Status is SubscriptionStatus.Active or SubscriptionStatus.PastDue)
                return (subscription with { EndsWithPeriod = false }, null);
            if (subscription.Status is not SubscriptionStatus.Paused)
                return (null, NotInThisState(subscription.Status));
            var active = subscription with { Status = SubscriptionStatus.Active };
            while (active.PeriodEnds(zone) <= now) active = active with { LeftOut = active.LeftOut + 1 };
            return (active, null);
        }

        /// <param name="withPeriod">Only when the current period is over.</param>
        public (Subscription? Next, Refusal? Refusal) Cancel(bool withPeriod, DateTimeOffset now)
        {
            if (subscription.Status is SubscriptionStatus.Cancelled) return (subscription, null);
            if (subscription.IsOver) return (null, NotInThisState(subscription.Status));
            return withPeriod && subscription.BegunAt is not null
                && subscription.Status is not SubscriptionStatus.Paused
                ? (subscription with { EndsWithPeriod = true }, null)
                : (subscription.Over(SubscriptionStatus.Cancelled, now), null);
        }

        /// <summary>When the phone is asked next; null when it is not asked any more.</summary>
        private DateTimeOffset? NextAsk =>
            subscription.Status
                is SubscriptionStatus.Incomplete or SubscriptionStatus.Active or SubscriptionStatus.PastDue
            && subscription.AskedFrom is { } from && subscription.Asked < SubscriptionRules.AskAfter.Count
                ? from + SubscriptionRules.AskAfter[subscription.Asked]
                : null;

        private Subscription Paid(Session.Confirmed session)
        {
            var paid = subscription with { Period = PeriodState.Paid };
            return subscription.Status switch
            {
                SubscriptionStatus.Incomplete or SubscriptionStatus.Trialing => paid with
                {
                    Status = SubscriptionStatus.Active,
                    BegunAt = subscription.TrialEndsAt ?? session.At,
                    Phone = session.PayerOfHosted,
                },
                SubscriptionStatus.PastDue => paid with { Status = SubscriptionStatus.Active },
                _ => paid,
            };
        }

        private Subscription Unpaid(DateTimeOffset now)
        {
            var unpaid = subscription with { Period = PeriodState.Unpaid };
            return subscription.Status switch
            {
                SubscriptionStatus.Incomplete or SubscriptionStatus.Trialing =>
                    unpaid.Over(SubscriptionStatus.Cancelled, now),
                SubscriptionStatus.Active or SubscriptionStatus.PastDue => subscription.Plan.CancelsUnpaid
                    ? unpaid.Over(SubscriptionStatus.Cancelled, now)
                    : unpaid with { Status = SubscriptionStatus.PastDue },
                _ => unpaid,
            };
        }

        /// <summary>The first period begins, and its phone is asked from now on.</summary>
        private Subscription TrialOver(DateTimeOffset now) => subscription with
        {
            Status = SubscriptionStatus.Incomplete,
            AskedFrom = now,
        };

        /// <summary>The next period begins, or none does any more.</summary>
        private Subscription Following(TimeZoneInfo zone, DateTimeOffset now)
        {
            if (subscription.EndsWithPeriod) return subscription.Over(SubscriptionStatus.Cancelled, now);
            var begins = subscription.PeriodEnds(zone) ?? now;
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(begins, zone).DateTime);
            return subscription.Begun >= subscription.Plan.Periods || day > subscription.Plan.LastDay
                ? subscription.Over(SubscriptionStatus.Ended, now)
                : subscription with
                {
                    Number = subscription.NextNumber,
                    LeftOut = 0,
                    Begun = subscription.Begun + 1,
                    Period = PeriodState.Open,
                    AskedFrom = now,
                    Asked = 0,
                };
        }

        /// <summary>
        /// Until when the current period can be paid. One that is begun late, after the servers were down for days,
        /// can be paid for a day at least.
        /// </summary>
        private DateTimeOffset PaidUntil(TimeZoneInfo zone, DateTimeOffset now) =>
            SubscriptionCalendar.PaidUntil(now, subscription.PeriodEnds(zone));

        private Subscription Over(SubscriptionStatus status, DateTimeOffset now) =>
            subscription with { Status = status, EndedAt = now };
    }
}

/// <summary>What sessions and subscriptions say of each other.</summary>
public static class SubscriptionSessions
{
    extension(Session.Opened session)
    {
        /// <summary>The subscription is looked at once a session of it is paid or over.</summary>
        /// <param name="before">The session before the commit.</param>
        public Sequence<Effect> HeardByItsSubscription(Session before) =>
            session is not Session.Pending && before is Session.Pending
            && session.Opening.Hosted is { Subscription: { } subscription }
                ? [new Effect.WakeSubscription(subscription.Id)]
                : [];

        /// <summary>The phone that paid a hosted session.</summary>
        public string? PayerOfHosted => session.Payments
            .SelectMany(payment => payment.Attempts ?? [])
            .LastOrDefault(attempt => attempt.Status is Sessions.Payments.AttemptStatus.Succeeded)?.PhoneNumber;
    }

    /// <summary>The opening of a period's session, which says what the first one did.</summary>
    /// <param name="first">The session that began the subscription.</param>
    public static OpenHosted OpeningOf(Subscription subscription, Session.Opened first, DateTimeOffset paidUntil)
    {
        var terms = first.Opening.Hosted
            ?? throw new InvalidOperationException("Only a hosted session begins a subscription.");
        var lines = terms.LineItems.Count > 0;
        return new OpenHosted(
            new Caller(CallerKind.Merchant, subscription.MerchantId), subscription.LiveMode, subscription.StoreId,
            lines ? null : subscription.Amount, lines ? terms.LineItems : null, subscription.Currency,
            terms.Country, SuccessUrl: terms.SuccessUrl, CancelUrl: terms.CancelUrl, CallbackUrl: terms.CallbackUrl,
            CustomerEmail: terms.CustomerEmail, CustomerPhone: subscription.Phone,
            ClientReferenceId: first.Opening.ClientReference, Description: terms.Description,
            Source: terms.Source, SubmitType: terms.SubmitType, Shipping: terms.Shipping, Metadata: terms.Metadata,
            Operation: new Operation(subscription.SessionId, subscription.SessionId),
            Subscription: new SubscriptionOrigin(
                subscription.Id, subscription.Number, subscription.Plan, paidUntil),
            Settles: terms.Register);
    }

    /// <summary>The phone of the subscription is asked to pay the current period.</summary>
    public static PayHosted Asking(Subscription subscription, HostedTerms terms, int time) => new(
        HostedDecisions.PageOf(subscription.SessionId), terms.PageKey, HostedWords.MobileMoney, subscription.Phone,
        Operation: new Operation(subscription.AskId(time), subscription.AskId(time)));
}
