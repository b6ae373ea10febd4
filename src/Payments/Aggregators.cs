using System.Data.Common;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>The adapters of this installation's accounts, and of the kitchens' own.</summary>
public sealed class Aggregators(
    IEnumerable<IMobileMoneyAdapter> adapters, TimeProvider clock, KitchenAccounts? kitchens = null,
    AccountHealth? watched = null, IConditionNotes? notes = null, ILogger<Aggregators>? log = null,
    ReceiptClaims? claims = null, IAttempts? attempts = null)
    : IAggregators
{
    /// <summary>The timeout for an aggregator's answer; after it the outcome is UNKNOWN.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>For a list, which comes in many answers.</summary>
    private static readonly TimeSpan PatienceForLists = TimeSpan.FromMinutes(2);

    private readonly Sequence<Currency> ofLive = Of(adapters, liveMode: true), ofTest = Of(adapters, liveMode: false);
    private readonly Dictionary<string, IMobileMoneyAdapter> known = adapters.ToDictionary(adapter => adapter.Name);
    private readonly ICardGateway[] gateways = [.. adapters.OfType<ICardGateway>()];
    private readonly AccountHealth health = watched ?? new AccountHealth(clock);

    public ValueTask<string?> AccountFor(Kitchen kitchen, Sequence<string>? own, bool isForPush) =>
        own is null || own.All(name => kitchens?.Has(name) is true)
            ? new(Chosen(Usable(kitchen, own), isForPush))
            : AfterLooking(kitchen, own, isForPush);

    public string? CardAccountFor(Kitchen kitchen)
    {
        // The facts of each checkout ask this.
        foreach (var gateway in gateways)
        {
            if (gateway.LiveMode == kitchen.LiveMode
                && gateway.Terms.Takes(kitchen.Settings.Currency, kitchen.Settings.Country)) return gateway.Name;
        }

        return null;
    }

    public Sequence<Currency> Currencies(bool liveMode) => liveMode ? ofLive : ofTest;

    public bool Takes(string account, Kitchen kitchen, Sequence<string>? own) =>
        (known.ContainsKey(account) || own?.Contains(account) is true)
        && Find(account) is { } adapter && Takes(adapter, kitchen);

    /// <remarks>Money goes out of the purse that it came into: the installation's, or the kitchen's own.</remarks>
    public string? PayoutAdapter(Kitchen kitchen, Sequence<string>? own, string preferred)
    {
        IEnumerable<string> purse = known.ContainsKey(preferred) ? known.Keys : own ?? [];
        return purse.Prepend(preferred)
            .FirstOrDefault(name => Find(name) is { Terms.PaysOut: true } adapter && Takes(adapter, kitchen));
    }

    public bool IsOfInstallation(string account) => known.ContainsKey(account);

    public async Task<PaymentReport> Ask(PaymentAttempt attempt)
    {
        var known = attempt.ProviderReference
            ?? (attempts is null ? null : (await attempts.Find(attempt.Reference))?.ProviderReference);
        var report = await Query(attempt.Adapter, new StatusQuery(attempt.Reference, known));
        return claims is null || await claims.AreOf(attempt.Adapter, LabelOf(attempt.Adapter), report)
            ? report
            : new PaymentReport(attempt.Reference, PaymentOutcome.Unknown, Proof.Queried);
    }

    /// <summary>The names of the installation's adapters with such terms.</summary>
    internal IReadOnlyCollection<string> Where(Func<MobileMoneyTerms, bool> condition) =>
        [.. known.Values.Where(adapter => condition(adapter.Terms)).Select(adapter => adapter.Name)];

    /// <summary>
    /// The adapter of this name, which may be a till's; null when there is none, or its secrets cannot be read here.
    /// </summary>
    public IMobileMoneyAdapter? Find(string name) =>
        known.GetValueOrDefault(name) ?? kitchens?.Find(name) ?? TillAdapter.Of(name);

    /// <summary>As <see cref="Find"/>, also for an account that was added a moment ago at another process.</summary>
    public ValueTask<IMobileMoneyAdapter?> Look(string name) =>
        Find(name) is { } found ? new(found)
        : kitchens is null ? new((IMobileMoneyAdapter?)null)
        : kitchens.Look(name);

    /// <summary>Whether there is such an account, be it one whose secrets cannot be read here.</summary>
    public bool Has(string name) => known.ContainsKey(name) || kitchens?.Has(name) is true;

    /// <summary>
    /// The account in metrics and spans: its name, or for one of a kitchen's own its vendor, and one for all tills,
    /// since nothing that there are thousands of is a tag.
    /// </summary>
    public string LabelOf(string name) =>
        known.ContainsKey(name) ? name
        : TillNames.IsTill(name) ? "till"
        : kitchens?.VendorOf(name)?.WireName.ToLowerInvariant() ?? "unknown";

    /// <summary>The accounts that take a kitchen's new payments, in the order of preference.</summary>
    public IEnumerable<string> Usable(Kitchen kitchen, Sequence<string>? own)
    {
        var inOrder = own is null ? known.Values : own.Select(Find);
        foreach (var adapter in inOrder)
            if (adapter is not null && Takes(adapter, kitchen)) yield return adapter.Name;
    }

    public Task<PaymentReport> Query(string adapter, StatusQuery query) =>
        InTime(adapter, "query", query.Reference, (found, token) => found.Query(query, token));

    public async Task<PaymentReport> Push(string adapter, PushRequest push)
    {
        try
        {
            var report = await InTime(adapter, "push", push.Reference, (found, token) => found.Push(push, token));
            // An answer that is not understood says nothing for it either.
            await Noticed(adapter, hasAnswered: report.Outcome is not PaymentOutcome.Unknown);
            return report;
        }
        catch (PushNotSentException)
        {
            await Noticed(adapter, hasAnswered: false);
            throw;
        }
    }

    /// <summary>Has a card gateway make the page for a payment.</summary>
    /// <exception cref="PushNotSentException">There is no such gateway here, or it was not reached.</exception>
    public Task<PaymentReport> OpenPage(string gateway, CardRequest request) => InTime(
        gateway, "page", request.Reference,
        (found, token) => found is ICardGateway cards
            ? cards.OpenPage(request, token)
            : throw new PushNotSentException($"Account {gateway} is no card gateway."));

    /// <param name="tries">This one included. After too many the aggregator is told no more: see its terms.</param>
    public Task<RefundOutcome> Refund(string adapter, RefundRequest refund, int tries) =>
        Find(adapter)?.Terms.MostRefundTries < tries
            ? Task.FromResult(RefundOutcome.Unknown)
            : InTime(adapter, "refund", refund, (found, token) => found.Refund(refund, token));

    public Task<RefundOutcome> CheckRefund(string adapter, RefundRequest refund) =>
        InTime(adapter, "check-refund", refund, (found, token) => found.CheckRefund(refund, token));

    public async Task<IReadOnlyList<ListedPayment>?> List(string adapter, DateOnly from, DateOnly to)
    {
        if (await Look(adapter) is not { } found || found is TillAdapter) return null;
        using var patience = new CancellationTokenSource(PatienceForLists, clock);
        return await PaymentMetrics.Call(
            LabelOf(adapter), "list", $"{from:O}", () => found.List(from, to, patience.Token),
            listed => listed is null ? "UNKNOWN" : "SUCCEEDED");
    }

    private async Task<RefundOutcome> InTime(
        string adapter, string operation, RefundRequest refund,
        Func<IMobileMoneyAdapter, CancellationToken, Task<RefundOutcome>> ask)
    {
        if (await Look(adapter) is not { } found) return RefundOutcome.Unknown;
        // Nobody pays out of a till but people.
        if (found is TillAdapter) return RefundOutcome.Refused;
        using var patience = new CancellationTokenSource(Patience, clock);
        return await PaymentMetrics.Call(
            LabelOf(adapter), operation, refund.Reference, () => ask(found, patience.Token), outcome => outcome switch
            {
                RefundOutcome.Paid => "SUCCEEDED",
                RefundOutcome.Refused => "FAILED",
                RefundOutcome.Unknown => "PENDING",
            });
    }

    private static bool Takes(IMobileMoneyAdapter adapter, Kitchen kitchen) =>
        adapter is not ICardGateway
        && adapter.LiveMode == kitchen.LiveMode
        && adapter.Terms.Takes(kitchen.Settings.Currency, kitchen.Settings.Country);

    private static Sequence<Currency> Of(IEnumerable<IMobileMoneyAdapter> adapters, bool liveMode) => adapters
        .Where(adapter => adapter is not ICardGateway && adapter.LiveMode == liveMode)
        .SelectMany(adapter => adapter.Terms.Currencies)
        .Distinct().Order().ToSequence();

    private async Task<PaymentReport> InTime(
        string adapter, string operation, string reference,
        Func<IMobileMoneyAdapter, CancellationToken, Task<PaymentReport>> ask)
    {
        if (await Look(adapter) is not { } found || found is TillAdapter)
            return new PaymentReport(reference, PaymentOutcome.Unknown, Proof.Queried);
        using var patience = new CancellationTokenSource(Patience, clock);
        return await PaymentMetrics.Call(
            LabelOf(adapter), operation, reference, () => ask(found, patience.Token),
            report => report.Outcome.WireName);
    }

    /// <summary>Tells the other processes, too: tills ask any of them whether mobile money works.</summary>
    private async ValueTask Noticed(string account, bool hasAnswered)
    {
        if (hasAnswered)
        {
            if (!health.Answered(account)) return;
        }
        else
        {
            health.NotAnswered(account);
        }

        if (notes is null) return;
        try
        {
            await notes.Note(account, health.Of(account), clock.GetUtcNow());
        }
        catch (Exception failure) when (failure is DbException or TimeoutException or IOException)
        {
            // It is a hint only; what became of the push must not be lost for it.
            if (log is not null) Log.ConditionNotNoted(log, failure);
        }
    }

    private async ValueTask<string?> AfterLooking(Kitchen kitchen, Sequence<string> own, bool isForPush)
    {
        foreach (var name in own) await Look(name);
        return Chosen(Usable(kitchen, own), isForPush);
    }

    /// <summary>The first that is not down; the first of all when all are.</summary>
    private string? Chosen(IEnumerable<string> accounts, bool isForPush)
    {
        string? first = null;
        foreach (var account in accounts)
        {
            first ??= account;
            if (!isForPush || health.Admits(account)) return account;
        }

        return first;
    }
}
