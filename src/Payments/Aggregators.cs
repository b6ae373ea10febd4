using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Payments;

/// <summary>The adapters of this installation.</summary>
public sealed class Aggregators(IEnumerable<IMobileMoneyAdapter> adapters, TimeProvider clock) : IAggregators
{
    /// <summary>The timeout for an aggregator's answer; after it the outcome is UNKNOWN.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>For a list, which comes in many answers.</summary>
    private static readonly TimeSpan PatienceForLists = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, IMobileMoneyAdapter> known = adapters.ToDictionary(adapter => adapter.Name);

    public string? AdapterFor(bool liveMode) =>
        known.Values.FirstOrDefault(adapter => adapter.LiveMode == liveMode)?.Name;

    public string? PayoutAdapter(bool liveMode, string preferred) => known.Values
        .Where(adapter => adapter.LiveMode == liveMode && adapter.Terms.PaysOut)
        .OrderByDescending(adapter => adapter.Name == preferred)
        .FirstOrDefault()?.Name;

    public Task<PaymentReport> Ask(PaymentAttempt attempt) =>
        Query(attempt.Adapter, new StatusQuery(attempt.Reference, attempt.ProviderReference));

    /// <summary>The names of all adapters with such terms.</summary>
    internal IReadOnlyCollection<string> Where(Func<MobileMoneyTerms, bool> condition) =>
        [.. known.Values.Where(adapter => condition(adapter.Terms)).Select(adapter => adapter.Name)];

    /// <summary>The adapter of this name; null when there is none.</summary>
    public IMobileMoneyAdapter? Find(string name) => known.GetValueOrDefault(name);

    public Task<PaymentReport> Query(string adapter, StatusQuery query) =>
        InTime(adapter, "query", query.Reference, (found, token) => found.Query(query, token));

    public Task<PaymentReport> Push(string adapter, PushRequest push) =>
        InTime(adapter, "push", push.Reference, (found, token) => found.Push(push, token));

    public Task<RefundOutcome> Refund(string adapter, RefundRequest refund) =>
        InTime(adapter, "refund", refund, (found, token) => found.Refund(refund, token));

    public Task<RefundOutcome> CheckRefund(string adapter, RefundRequest refund) =>
        InTime(adapter, "check-refund", refund, (found, token) => found.CheckRefund(refund, token));

    public async Task<IReadOnlyList<ListedPayment>?> List(string adapter, DateOnly from, DateOnly to)
    {
        if (Find(adapter) is not { } found) return null;
        using var patience = new CancellationTokenSource(PatienceForLists, clock);
        return await PaymentMetrics.Call(
            adapter, "list", $"{from:O}", () => found.List(from, to, patience.Token),
            listed => listed is null ? "UNKNOWN" : "SUCCEEDED");
    }

    private async Task<RefundOutcome> InTime(
        string adapter, string operation, RefundRequest refund,
        Func<IMobileMoneyAdapter, CancellationToken, Task<RefundOutcome>> ask)
    {
        if (Find(adapter) is not { } found) return RefundOutcome.Unknown;
        using var patience = new CancellationTokenSource(Patience, clock);
        return await PaymentMetrics.Call(
            adapter, operation, refund.Reference, () => ask(found, patience.Token), outcome => outcome switch
            {
                RefundOutcome.Paid => "SUCCEEDED",
                RefundOutcome.Refused => "FAILED",
                RefundOutcome.Unknown => "PENDING",
            });
    }

    private async Task<PaymentReport> InTime(
        string adapter, string operation, string reference,
        Func<IMobileMoneyAdapter, CancellationToken, Task<PaymentReport>> ask)
    {
        if (Find(adapter) is not { } found) return new PaymentReport(reference, PaymentOutcome.Unknown, Proof.Queried);
        using var patience = new CancellationTokenSource(Patience, clock);
        return await PaymentMetrics.Call(
            adapter, operation, reference, () => ask(found, patience.Token), report => report.Outcome.WireName);
    }
}
