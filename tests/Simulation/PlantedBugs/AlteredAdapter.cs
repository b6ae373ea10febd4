using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Payments;

namespace JikoXpress.Simulation.PlantedBugs;

/// <summary>An adapter in which something is not as it should be.</summary>
internal sealed class AlteredAdapter(IMobileMoneyAdapter adapter) : IMobileMoneyAdapter
{
    private readonly Dictionary<string, Money> asked = [];

    /// <summary>Of every report, with the amount that was asked if it is known.</summary>
    public Func<PaymentReport, Money?, PaymentReport> Reports { get; init; } = (report, _) => report;

    /// <summary>Of what a webhook says.</summary>
    public Func<PaymentReport, PaymentReport> Recalls { get; init; } = report => report;

    public Func<MobileMoneyTerms, MobileMoneyTerms> TermsOf { get; init; } = terms => terms;

    public Func<IMobileMoneyAdapter, PushRequest, CancellationToken, Task<PaymentReport>> Push { get; init; } =
        (line, push, patience) => line.Push(push, patience);

    public Func<IMobileMoneyAdapter, RefundRequest, CancellationToken, Task<RefundOutcome>> Refund { get; init; } =
        (line, refund, patience) => line.Refund(refund, patience);

    public Func<IMobileMoneyAdapter, Webhook, DateTimeOffset, WebhookReading> Read { get; init; } =
        (line, webhook, now) => line.Read(webhook, now);

    public Func<IMobileMoneyAdapter, CancellationToken, Task<bool>> RefreshKeys { get; init; } =
        (line, patience) => line.RefreshKeys(patience);

    public string Name => adapter.Name;

    public bool LiveMode => adapter.LiveMode;

    public MobileMoneyTerms Terms => TermsOf(adapter.Terms);

    public WebhookReply Reply => adapter.Reply;

    async Task<PaymentReport> IMobileMoneyAdapter.Push(PushRequest push, CancellationToken cancellation)
    {
        asked[push.Reference] = push.Amount;
        return Reports(await Push(adapter, push, cancellation), push.Amount);
    }

    public async Task<PaymentReport> Query(StatusQuery query, CancellationToken cancellation) =>
        Reports(await adapter.Query(query, cancellation), Asked(query.Reference));

    Task<RefundOutcome> IMobileMoneyAdapter.Refund(RefundRequest refund, CancellationToken cancellation) =>
        Refund(adapter, refund, cancellation);

    public bool IsItsToken(string token) => adapter.IsItsToken(token);

    WebhookReading IMobileMoneyAdapter.Read(Webhook webhook, DateTimeOffset now) => Read(adapter, webhook, now);

    Task<bool> IMobileMoneyAdapter.RefreshKeys(CancellationToken cancellation) => RefreshKeys(adapter, cancellation);

    public PaymentReport? Recall(ReadOnlySpan<byte> body) =>
        adapter.Recall(body) is { } report ? Recalls(Reports(report, Asked(report.Reference))) : null;

    private Money? Asked(string reference) => asked.TryGetValue(reference, out var amount) ? amount : null;
}
