using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Ports;
using JikoXpress.Payments;

namespace JikoXpress.Simulation.PlantedBugs;

/// <summary>Aggregators are believed too easily, or paid too often.</summary>
internal static class PhoneBugs
{
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new("amount not checked", "Whoever paid anything has paid what was asked.",
            wiring => wiring.Adapter = adapter => new AlteredAdapter(adapter)
            {
                Reports = (report, asked) => report.Outcome == PaymentOutcome.Succeeded
                    ? report with { Amount = asked ?? report.Amount }
                    : report,
            }),
        new("currency not checked", "An amount is an amount.",
            wiring => wiring.Adapter = adapter => new AlteredAdapter(adapter)
            {
                Reports = (report, _) => report with { Currency = report.Currency is null ? null : "TZS" },
            }),
        new("silence is a failure", "A push or query without an answer has failed.",
            wiring => wiring.Adapter = adapter => new AlteredAdapter(adapter)
            {
                Reports = (report, _) => report.Outcome == PaymentOutcome.Unknown
                    ? report with { Outcome = PaymentOutcome.Failed }
                    : report,
            }),
        new("signature not checked", "Whatever comes to the right address is the aggregator's.",
            wiring => wiring.Adapter = adapter => new AlteredAdapter(adapter)
            {
                Read = (_, webhook, _) =>
                    new WebhookReading.Genuine(webhook.Header(StandardWebhook.IdHeader) ?? "anybody's"),
            }),
        new("refund sent twice", "Each try of a refund has a reference of its own.",
            wiring =>
            {
                var tries = 0;
                wiring.Adapter = adapter => new AlteredAdapter(adapter)
                {
                    Refund = (line, refund, patience) =>
                        line.Refund(refund with { Reference = $"{refund.Reference}-{++tries}" }, patience),
                };
            }),
        new("refund done before it is paid", "A refund that was sent is taken for paid.",
            wiring => wiring.Adapter = adapter => new AlteredAdapter(adapter)
            {
                Refund = async (line, refund, patience) =>
                {
                    await line.Refund(refund, patience);
                    return RefundOutcome.Paid;
                },
            }),
        new("event done before it is heard", "An event that was taken from the inbox is never taken again.",
            wiring => wiring.Inbox = inbox => new DoneWhenTaken(inbox)),
        new("push left to its host", "What a host had committed and did not live to push is nobody else's.",
            wiring => wiring.Attempts = attempts => new PushesLeftAlone(attempts)),
        new("refund dropped when refused", "A refund that the aggregator did not take is not tried again.",
            wiring => wiring.Refunds = refunds => new TriedOnce(refunds)),
    ];

    private sealed class DoneWhenTaken(IPaymentInbox inbox) : IPaymentInbox
    {
        public async Task<InboxWork?> Keep(NewEvent arrived)
        {
            var taken = await inbox.Keep(arrived);
            if (taken is not null) await inbox.Done(taken.Id);
            return taken;
        }

        public async Task<IReadOnlyList<InboxWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit)
        {
            var taken = await inbox.Claim(now, lease, limit);
            foreach (var item in taken) await inbox.Done(item.Id);
            return taken;
        }

        public Task Done(long id) => Task.CompletedTask;

        public Task Postpone(long id, DateTimeOffset until) => Task.CompletedTask;
    }

    private sealed class PushesLeftAlone(IAttempts attempts) : AlteredAttempts(attempts)
    {
        public override async Task<IReadOnlyList<AttemptWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
            [.. (await base.Claim(now, lease, limit)).Where(claimed => claimed.Pushed)];
    }

    private sealed class TriedOnce(IRefunds refunds) : IRefunds
    {
        private static readonly TimeSpan Never = TimeSpan.FromDays(365);

        public Task<IReadOnlyList<RefundWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
            refunds.Claim(now, Never, limit);

        public Task TryAgain(RefundWork claimed, DateTimeOffset at, DateTimeOffset? refusedAt) =>
            refunds.TryAgain(claimed, at + Never, refusedAt);
    }
}
