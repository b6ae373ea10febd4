using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;
using JikoXpress.Payments;

namespace JikoXpress.Simulation.PlantedBugs;

/// <summary>Somebody takes an aggregator's word, its silence or its wire for something else.</summary>
internal static partial class WireBugs
{
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new("receipt counted twice", "Each webhook of a payment is a payment.",
            wiring =>
            {
                var told = 0;
                wiring.Adapter = adapter => new AlteredAdapter(adapter)
                {
                    Recalls = report => report with
                    {
                        ProviderReference = $"{report.ProviderReference}/{++told}",
                        Receipt = null,
                    },
                };
            }),
        new("receipt of another counted", "Nobody looks whether a receipt has paid for something else.",
            wiring =>
            {
                wiring.Receipts = _ => new WhoseverItIs();
                wiring.Database = rows => rows.Drop(Testing.Memory.Guard.Receipt);
            }),
        new("second payment taken for the first", "A reference is paid once, whatever receipts there are.",
            wiring => wiring.Adapter = adapter => new AlteredAdapter(adapter)
            {
                Recalls = report => report with { ProviderReference = null, Receipt = null },
            }),
        new("missing signature believed", "Only a signature that is there can be wrong.",
            wiring => wiring.Adapter = adapter => new AlteredAdapter(adapter)
            {
                Read = (line, webhook, now) => IsSigned(webhook)
                    ? line.Read(webhook, now)
                    : new WebhookReading.Genuine($"unsigned {webhook.Body.Length}"),
            }),
        new("webhook's other currency taken", "What a webhook says is in shillings.",
            wiring => wiring.Adapter = adapter => new AlteredAdapter(adapter)
            {
                Recalls = report => report with { Currency = report.Currency is null ? null : "TZS" },
            }),
        new("push repeated after a lost answer", "A push that nobody answered is sent once more.",
            wiring => wiring.Adapter = adapter => new AlteredAdapter(adapter)
            {
                Push = async (line, push, patience) =>
                    await line.Push(push, patience) is { Outcome: not PaymentOutcome.Unknown } report
                        ? report
                        : await line.Push(push, patience),
            }),
        new("push noted after it was sent", "Every aggregator rings once for a push that comes twice.",
            wiring => wiring.Adapter = adapter => new AlteredAdapter(adapter)
            {
                TermsOf = terms => terms with { RepeatsPush = true },
            }),
        new("push sent by two hosts", "Who has claimed an attempt is the only one who sends it.",
            wiring => wiring.Attempts = attempts => new BegunByAnybody(attempts)),
        new("push not sent taken for sent", "A push that was begun has reached the aggregator.",
            wiring => wiring.Attempts = attempts => new NeverTakenBack(attempts)),
        new("late yes after a no dropped", "A no is a no.",
            wiring =>
            {
                var failed = new HashSet<string>();
                wiring.Adapter = adapter => new AlteredAdapter(adapter)
                {
                    Reports = (report, _) =>
                    {
                        if (report.Outcome is PaymentOutcome.Failed) failed.Add(report.Reference);
                        return failed.Contains(report.Reference)
                            ? report with { Outcome = PaymentOutcome.Failed }
                            : report;
                    },
                };
            }),
        new("refund repeated after a lost answer", "A refund that nobody answered is a new one.",
            wiring => wiring.Adapter = adapter => new AlteredAdapter(adapter)
            {
                Refund = async (line, refund, patience) =>
                    await line.Refund(refund, patience) is RefundOutcome.Paid
                        ? RefundOutcome.Paid
                        : await line.Refund(refund with { Reference = $"{refund.Reference[..^1]}Z" }, patience),
            }),
        new("amount that nobody signed believed", "Whoever has signed a payment has signed its amount.",
            wiring => wiring.Adapter = adapter => new AlteredAdapter(adapter)
            {
                Recalls = report => report.Proof is Proof.Partial ? report with { Proof = Proof.Signed } : report,
            }),
        new("reversal ignored", "What was paid stays paid.",
            wiring => wiring.Adapter = adapter => new AlteredAdapter(adapter)
            {
                Reports = (report, _) => report.Outcome is PaymentOutcome.Reversed
                    ? report with { Outcome = PaymentOutcome.Unknown }
                    : report,
            }),
        new("unclear amount only logged", "What cannot be taken is a line in the log, and nobody's to decide.",
            wiring => wiring.Exceptions = exceptions => new NotListed(exceptions)),
        new("proven payment heard once", "What a session does not take when it hears of it is done with.",
            wiring => wiring.Inbox = inbox => new HeardOnce(inbox)),
        new("old webhook accepted", "The time in a signature is only a text.",
            wiring => wiring.Adapter = adapter => new AlteredAdapter(adapter)
            {
                Read = (line, webhook, now) => line.Read(webhook, SignedAt(webhook) ?? now),
            }),
        new("key fetched once", "An aggregator has one key for ever.",
            wiring => wiring.Adapter = adapter =>
            {
                var isFetched = false;
                return new AlteredAdapter(adapter)
                {
                    RefreshKeys = async (line, patience) =>
                        !isFetched && (isFetched = await line.RefreshKeys(patience)),
                };
            }),
        new("token kept though it is refused", "A token is good for as long as it was said to be.",
            wiring => wiring.Wire = wire => new OneToken(wire)),
    ];

    private static bool IsSigned(Webhook webhook) =>
        webhook.Headers.Keys.Any(name => name.Contains("signature", StringComparison.OrdinalIgnoreCase))
        || Encoding.UTF8.GetString(webhook.Body.Span) is var body
            && (body.Contains("\"checksum\"", StringComparison.Ordinal)
                || body.Contains("\"signature\"", StringComparison.Ordinal));

    private static DateTimeOffset? SignedAt(Webhook webhook) =>
        (webhook.Header("x-webhook-timestamp")
            ?? Created().Match(webhook.Header("signature-input") ?? "").Groups[1].Value)
            is { Length: > 0 } seconds
            ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture))
            : null;

    [GeneratedRegex(";created=([0-9]+)")]
    private static partial Regex Created();

    private sealed class WhoseverItIs : IReceipts
    {
        public Task<string> Claim(string adapter, string receipt, string reference, DateTimeOffset at) =>
            Task.FromResult(reference);
    }

    private sealed class BegunByAnybody(IAttempts attempts) : AlteredAttempts(attempts)
    {
        public override async Task<bool> BeginPush(AttemptWork claimed)
        {
            await base.BeginPush(claimed);
            return true;
        }
    }

    private sealed class NeverTakenBack(IAttempts attempts) : AlteredAttempts(attempts)
    {
        public override Task PushNotSent(AttemptWork claimed) => Task.CompletedTask;
    }

    private sealed class HeardOnce(IPaymentInbox inbox) : IPaymentInbox
    {
        public Task<InboxWork?> Keep(NewEvent arrived) => inbox.Keep(arrived);

        public Task<IReadOnlyList<InboxWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
            inbox.Claim(now, lease, limit);

        public Task Done(long id) => inbox.Done(id);

        public Task Postpone(long id, DateTimeOffset until) => inbox.Done(id);
    }

    private sealed class NotListed(IPaymentExceptions exceptions) : IPaymentExceptions
    {
        public Task<bool> Note(NewPaymentException found) =>
            found.Kind is PaymentExceptionKind.AmountUnclear ? Task.FromResult(true) : exceptions.Note(found);
    }

    /// <summary>Whoever asks for a token gets the first one again.</summary>
    private sealed class OneToken(HttpMessageHandler wire) : DelegatingHandler(wire)
    {
        private byte[]? first;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri?.AbsolutePath.EndsWith("oken", StringComparison.Ordinal) is true
                ? Token(request, cancellationToken)
                : base.SendAsync(request, cancellationToken);

        private async Task<HttpResponseMessage> Token(HttpRequestMessage request, CancellationToken cancellation)
        {
            if (first is not null) return new HttpResponseMessage { Content = new ByteArrayContent(first) };
            var response = await base.SendAsync(request, cancellation);
            if (response.IsSuccessStatusCode) first = await response.Content.ReadAsByteArrayAsync(cancellation);
            return response;
        }
    }
}
