using System.Data.Common;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>
/// The background work with aggregators: pushes, queries and refunds to them, and webhooks from them. Every process
/// does the work that it claimed when it stored it, and work that the rows show as due. Work that is done twice, after
/// a crash or by two processes at once, has no second effect: pushes and refunds are idempotent by reference, and a
/// repeated report changes nothing.
/// </summary>
public sealed class PaymentRounds(
    IAttempts attempts, IRefunds refunds, IPaymentInbox inbox, ReceiptClaims claims, PaymentExceptions exceptions,
    WorkSignals signals, Aggregators aggregators, EarlyQueries early, IGrainFactory grains,
    TimeProvider clock, ILogger<PaymentRounds> log, TillRounds? tills = null)
{
    /// <summary>
    /// The limit per kind, both for work that runs at once and for what a round takes. When a round took this many,
    /// there may be more.
    /// </summary>
    public const int AtOnce = 200;

    /// <summary>How often it is tried to note that a push did not reach the aggregator.</summary>
    public const int MostTakingsBack = 3;

    /// <summary>
    /// How long a claim lasts: longer than the timeout for an aggregator. If a process dies, another one can claim its
    /// work after this time.
    /// </summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>How long an event about an unknown attempt is kept until the attempt is stored.</summary>
    private static readonly TimeSpan UnmatchedLife = TimeSpan.FromHours(24);

    /// <summary>An attempt is stored before its push, so that an event without one is listed after this time.</summary>
    private static readonly TimeSpan UnmatchedPatience = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LookForParents = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A push is sent as soon as it is stored. After this time the session may have ended, and another process may have
    /// sent it.
    /// </summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    /// <summary>All of them, and the timeout for the aggregator before, fit into the claim.</summary>
    private static readonly TimeSpan BetweenTakingsBack = TimeSpan.FromSeconds(1);

    /// <summary>How long after a reported failure the aggregator is queried whether it is final.</summary>
    private static readonly TimeSpan RecheckDelay = TimeSpan.FromSeconds(20);

    private readonly BoundedRunner
        hearing = new(AtOnce, log), speaking = new(AtOnce, log), payingBack = new(AtOnce, log);

    private readonly SentPushes sent = new();

    /// <summary>
    /// Does all work that is due now, one kind after the other, and waits for it; true if there was any.
    /// </summary>
    public async Task<bool> Run()
    {
        var heard = await HearArrivals() + await HearLeftBehind() > 0 | await hearing.Ended();
        var spoken = await Push() + await Ask() > 0 | await speaking.Ended();
        var paidBack = await PayBack() > 0 | await payingBack.Ended();
        return heard || spoken || paidBack;
    }

    /// <summary>Waits until all started work has ended.</summary>
    public Task Ended() => Task.WhenAll(hearing.Ended(), speaking.Ended(), payingBack.Ended());

    /// <summary>Starts to handle webhooks that this process has just stored; returns their number.</summary>
    public Task<int> HearArrivals() =>
        hearing.Begin(() => ValueTask.FromResult(signals.Webhooks.Take(AtOnce, clock.GetUtcNow())), Hear);

    /// <summary>Starts to handle webhooks from the inbox that no process has handled, or that were postponed.</summary>
    public Task<int> HearLeftBehind() =>
        hearing.Begin(async () => await inbox.Claim(clock.GetUtcNow(), Lease, AtOnce), Hear);

    /// <summary>Starts to send the pushes that this process has just committed.</summary>
    public Task<int> Push() =>
        speaking.Begin(() => ValueTask.FromResult(signals.Pushes.Take(AtOnce, clock.GetUtcNow())), Speak);

    /// <summary>Starts to query attempts without an outcome, and to send pushes that no process has sent.</summary>
    public Task<int> Ask() => speaking.Begin(
        async () =>
        {
            foreach (var reference in early.Take(AtOnce)) await attempts.LookSoon(reference, clock.GetUtcNow());
            return await attempts.Claim(clock.GetUtcNow(), Lease, AtOnce);
        },
        Speak);

    /// <summary>Starts to send the refunds that are due.</summary>
    public Task<int> PayBack() =>
        payingBack.Begin(async () => await refunds.Claim(clock.GetUtcNow(), Lease, AtOnce), PayBack);

    private async Task Hear(InboxWork item)
    {
        var now = clock.GetUtcNow();
        if (TillForwarders.IsInboxName(item.Adapter))
        {
            // A forwarder of another process of this installation may be unknown here, while settings are changed.
            if (tills is null || !await tills.Hear(item))
            {
                await inbox.Postpone(item.Id, NextLookForParents(item, now));
                return;
            }

            PaymentMetrics.Heard(now - item.ReceivedAt);
            await inbox.Done(item.Id);
            return;
        }

        var adapter = await aggregators.Look(item.Adapter);
        if (adapter is null && aggregators.Has(item.Adapter))
            throw new InvalidOperationException($"Account {item.Adapter} cannot be used by this process.");
        // While accounts are changed, one process may not know yet what another has kept.
        if (adapter is null && now - item.ReceivedAt < UnmatchedLife)
        {
            await inbox.Postpone(item.Id, NextLookForParents(item, now));
            return;
        }

        if (adapter?.Recall(item.Body) is not { } report)
        {
            if (adapter is null) Log.AccountNotKnown(log, item.Adapter, item.Id);
            await inbox.Done(item.Id);
            return;
        }

        var attempt = sent.Take(report.Reference) ?? await attempts.Find(report.Reference);
        if (attempt?.Adapter != item.Adapter
            && (attempt is not null || now - item.ReceivedAt >= UnmatchedPatience))
            await exceptions.NobodysMoney(item.Adapter, report, now);
        if (attempt is null && now - item.ReceivedAt < UnmatchedLife)
        {
            await inbox.Postpone(item.Id, NextLookForParents(item, now));
            return;
        }

        PaymentMetrics.Heard(now - item.ReceivedAt);
        if (attempt?.Adapter != item.Adapter)
        {
            Log.NobodysMoney(log, item.Adapter, item.Id);
        }
        else if (await Hear(attempt, report, now))
        {
            if (now - item.ReceivedAt >= UnmatchedPatience) await exceptions.NotTaken(attempt, report, now);
            if (now - item.ReceivedAt < UnmatchedLife)
            {
                await inbox.Postpone(item.Id, NextLookForParents(item, now));
                return;
            }
        }

        await inbox.Done(item.Id);
    }

    /// <summary>
    /// True when it is to be heard again: it proves too little as long as the aggregator's id for the attempt is not
    /// known, which comes with the answer to the push; or it is of a payment that the session does not take before it
    /// has heard of another one.
    /// </summary>
    private async Task<bool> Hear(AttemptWork attempt, PaymentReport report, DateTimeOffset now)
    {
        var (known, isItsOwn) = await Tell(attempt, report);
        var status = known.Status;
        // Some aggregators can only be asked by their own id, and the answer to the push may have been lost.
        if (status is not AttemptStatus.Succeeded && known.ProviderReference is { } theirs
            && attempt.ProviderReference is null)
            await attempts.LookAgain(attempt, attempt.LookAt, theirs);
        switch (report.Outcome, status)
        {
            case (PaymentOutcome.Succeeded, AttemptStatus.Succeeded):
                break;
            // A success may follow a failure, and its webhook may be lost: then only a query shows the payment.
            case (PaymentOutcome.Failed, AttemptStatus.Failed):
                await attempts.LookSoon(attempt.Reference, now + RecheckDelay);
                break;
            // A failure after a success changes nothing; the aggregator is asked whether it meant it.
            case (PaymentOutcome.Failed, AttemptStatus.Succeeded):
                Log.NotBelieved(log, attempt.Reference, report.Outcome);
                await attempts.LookSoon(attempt.Reference, now);
                break;
            // The session did not accept the report as credible: query the aggregator.
            case (PaymentOutcome.Succeeded or PaymentOutcome.Failed, _):
                Log.NotBelieved(log, attempt.Reference, report.Outcome);
                await attempts.LookSoon(attempt.Reference, now);
                break;
        }

        return (report.Proof, report.Outcome, status) switch
        {
            _ when !isItsOwn => false,
            (_, _, AttemptStatus.Succeeded) => false,
            (Proof.Partial or Proof.Signed, PaymentOutcome.Succeeded, _) =>
                !PaymentExceptions.IsUnclear(attempt, report),
            (Proof.Partial, _, not AttemptStatus.Failed) => true,
            _ => false,
        };
    }

    private async Task Speak(AttemptWork attempt)
    {
        // No push is sent after the session has expired, for example when all processes were down until then.
        var now = clock.GetUtcNow();
        var isLate = now - attempt.StartedAt > Fresh;
        var isSending = !attempt.Pushed && now < attempt.AskBy && (!isLate || await IsAwaited(attempt));
        // Before it is sent: its webhook may be here before the answer.
        if (isSending) sent.Add(attempt);
        var report =
            !isSending ? await Query(attempt)
            : attempt.PhoneNumber is { } phone ? await Push(attempt, phone)
            : await OpenCardPage(attempt);
        sent.Learn(attempt.Reference, report.ProviderReference);
        if (isSending && !isLate && IsOnItsWay(attempt, report))
        {
            PaymentMetrics.Reported(aggregators.LabelOf(attempt.Adapter), AttemptStatus.Sent);
            await attempts.LookAgain(
                attempt, QueryLadder.Next(attempt, clock.GetUtcNow()), report.ProviderReference);
            return;
        }

        var (known, _) = await Tell(attempt, report);
        var status = known.Status;
        if (!isSending && (report.Outcome, status) is (PaymentOutcome.Failed, AttemptStatus.Succeeded))
            await exceptions.Contradicted(attempt, report, clock.GetUtcNow());
        // A failed attempt is final only when this report says FAILED too; otherwise it is queried again.
        var isSettled = (status, report.Outcome)
            is (AttemptStatus.Succeeded, _)
            or (AttemptStatus.Failed, PaymentOutcome.Failed or PaymentOutcome.Reversed);
        // This no may be to a second push, while the first one rings.
        if (isSending && isLate && status is AttemptStatus.Failed)
            await attempts.LookSoon(attempt.Reference, clock.GetUtcNow() + RecheckDelay);
        // The commit that sets a final outcome also ends the queries.
        if (isSettled && !attempt.Pushed) return;
        await attempts.LookAgain(
            attempt, isSettled ? null : QueryLadder.Next(attempt, clock.GetUtcNow()),
            report.ProviderReference ?? known.ProviderReference);
    }

    /// <summary>
    /// The aggregator has taken a push to a phone. Its session was stored as one that has sent it, and need not be told
    /// (<see cref="SessionReports"/>): a grain's call less for each payment by phone.
    /// </summary>
    private static bool IsOnItsWay(AttemptWork attempt, PaymentReport report) =>
        attempt.PhoneNumber is not null && report is { Outcome: PaymentOutcome.Pending, Proof: Proof.Queried };

    /// <summary>A sale that was cancelled meanwhile, or paid in another way, rings no phone any more.</summary>
    private async Task<bool> IsAwaited(AttemptWork attempt) =>
        (await grains.Session(attempt.SessionId).Read()).State is Session.Pending session
        && session.Awaits(attempt.Reference);

    /// <summary>
    /// Sends a push. Where the aggregator may ring the phone again for the same push, the push is noted as sent first,
    /// by one process only: the others, and everybody after a crash, query it and do not send it again.
    /// </summary>
    private async Task<PaymentReport> Push(AttemptWork attempt, string phone)
    {
        if (await aggregators.Look(attempt.Adapter) is not { Terms: var terms })
            throw new PushNotSentException($"Account {attempt.Adapter} cannot be used by this process.");
        var push = new PushRequest(
            attempt.Reference, phone, attempt.Amount, attempt.Currency,
            terms.AsksNetwork ? await NetworkOf(attempt, phone) : null);
        if (terms.Refusal(push) is { } refusal)
            return new PaymentReport(push.Reference, PaymentOutcome.Failed, Proof.Queried, Reason: refusal);
        if (terms.RepeatsPush) return await aggregators.Push(attempt.Adapter, push);
        if (!await attempts.BeginPush(attempt)) return await Query(attempt);
        try
        {
            return await aggregators.Push(attempt.Adapter, push);
        }
        catch (PushNotSentException)
        {
            await TakeBack(attempt);
            throw;
        }
    }

    /// <summary>
    /// Until this is stored, nobody sends the push: a connection that breaks now must not cost the guest the prompt.
    /// </summary>
    private async Task TakeBack(AttemptWork attempt)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await attempts.PushNotSent(attempt);
                return;
            }
            catch (Exception away) when (tries < MostTakingsBack && away is DbException or TimeoutException)
            {
                await Task.Delay(BetweenTakingsBack, clock);
            }
        }
    }

    /// <summary>The page can be asked for again: by its reference it is the same one.</summary>
    private async Task<PaymentReport> OpenCardPage(AttemptWork attempt) =>
        (await grains.Session(attempt.SessionId).Read()).State is Session.Opened session
        && session.CardPageOf(attempt.Reference) is { } page
            ? await aggregators.OpenPage(
                attempt.Adapter,
                new CardRequest(attempt.Reference, attempt.Amount, attempt.Currency, page.ReturnTo))
            : throw new PushNotSentException("The session does not know of this page yet.");

    /// <summary>The network that the guest has named for this phone; null for none, or one abroad.</summary>
    private async Task<MobileNetwork?> NetworkOf(AttemptWork attempt, string phone) =>
        PhoneNumber.IsTanzanianMobile(phone)
        && (await grains.Session(attempt.SessionId).Read()).State is Session.Opened session
            ? MobileNetworks.Named(session.Payments.FirstOrDefault(payment => (payment.Attempts ?? []).Any(
                known => known.Reference == attempt.Reference))?.Provider)
            : null;

    private Task<PaymentReport> Query(AttemptWork attempt) =>
        aggregators.Query(attempt.Adapter, new StatusQuery(attempt.Reference, attempt.ProviderReference));

    /// <summary>
    /// Sends a report to the session's grain; returns the attempt after it, and whether its money is its own.
    /// </summary>
    private async Task<(PaymentAttempt Known, bool IsItsOwn)> Tell(AttemptWork attempt, PaymentReport report)
    {
        var label = aggregators.LabelOf(attempt.Adapter);
        var session = await After(attempt, report);
        // The commit that counts money claims its receipts. Those of what is not counted are claimed here.
        var isItsOwn = session?.Counts(report) is true || await claims.AreOf(attempt.Adapter, label, report);
        if (!isItsOwn) report = new PaymentReport(attempt.Reference, PaymentOutcome.Unknown, Proof.Hint);
        session ??= await After(attempt, report)
            ?? throw new StoreBusyException("The receipt changed hands meanwhile.");
        var known = session.Payments
            .SelectMany(payment => payment.Attempts ?? [])
            .First(known => known.Reference == attempt.Reference);
        PaymentMetrics.Reported(label, known.Status);
        await exceptions.Look(attempt, known, report, clock.GetUtcNow());
        return (known, isItsOwn);
    }

    /// <summary>The session after a report; null where money was counted for another reference before.</summary>
    private async Task<Session.Opened?> After(AttemptWork attempt, PaymentReport report) =>
        await grains.Session(attempt.SessionId).Report(
            report with { KnownReference = attempt.ProviderReference }) switch
        {
            Reply<Session>.Accepted(Session.Opened session, _, _) => session,
            Reply<Session>.Refused([{ Code: ChannelRefusals.UsedReceipt }]) => null,
            // The session refused, for example because it is overloaded: the claim ends, and the report is sent again.
            Reply<Session>.Refused(var refusals) => throw new StoreBusyException(refusals[0].Sentence),
            var other => throw new InvalidOperationException($"A session has no answer to {other}."),
        };

    private async Task PayBack(RefundWork refund)
    {
        var outcome = await aggregators.Refund(refund.Adapter, RequestOf(refund), refund.Tries);
        var now = clock.GetUtcNow();
        if (outcome is not RefundOutcome.Paid)
        {
            // First the answer: whoever finds the exception can decide about it.
            await refunds.TryAgain(
                refund, QueryLadder.NextTry(refund.Tries, now), outcome is RefundOutcome.Refused ? now : null);
            await exceptions.Refused(refund, aggregators.Find(refund.Adapter)?.Terms, now);
            return;
        }

        switch (await grains.Session(refund.SessionId).Refunded(refund.Reference))
        {
            case Reply<Session>.Refused(var refusals):
                throw new StoreBusyException(refusals[0].Sentence);
            // People had given it back in the dashboard while this was under way.
            case Reply<Session>.Accepted(Session.Opened session, _, _)
                when session.GoesAnotherWay(refund.Reference):
                await exceptions.PaidTwice(refund, now);
                break;
        }
    }

    internal static RefundRequest RequestOf(RefundWork refund) => new(
        refund.Reference, refund.AttemptReference, refund.PhoneNumber, refund.Amount, refund.Currency, refund.IsPayout);

    /// <summary>After 5 seconds at first, then each time at twice the event's age, and once more at the end.</summary>
    private static DateTimeOffset NextLookForParents(InboxWork item, DateTimeOffset now)
    {
        var age = now - item.ReceivedAt;
        var next = now + (age > LookForParents ? age : LookForParents);
        var last = item.ReceivedAt + UnmatchedLife;
        return next < last ? next : last;
    }
}
