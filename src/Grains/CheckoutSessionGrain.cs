using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using Orleans.Placement;

namespace JikoXpress.Grains;

/// <summary>The grain of one checkout session: gathers facts, asks the rules, commits, replies.</summary>
[GrainType("session")]
[PreferLocalPlacement]
[CollectionAgeLimit(Minutes = 2)]
internal sealed partial class CheckoutSessionGrain(IGrainContext context, SessionServices services)
    : ICheckoutSessionGrain, IGrainBase
{
    private const int MostTries = 5;

    /// <summary>
    /// Silos that sell for the same kitchen at the same moment give out the same numbers, and the rows accept each
    /// number once. The losing session retries. If it loses half of the tries, one in a million (2^20) fails 20 times.
    /// </summary>
    private const int MostOpeningTries = 20;

    private readonly Guid id = context.GrainId.GetGuidKey();

    private readonly Actor<Session> actor = new(
        GrainKind.Session, context.GrainId.GetGuidKey(), Session.Initial, services.Commits, services.Reads,
        services.Clock);

    /// <summary>The state that was read from the rows after the deadline.</summary>
    private Snapshot<Session>? overdue;

    private int watchers;
    private SessionRest? rest;

    public IGrainContext GrainContext => context;

    public Task OnActivateAsync(CancellationToken cancellation)
    {
        services.InMemory.Add(id, actor);
        return Task.CompletedTask;
    }

    public Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellation)
    {
        services.InMemory.Remove(id, actor);
        return Task.CompletedTask;
    }

    public async ValueTask<Snapshot<Session>> Read()
    {
        var current = await Current(services.Clock.GetUtcNow() - SessionsInMemory.Trusted);
        var now = services.Clock.GetUtcNow();
        LeaveMemoryIfIdle();
        if (!(current.State.Deadline <= now)) return current;
        if (!ReferenceEquals(current, overdue))
        {
            // Another silo may have taken the money in time: read the rows before the session counts as expired.
            overdue = current = await actor.Current(now);
        }

        return current with { State = current.State.AsOf(now) };
    }

    public async Task<Snapshot<Session>> Watch(SessionMark known, TimeSpan patience)
    {
        var until = services.Clock.GetUtcNow() + patience;
        watchers++;
        try
        {
            while (true)
            {
                var changed = actor.NextChange;
                var seen = await Read();
                if (SessionMark.Of(seen) != known || services.Clock.GetUtcNow() >= until || services.Wheel.IsStopped)
                    return seen;
                var deadline = seen.State.Deadline is { } ends && ends < until ? ends : until;
                await Task.WhenAny(changed, services.Wheel.Until(deadline));
            }
        }
        finally
        {
            watchers--;
            LeaveMemoryIfIdle();
        }
    }

    public async Task<Reply<Session>> Open(OpenSession command, CancellationToken cancellation)
    {
        try
        {
            return await Open(command);
        }
        finally
        {
            LeaveMemoryIfIdle();
        }
    }

    private async Task<Reply<Session>> Open(OpenSession command)
    {
        if (command.Operation is null) actor.AssumeNew();
        var current = await actor.Current();
        if (current.State.AnswerTo(command.Operation) is { } answer) return await actor.Answer(answer, current);

        var facts = await services.Facts.Gather(command);
        if (facts is null) return Refused(SessionQuotes.WithoutKitchen(command));
        command = command with { Payments = await services.Facts.Resolve(command.Payments, facts) };
        facts = facts with { Bill = await services.Grains.KnownBill(command.BillId, facts.Kitchen.Id) };
        var (quote, refusals) = SessionQuotes.Price(command, facts);
        return refusals.Count > 0 ? Refused(refusals) : await Open(command, current, quote, facts);
    }

    public async Task<Reply<Session>> ConfirmSlip(ConfirmSlip command, CancellationToken cancellation)
    {
        if (command.InsteadOfPhone && await PaidMeanwhile(command.By) is { } paid) return paid;
        var facts = await services.Facts.Gather((await actor.Current()).State, command.By, command.Payments);
        if (facts is null) return Refused(SessionRefusals.NotFound);
        command = command with { Payments = await services.Facts.Resolve(command.Payments, facts) };
        var ids = new PaymentIds(
            services.Ids.Next(), services.Ids.Several(command.Payments?.Count ?? 0),
            await services.NewPushes(facts, command.Payments));
        return await Decide(command.Operation, (session, now) => session.ConfirmSlip(command, facts, ids, now));
    }

    public async Task<Reply<Session>> Reissue(ReissueSlip command, CancellationToken cancellation)
    {
        var asked = services.Clock.GetUtcNow();
        // A refusal must not come from old memory: another silo may have confirmed or expired the slip.
        await actor.Current(asked);
        var (current, now) = await CurrentAsOfNow();
        LeaveMemoryIfIdle();
        CallerPatience.Check(asked, now);
        var (anew, refusal) = current.State.Reissue(command.By, command.Operation, now);
        return anew is null
            ? Refused(refusal ?? SessionRefusals.NotFound)
            : await services.Grains.Session(command.NewId).Open(anew, cancellation);
    }

    public async Task<Reply<Session>> Cancel(CancelSession command, CancellationToken cancellation) =>
        await PaidMeanwhile(command.By)
        ?? await Decide(command.Operation, (session, now) => session.Cancel(command, now));

    public async Task<Reply<Session>> ExpireEarly(ExpireSession command, CancellationToken cancellation) =>
        await PaidMeanwhile(command.By)
        ?? await Decide(command.Operation, (session, now) => session.ExpireEarly(command, now));

    public async Task<Reply<Session>> Initiate(InitiatePayment command, CancellationToken cancellation)
    {
        var current = await actor.Current();
        var pushes = await services.Facts.PushesFor(current.State, services.Ids);
        return await Decide(command.Operation, (session, now) => session.Initiate(command, pushes, now));
    }

    public async Task<Reply<Session>> Report(PaymentReport report)
    {
        var late = await services.Facts.Late((await actor.Current()).State, report);
        return await Decide(operation: null, (session, now) => session.Report(report, services.Ids.Next(), late, now));
    }

    public async Task<Reply<Session>> ResolveSuspense(ResolveSuspense command, CancellationToken cancellation)
    {
        var current = await actor.Current();
        var facts = await services.Facts.Gather(current.State, command.By, command.Payments);
        if (facts is null) return Refused(SessionRefusals.NotFound);
        command = command with { Payments = await services.Facts.Resolve(command.Payments, facts) };
        var customer = await services.Facts.Creditor(current.State, command);
        var ids = new PaymentIds(services.Ids.Next(), services.Ids.Several(command.Payments?.Count ?? 0));
        return await Decide(
            command.Operation, (session, now) => session.ResolveSuspense(command, customer, facts, ids, now));
    }

    public async Task Expire()
    {
        var (current, _) = await CurrentAsOfNow();
        LeaveMemoryIfIdle();
        if (current.State is Session.Pending { Follows: true, Opening.Group: { } group })
            await services.Grains.Session(group.Id).Expire();
    }

    public ValueTask LookAgain()
    {
        if (actor.InMemory is { } held) actor.Forget(held);
        return ValueTask.CompletedTask;
    }

    private void LeaveMemoryIfIdle()
    {
        rest ??= new SessionRest(context, services.AtRest, () => watchers > 0
            || actor.InMemory?.State is Session.Pending or Session.Opened { Deadline: not null });
        rest.Rest(actor.InMemory?.State is Session.Opened);
    }

    /// <summary>
    /// Before a session with open pushes is ended, asks the aggregator about each push. Returns a refusal when the
    /// money has arrived and confirmed the session.
    /// </summary>
    private async Task<Reply<Session>?> PaidMeanwhile(Caller by)
    {
        var (current, _) = await CurrentAsOfNow();
        if (current.State is not Session.Pending { IsInFlight: true } pending || !by.MaySee(pending.Opening))
            return null;

        foreach (var attempt in pending.Payments
            .SelectMany(payment => payment.Attempts ?? []).Where(attempt => attempt.IsOpen))
        {
            var told = await Report(await services.Aggregators.Ask(attempt));
            if (told is Reply<Session>.Accepted(Session.Confirmed confirmed, _, _))
                return Refused(SessionRefusals.AlreadyConfirmed(confirmed.OrderId));
        }

        return null;
    }

    /// <summary>Holds the items, then commits. When memory and rows differ, the rows are right: it retries.</summary>
    private async Task<Reply<Session>> Open(
        OpenSession command, Snapshot<Session> current, Quote quote, SessionFacts facts)
    {
        var (kitchen, bill) = (facts.Kitchen, facts.Bill);
        var begun = services.Clock.GetUtcNow();
        var payments = command.Payments?.Count ?? 0;
        for (var attempt = 1; attempt <= MostOpeningTries; attempt++)
        {
            if (current.State.AnswerTo(command.Operation) is { } answer) return await actor.Answer(answer, current);
            // The id was made for this command. If the session exists, this command opened it and its answer was lost.
            if (command.Operation is null && current.State is Session.Opened)
                return new Reply<Session>.Accepted(current.State, current.Version);

            var now = services.Clock.GetUtcNow();
            var today = kitchen.Settings.BusinessDateOf(now);
            switch (await services.Inventories.Hold(kitchen.Id, id, quote.Items, today))
            {
                case HoldReply.Short(var shortages):
                    // Its own commit, whose answer was lost, may have taken the items. A first try has none.
                    if (command.Operation is not null || attempt > 1)
                        current = await actor.Current(services.Clock.GetUtcNow());
                    if (current.State is Session.Opened) continue;
                    return Refused(SessionRefusals.InsufficientStock(shortages));
                case HoldReply.Held(var number):
                    CallerPatience.Check(begun, services.Clock.GetUtcNow());
                    var ids = new OpeningIds(
                        id, services.Ids.Next(), services.Ids.Several(payments), number, today,
                        SlipCode.Of(services.Ids.Bits()), await services.NewPushes(facts, command.Payments),
                        services.BillIdsFor(command, quote));
                    if (await Carry(
                        current, current.State.Open(command, quote, kitchen, ids, now, bill), command.Operation, now)
                        is { } reply)
                        return reply;
                    break;
            }

            current = await actor.Current();
            if (current.State is Session.NotOpened && await services.UsedElsewhere(command.Operation))
                return Refused(SessionRefusals.IdempotencyKeyReused);
            // It is open: this command's answer was lost, and what stands against it now came later.
            if (current.State is Session.Opened) continue;
            // Another waiter may have put a round onto the bill, or a cashier begun to take money for it.
            bill = await services.Grains.KnownBill(command.BillId, kitchen.Id);
            if (SessionQuotes.AgainstBill(bill) is { Count: > 0 } refusals) return Refused(refusals);
        }

        return Refused(SessionRefusals.Overloaded);
    }

    private Task<Reply<Session>> Decide(
        Operation? operation, Func<Session, DateTimeOffset, Decision<Session>> decide) =>
        Decide(operation, (session, now) => ValueTask.FromResult(decide(session, now)));

    private async Task<Reply<Session>> Decide(
        Operation? operation, Func<Session, DateTimeOffset, ValueTask<Decision<Session>>> decide)
    {
        var asked = services.Clock.GetUtcNow();
        try
        {
            for (var attempt = 1; attempt <= MostTries; attempt++)
            {
                var (current, now) = await CurrentAsOfNow();
                CallerPatience.Check(asked, now);
                var decision = await decide(current.State, now);
                // A commit detects old memory by its version; a refusal does not. So check the rows before a refusal:
                // the command may be done already.
                if (decision is Decision<Session>.Refuse && (await actor.Current(asked)).Version != current.Version)
                    continue;
                if (await Carry(current, decision, operation, now) is { } reply) return reply;
            }

            return Refused(SessionRefusals.Overloaded);
        }
        finally
        {
            LeaveMemoryIfIdle();
        }
    }

    /// <summary>
    /// The session from memory. A session that follows its group is read again when the leading session is no longer
    /// pending: the leader's commit has changed this session too, and its notice may be lost.
    /// </summary>
    private async ValueTask<Snapshot<Session>> Current(DateTimeOffset since = default)
    {
        var current = await actor.Current(since);
        if (current.State is not Session.Pending { Follows: true, Opening.Group: { } group }
            || (await services.Grains.Session(group.Id).Read()).State is Session.Pending)
            return current;

        actor.Forget(current);
        return await actor.Current();
    }

    /// <summary>The session after all that has expired is committed, and the moment for which this is true.</summary>
    private async Task<(Snapshot<Session> Current, DateTimeOffset Now)> CurrentAsOfNow()
    {
        while (true)
        {
            var current = await Current();
            var now = services.Clock.GetUtcNow();
            if (current.State.Expire(now) is not Decision<Session>.Commit expired) return (current, now);
            await Commit(current, expired, operation: null, now);
        }
    }

    /// <summary>Commits a decision; null when the decision was made on an old state.</summary>
    private async Task<Reply<Session>?> Carry(
        Snapshot<Session> current, Decision<Session> decision, Operation? operation, DateTimeOffset now)
    {
        if (decision is not Decision<Session>.Commit commit) return await actor.Answer(decision, current);
        return Actor<Session>.Answer(
            commit, await Commit(current, commit, operation, now), current,
            () => ((Session.Opened)commit.Next).Payments, now);
    }

    /// <summary>Commits, and tells the inventory what became of the items.</summary>
    private async Task<CommitAnswer> Commit(
        Snapshot<Session> before, Decision<Session>.Commit decision, Operation? operation, DateTimeOffset now)
    {
        var session = (Session.Opened)decision.Next;
        var opens = before.Version == 0;
        decision = decision with
        {
            Effects =
            [
                .. decision.Effects,
                .. await services.HeardByItsBill(session, now),
                .. await services.HeardByItsGroup(before.State, session),
                .. session.HeardByItsLink(before.State),
                .. session.HeardByItsSubscription(before.State),
            ],
        };
        var answer = await Commit(before, decision, session, operation, now);
        HoldOutcome? outcome = answer switch
        {
            CommitAnswer.Committed => SessionRows.OutcomeOf(id, decision.Effects),
            CommitAnswer.InsufficientFunds or CommitAnswer.AuthorizationSpent or CommitAnswer.ReceiptUsed
                or CommitAnswer.PhoneBusy or CommitAnswer.PhoneAskedTooOften
                or CommitAnswer.LinkFull or CommitAnswer.LinkClosed => opens ? new HoldOutcome.Freed() : null,
            _ => opens ? new HoldOutcome.Mistaken() : null,
        };
        if (answer is not CommitAnswer.Committed)
        {
            if (outcome is not null)
                await services.Inventories.ResolveHold(session.Opening.KitchenId, id, outcome, deadline: null);
            return answer;
        }

        CheckoutMetrics.Committed(before.State, session);
        await services.TellOf(before.State, session, outcome, decision.Effects);
        return answer;
    }

    /// <summary>Commits. When that throws, the inventory is told, if it promised the items for it.</summary>
    private async Task<CommitAnswer> Commit(
        Snapshot<Session> before, Decision<Session>.Commit decision, Session.Opened session, Operation? operation,
        DateTimeOffset now)
    {
        try
        {
            return await actor.Commit(
                before, decision, session.Opening.KitchenId, SessionRows.Of(session), operation, now);
        }
        catch when (before.Version == 0)
        {
            await services.Inventories.ResolveHold(
                session.Opening.KitchenId, id, new HoldOutcome.Mistaken(), deadline: null);
            throw;
        }
    }

    private static Reply<Session> Refused(params Sequence<Refusal> refusals) => Actor<Session>.Refused(refusals);
}
