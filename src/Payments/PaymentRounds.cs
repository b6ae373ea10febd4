using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>
/// What has to be said to aggregators and what they said, by every host: what it has claimed as it came in, and what
/// the rows say is due. Whatever is done twice after a crash, or by two hosts at once, has been done once: pushes and
/// refunds go by their reference, and a report that is repeated decides nothing.
/// </summary>
public sealed class PaymentRounds(
    IAttempts attempts, IRefunds refunds, IPaymentInbox inbox, WorkSignals signals, Aggregators aggregators,
    EarlyQueries early, IGrainFactory grains, TimeProvider clock, ILogger<PaymentRounds> log)
{
    /// <summary>
    /// The most of a kind that is under way, and that a round takes; after one that took as much there may be more.
    /// </summary>
    public const int AtOnce = 200;

    /// <summary>Longer than anybody waits for an aggregator: what a host died with is another's then.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>How long an event about an unknown attempt waits for it to appear.</summary>
    private static readonly TimeSpan UnmatchedLife = TimeSpan.FromHours(24);

    private static readonly TimeSpan LookForParents = TimeSpan.FromSeconds(5);

    /// <summary>How long after a no the aggregator is asked whether it still says so.</summary>
    private static readonly TimeSpan RecheckDelay = TimeSpan.FromSeconds(20);

    private readonly BoundedRunner hearing = new(
        AtOnce, log), speaking = new(AtOnce, log), payingBack = new(AtOnce, log);

    /// <summary>Does all that is due now, one kind after the other, to its end; whether there was any.</summary>
    public async Task<bool> Run()
    {
        var heard = await HearArrivals() + await HearLeftBehind() > 0 | await hearing.Ended();
        var spoken = await Push() + await Ask() > 0 | await speaking.Ended();
        var paidBack = await PayBack() > 0 | await payingBack.Ended();
        return heard || spoken || paidBack;
    }

    /// <summary>Waits until all that was begun has ended.</summary>
    public Task Ended() => Task.WhenAll(hearing.Ended(), speaking.Ended(), payingBack.Ended());

    /// <summary>Begins to tell sessions what aggregators have just sent, and says how much that is.</summary>
    public Task<int> HearArrivals() =>
        hearing.Begin(() => ValueTask.FromResult(signals.Webhooks.Take(AtOnce, clock.GetUtcNow())), Hear);

    /// <summary>Begins with what no host has come to, or what waited for its attempt.</summary>
    public Task<int> HearLeftBehind() =>
        hearing.Begin(async () => await inbox.Claim(clock.GetUtcNow(), Lease, AtOnce), Hear);

    /// <summary>Begins to ring the phones of pushes that this host has just committed.</summary>
    public Task<int> Push() =>
        speaking.Begin(() => ValueTask.FromResult(signals.Pushes.Take(AtOnce, clock.GetUtcNow())), Speak);

    /// <summary>Begins to ask about those that nobody has answered, and to send what no host has come to.</summary>
    public Task<int> Ask() => speaking.Begin(
        async () =>
        {
            foreach (var reference in early.Take(AtOnce)) await attempts.LookSoon(reference, clock.GetUtcNow());
            return await attempts.Claim(clock.GetUtcNow(), Lease, AtOnce);
        },
        Speak);

    /// <summary>Begins to have money paid back that is owed.</summary>
    public Task<int> PayBack() =>
        payingBack.Begin(async () => await refunds.Claim(clock.GetUtcNow(), Lease, AtOnce), PayBack);

    private async Task Hear(InboxWork item)
    {
        var now = clock.GetUtcNow();
        if (aggregators.Find(item.Adapter)?.Recall(item.Body) is not { } report)
        {
            await inbox.Done(item.Id);
            return;
        }

        var attempt = await attempts.Find(report.Reference);
        if (attempt is null && now - item.ReceivedAt < UnmatchedLife)
        {
            await inbox.Postpone(item.Id, NextLookForParents(item, now));
            return;
        }

        PaymentMetrics.Heard(now - item.ReceivedAt);
        if (attempt?.Adapter == item.Adapter) await Hear(attempt, report, now);
        else Log.NobodysMoney(log, item.Adapter, item.Id);
        await inbox.Done(item.Id);
    }

    private async Task Hear(AttemptWork attempt, PaymentReport report, DateTimeOffset now)
    {
        switch (report.Outcome, await Tell(attempt, report))
        {
            case (PaymentOutcome.Succeeded, AttemptStatus.Succeeded):
                break;
            // A yes may follow a no and be lost on its way: then only asking tells that the guest has paid.
            case (PaymentOutcome.Failed, AttemptStatus.Failed):
                await attempts.LookSoon(attempt.Reference, now + RecheckDelay);
                break;
            // A failure after a success changes nothing.
            case (PaymentOutcome.Failed, AttemptStatus.Succeeded):
                Log.NotBelieved(log, attempt.Reference, report.Outcome);
                break;
            // What was said and not believed is a reason to ask.
            case (PaymentOutcome.Succeeded or PaymentOutcome.Failed, _):
                Log.NotBelieved(log, attempt.Reference, report.Outcome);
                await attempts.LookSoon(attempt.Reference, now);
                break;
        }
    }

    private async Task Speak(AttemptWork attempt)
    {
        // When hosts were gone for as long as the session lived, no phone rings for what nobody can buy any more.
        var report = attempt is { Pushed: false, PhoneNumber: { } phone } && clock.GetUtcNow() < attempt.AskBy
            ? await aggregators.Push(attempt.Adapter, new PushRequest(attempt.Reference, phone, attempt.Amount))
            : await aggregators.Query(attempt.Adapter, attempt.Reference);
        var status = await Tell(attempt, report);
        // A failure that was doubted stays in doubt until the aggregator says it again.
        var isSettled = (status, report.Outcome)
            is (AttemptStatus.Succeeded, _) or (AttemptStatus.Failed, PaymentOutcome.Failed);
        // Whoever settles an attempt ends its looks in the same commit.
        if (isSettled && !attempt.Pushed) return;
        await attempts.LookAgain(attempt, isSettled ? null : QueryLadder.Next(attempt, clock.GetUtcNow()));
    }

    /// <summary>Tells the session, and hears how it sees the attempt now.</summary>
    private async Task<AttemptStatus> Tell(AttemptWork attempt, PaymentReport report)
    {
        var status = await StatusAfter(attempt, report);
        PaymentMetrics.Reported(attempt.Adapter, status);
        return status;
    }

    private async Task<AttemptStatus> StatusAfter(AttemptWork attempt, PaymentReport report) =>
        await grains.Session(attempt.SessionId).Report(report) switch
        {
            Reply<Session>.Accepted(Session.Opened session, _, _) => session.Payments
                .SelectMany(payment => payment.Attempts ?? [])
                .First(known => known.Reference == attempt.Reference).Status,
            // The session is busy: the lease ends, and it is told again.
            Reply<Session>.Refused(var refusals) => throw new StoreBusyException(refusals[0].Sentence),
            var other => throw new InvalidOperationException($"A session answers no {other}."),
        };

    private async Task PayBack(RefundWork refund)
    {
        var isPaid = await aggregators.Refund(
            refund.Adapter,
            new RefundRequest(refund.Reference, refund.AttemptReference, refund.PhoneNumber, refund.Amount));
        if (!isPaid)
            await refunds.TryAgain(refund.Reference, QueryLadder.NextTry(refund.Tries, clock.GetUtcNow()));
        else if (await grains.Session(refund.SessionId).Refunded(refund.Reference)
            is Reply<Session>.Refused(var refusals))
            throw new StoreBusyException(refusals[0].Sentence);
    }

    /// <summary>Soon at first, then each time after as long again, and once more at the end.</summary>
    private static DateTimeOffset NextLookForParents(InboxWork item, DateTimeOffset now)
    {
        var age = now - item.ReceivedAt;
        var next = now + (age > LookForParents ? age : LookForParents);
        var last = item.ReceivedAt + UnmatchedLife;
        return next < last ? next : last;
    }
}
