using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>When money that nobody has claimed goes back by itself.</summary>
/// <param name="After">Zero: never.</param>
public sealed record UnclaimedMoneySettings(TimeSpan After)
{
    public static UnclaimedMoneySettings Usual { get; } = new(TimeSpan.FromHours(24));
}

/// <summary>
/// Returns money that nobody has claimed to the phone that paid it: payments with a reference that is none of ours, and
/// late payments in suspense. Each is returned once, by an account that can; what is refused waits for people.
/// </summary>
public sealed class UnclaimedMoneyRounds(
    IUnclaimedMoney unclaimed, IReceipts receipts, Aggregators aggregators, IGrainFactory grains,
    UnclaimedMoneySettings settings, TimeProvider clock, ILogger<UnclaimedMoneyRounds> log)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The pause after money that could not be decided about, such as where the aggregator did not speak of it; and for
    /// how long the aggregator is asked.
    /// </summary>
    private static readonly TimeSpan BetweenDecisions = TimeSpan.FromMinutes(10), Questioning = TimeSpan.FromHours(6);

    private readonly BoundedRunner returning = new(PaymentRounds.AtOnce, log);
    private DateTimeOffset nextDecisions = DateTimeOffset.MinValue;

    /// <summary>Does all work that is due now, and waits for it; true if there was any.</summary>
    public async Task<bool> Run()
    {
        var began = await Begin();
        await returning.Ended();
        return began > 0;
    }

    /// <summary>Decides about what has waited long enough, and starts to pay what was decided.</summary>
    public async Task<int> Begin()
    {
        var decided = settings.After > TimeSpan.Zero ? await Decide() : 0;
        return decided + await returning.Begin(
            async () => await unclaimed.Claim(clock.GetUtcNow(), Lease, PaymentRounds.AtOnce), Return);
    }

    /// <summary>Waits until all started work has ended.</summary>
    public Task Ended() => returning.Ended();

    private async Task<int> Decide()
    {
        if (clock.GetUtcNow() < nextDecisions) return 0;
        var before = clock.GetUtcNow() - settings.After;
        var unknown = await unclaimed.Due(aggregators.Where(terms => terms.PaysOut), before, PaymentRounds.AtOnce);
        foreach (var money in unknown) await Safely(() => Decide(money));
        var late = await unclaimed.Late(aggregators.Where(terms => terms.Refunds), before, PaymentRounds.AtOnce);
        var sentBack = 0;
        foreach (var money in late)
        {
            // A refusal means that somebody has decided meanwhile.
            await Safely(async () =>
            {
                if (await grains.Session(money.SessionId).ResolveSuspense(
                    new ResolveSuspense(Caller.Clock, money.Reference, SuspenseDecision.Refund))
                    is Reply<Session>.Accepted)
                    sentBack++;
            });
        }

        return unknown.Count + sentBack;
    }

    /// <summary>What cannot be decided now does not keep the others waiting; it is tried again after a pause.</summary>
    private async Task Safely(Func<Task> decide)
    {
        try
        {
            await decide();
        }
        catch (Exception failure)
        {
            nextDecisions = clock.GetUtcNow() + BetweenDecisions;
            Log.WorkFailed(log, failure);
        }
    }

    /// <summary>
    /// A webhook may name a payment that nobody has made: the aggregator has to say again that it has the money, else
    /// it waits for people. Then the receipt is claimed: whoever assigns the money to a payment claims it too, and only
    /// one of them has it.
    /// </summary>
    private async Task Decide(UnclaimedMoney money)
    {
        var reference = PaymentReference.OfReturn(money.Adapter, money.Reference, money.Receipt);
        var now = clock.GetUtcNow();
        var asked = await aggregators.Query(money.Adapter, new StatusQuery(money.Reference, money.Receipt));
        if (asked.Outcome is PaymentOutcome.Unknown && now < money.SeenAt + settings.After + Questioning)
        {
            nextDecisions = now + BetweenDecisions;
            return;
        }

        if (asked.Outcome is PaymentOutcome.Succeeded && asked.Amount == money.Amount
            && asked.Currency == money.Currency.WireName
            && await receipts.Claim(money.Adapter, money.Receipt, reference, now) == reference)
            await unclaimed.Begin(money, reference, now);
        else
            await unclaimed.Leave(money, reference, now);
    }

    private async Task Return(MoneyReturn money)
    {
        var outcome = await aggregators.Refund(
            money.Adapter,
            new RefundRequest(
                money.Reference, money.PaidReference, money.PhoneNumber, money.Amount, money.Currency, IsPayout: true),
            money.Tries);
        var now = clock.GetUtcNow();
        await (outcome switch
        {
            RefundOutcome.Paid => unclaimed.Returned(money, now),
            RefundOutcome.Refused when money.Tries >= PaymentExceptions.PatientTries => unclaimed.Refused(money, now),
            _ => unclaimed.TryAgain(money, QueryLadder.NextTry(money.Tries, now)),
        });
    }
}
