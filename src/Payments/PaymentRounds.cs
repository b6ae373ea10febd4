using JikoXpress.Domain.Payments;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>
/// What has to be said to aggregators and what they said, in small batches, by every host. Whatever is done twice after
/// a crash, or by two hosts at once, has been done once: pushes and refunds go by their reference, and a report that is
/// repeated decides nothing.
/// </summary>
public sealed class PaymentRounds(
    IAttempts attempts, IRefunds refunds, IPaymentInbox inbox, Arrivals arrivals, Aggregators aggregators,
    EarlyQueries early, IGrains grains, TimeProvider clock, ILogger<PaymentRounds> log)
{
    /// <summary>The most that a round takes; after one that took as much there may be more.</summary>
    public const int AtOnce = 200;

    /// <summary>Longer than anybody waits for an aggregator: what a host died with is another's then.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>How long an event about an unknown attempt waits for it to appear.</summary>
    private static readonly TimeSpan Orphanage = TimeSpan.FromHours(24);

    private static readonly TimeSpan LookForParents = TimeSpan.FromSeconds(5);

    /// <summary>How long after a no the aggregator is asked whether it still says so.</summary>
    private static readonly TimeSpan SecondThoughts = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim hearing = new(1), speaking = new(1), payingBack = new(1);

    /// <summary>Does all that is due now, one round after the other, and says how much that was.</summary>
    public async Task<int> Run() => await Hear() + await Speak() + await PayBack();

    /// <summary>Brings what aggregators sent to the sessions concerned.</summary>
    public Task<int> Hear() => OneAtATime(hearing, async () =>
    {
        var now = clock.GetUtcNow();
        return (await Task.WhenAll(HearAll(arrivals.Take(AtOnce, now)), HearLeftBehind(now))).Sum();
    });

    /// <summary>Sends the pushes that nobody has sent, and asks about those that nobody has answered.</summary>
    public Task<int> Speak() => OneAtATime(speaking, async () =>
    {
        foreach (var reference in early.Take(AtOnce)) await attempts.LookSoon(reference, clock.GetUtcNow());
        var due = await attempts.Claim(clock.GetUtcNow(), Lease, AtOnce);
        await Task.WhenAll(due.Select(attempt => Safely(() => Speak(attempt))));
        return due.Count;
    });

    /// <summary>Has money paid back that is owed.</summary>
    public Task<int> PayBack() => OneAtATime(payingBack, async () =>
    {
        var due = await refunds.Claim(clock.GetUtcNow(), Lease, AtOnce);
        await Task.WhenAll(due.Select(refund => Safely(() => PayBack(refund))));
        return due.Count;
    });

    private async Task<int> HearLeftBehind(DateTimeOffset now) =>
        await HearAll(await inbox.Claim(now, Lease, AtOnce));

    private async Task<int> HearAll(IReadOnlyList<InboxWork> due)
    {
        await Task.WhenAll(due.Select(item => Safely(() => Hear(item))));
        return due.Count;
    }

    private async Task Hear(InboxWork item)
    {
        var now = clock.GetUtcNow();
        if (aggregators.Find(item.Adapter)?.Recall(item.Body) is not { } report)
        {
            await inbox.Done(item.Id);
            return;
        }

        var attempt = await attempts.Find(report.Reference);
        if (attempt is null && now - item.ReceivedAt < Orphanage)
        {
            await inbox.Park(item.Id, NextLookForParents(item, now));
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
                await attempts.LookSoon(attempt.Reference, now + SecondThoughts);
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
        var report = attempt is { Pushed: false, PhoneNumber: { } phone }
            ? await aggregators.Push(attempt.Adapter, new PushRequest(attempt.Reference, phone, attempt.Amount))
            : await aggregators.Query(attempt.Adapter, attempt.Reference);
        var status = await Tell(attempt, report);
        // A failure that was doubted stays in doubt until the aggregator says it again.
        var isSettled = (status, report.Outcome)
            is (AttemptStatus.Succeeded, _) or (AttemptStatus.Failed, PaymentOutcome.Failed);
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
            Reply<Session>.Accepted(Session.Opened session, _, _) => session.Legs
                .SelectMany(leg => leg.Attempts ?? [])
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
        var last = item.ReceivedAt + Orphanage;
        return next < last ? next : last;
    }

    /// <summary>One round of a kind at a time in a host.</summary>
    private static async Task<int> OneAtATime(SemaphoreSlim gate, Func<Task<int>> round)
    {
        await gate.WaitAsync();
        try
        {
            return await round();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>One that fails keeps the others from nothing, and is left to the next who claims it.</summary>
    private async Task Safely(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failure)
        {
            Log.WorkFailed(log, failure);
        }
    }
}
