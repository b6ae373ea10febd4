using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>
/// Asks aggregators about refunds that went another way, since a "no" may turn out to have been none: a minute, an hour
/// and a day after people decided. What the aggregator did pay is listed for people.
/// </summary>
public sealed class SettledRefundRounds(
    ISettledRefunds refunds, Aggregators aggregators, PaymentExceptions exceptions, TimeProvider clock,
    ILogger<SettledRefundRounds> log)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan[] Steps = [TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromDays(1)];

    private readonly BoundedRunner asking = new(PaymentRounds.AtOnce, log);

    /// <summary>Does all work that is due now, and waits for it; true if there was any.</summary>
    public async Task<bool> Run()
    {
        var began = await Begin();
        await asking.Ended();
        return began > 0;
    }

    /// <summary>Starts to ask about the refunds that are due.</summary>
    public Task<int> Begin() => asking.Begin(
        async () => await refunds.Claim(clock.GetUtcNow(), Lease, PaymentRounds.AtOnce), Ask);

    /// <summary>Waits until all started work has ended.</summary>
    public Task Ended() => asking.Ended();

    private async Task Ask(SettledRefund settled)
    {
        var outcome = await aggregators.CheckRefund(
            settled.Refund.Adapter, PaymentRounds.RequestOf(settled.Refund));
        var now = clock.GetUtcNow();
        if (outcome is RefundOutcome.Paid) await exceptions.PaidTwice(settled.Refund, now);
        await refunds.AskAgain(
            settled.Refund.Reference,
            outcome is RefundOutcome.Paid
                ? null
                : Steps.Select(step => (DateTimeOffset?)(settled.SettledAt + step)).FirstOrDefault(at => at > now));
    }
}
