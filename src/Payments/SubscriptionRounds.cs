using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>
/// Opens a session for each period of a subscription, and has its phone asked. What is done follows from the row and
/// from the period's session alone, and each step may be done twice: whoever takes over from a process that died begins
/// with the step that it was at.
/// </summary>
public sealed class SubscriptionRounds(
    ISubscriptionWork work, IStateReads states, ICatalogue catalogue, IGrainFactory grains, TimeProvider clock,
    ILogger<SubscriptionRounds> log)
{
    private const int MostSteps = 20;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly BoundedRunner looking = new(PaymentRounds.AtOnce, log);

    /// <summary>Does all work that is due now, and waits for it; true if there was any.</summary>
    public async Task<bool> Run()
    {
        var began = await Begin();
        await looking.Ended();
        return began > 0;
    }

    /// <summary>Starts to look at the subscriptions that are due.</summary>
    public Task<int> Begin() => looking.Begin(
        async () => await work.Claim(clock.GetUtcNow(), Lease, PaymentRounds.AtOnce), Look);

    /// <summary>Waits until all started work has ended.</summary>
    public Task Ended() => looking.Ended();

    private async Task Look(ClaimedSubscription first)
    {
        var claimed = first;
        for (var step = 1; step <= MostSteps; step++)
        {
            var subscription = claimed.Subscription;
            if (await catalogue.Kitchen(subscription.StoreId) is not { Kitchen: var store }) return;
            var now = clock.GetUtcNow();
            var session = await InRows(subscription.SessionId);
            var (next, dueAt) = await Do(subscription, session, store, now);
            // While it goes on, the lease stays: nobody else takes it between two steps.
            var goesOn = dueAt <= now && step < MostSteps;
            if (await work.Store(claimed, next, goesOn ? claimed.Lease : dueAt, now) is not { } stored || !goesOn)
                return;
            claimed = stored;
        }
    }

    /// <summary>
    /// Not as its grain has it in memory, which may be seconds old: the commit that pays the session or ends it makes
    /// the subscription due, once, and who then looks must see what it did.
    /// </summary>
    private async Task<Session> InRows(Guid session) => await states.Load(GrainKind.Session, session) is { } stored
        ? StateJson.Read<Session>(stored.State)
        : Session.Initial;

    /// <summary>What it becomes, and when it is due next.</summary>
    private async Task<(Subscription Next, DateTimeOffset? DueAt)> Do(
        Subscription subscription, Session session, Kitchen store, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(store.Settings.TimeZone);
        var period = grains.Session(subscription.SessionId);
        switch (subscription.Next(session, zone, now))
        {
            case SubscriptionStep.Change(var next):
                return (next, now);
            case SubscriptionStep.Open(var paidUntil):
                var first = await InRows(subscription.FirstSessionId);
                return (subscription, await Done(period.OpenHosted(
                    SubscriptionSessions.OpeningOf(subscription, (Session.Opened)first, paidUntil))));
            case SubscriptionStep.Ask(var time)
                when session is Session.Opened { Opening.Hosted: { } terms }:
                return await Done(period.PayHosted(SubscriptionSessions.Asking(subscription, terms, time))) == now
                    ? (subscription.AfterAsking(time), now)
                    : (subscription, now + SubscriptionRules.AskAgainAfter);
            case SubscriptionStep.EndSession:
                return (subscription, await Done(period.ExpireEarly(
                    new ExpireSession(new Caller(CallerKind.Merchant, subscription.MerchantId)))));
            case SubscriptionStep.Idle(var until):
                return (subscription, until);
            default:
                return (subscription, now + SubscriptionRules.AskAgainAfter);
        }

        async Task<DateTimeOffset> Done(Task<Reply<Session>> command)
        {
            if (await command is not Reply<Session>.Refused(var refusals)) return now;
            Log.SubscriptionWaits(log, subscription.Id, refusals[0].Code);
            return now + SubscriptionRules.AskAgainAfter;
        }
    }
}
