using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Payments;

/// <summary>The adapters of this installation.</summary>
public sealed class Aggregators(IEnumerable<IMobileMoneyAdapter> adapters, TimeProvider clock) : IAggregators
{
    /// <summary>The timeout for an aggregator's answer; after it the outcome is UNKNOWN.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly Dictionary<string, IMobileMoneyAdapter> known = adapters.ToDictionary(adapter => adapter.Name);

    public string? AdapterFor(bool liveMode) =>
        known.Values.FirstOrDefault(adapter => adapter.LiveMode == liveMode)?.Name;

    public bool Takes(string account, Guid kitchenId, bool liveMode) =>
        known.TryGetValue(account, out var adapter) && adapter.LiveMode == liveMode;

    public Task<PaymentReport> Ask(PaymentAttempt attempt) =>
        Query(attempt.Adapter, new StatusQuery(attempt.Reference, attempt.ProviderReference));

    /// <summary>The adapter of this name, which may be a till's; null when there is none.</summary>
    public IMobileMoneyAdapter? Find(string name) => known.GetValueOrDefault(name) ?? TillAdapter.Of(name);

    public Task<PaymentReport> Query(string adapter, StatusQuery query) =>
        InTime(adapter, "query", query.Reference, (found, token) => found.Query(query, token));

    public Task<PaymentReport> Push(string adapter, PushRequest push) =>
        InTime(adapter, "push", push.Reference, (found, token) => found.Push(push, token));

    public async Task<bool> Refund(string adapter, RefundRequest refund)
    {
        if (Find(adapter) is not { } found || found is TillAdapter) return false;
        using var patience = new CancellationTokenSource(Patience, clock);
        return await PaymentMetrics.Call(
            adapter, "refund", refund.Reference, () => found.Refund(refund, patience.Token),
            isPaid => isPaid ? "SUCCEEDED" : "PENDING");
    }

    private async Task<PaymentReport> InTime(
        string adapter, string operation, string reference,
        Func<IMobileMoneyAdapter, CancellationToken, Task<PaymentReport>> ask)
    {
        if (Find(adapter) is not { } found || found is TillAdapter)
            return new PaymentReport(reference, PaymentOutcome.Unknown, Proof.Queried);
        using var patience = new CancellationTokenSource(Patience, clock);
        return await PaymentMetrics.Call(
            adapter, operation, reference, () => ask(found, patience.Token), report => report.Outcome.WireName);
    }
}
