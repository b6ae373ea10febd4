using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Grains.Ports;

/// <summary>The mobile-money aggregators of this installation, as the grains need them.</summary>
public interface IAggregators
{
    /// <summary>
    /// The account for new payments: the first of the order that takes the kitchen's currency from phones of its
    /// country and is not known to be down, or the first of all of these when all are. Null when there is none.
    /// </summary>
    /// <param name="own">The kitchen's own accounts; null for those of the installation.</param>
    /// <param name="isForPush">
    /// A push may be sent to it: one that was down long enough is then given a payment, to see whether it is back.
    /// </param>
    ValueTask<string?> AccountFor(Kitchen kitchen, Sequence<string>? own, bool isForPush);

    /// <summary>The card gateway's account for the kitchen's payments by card; null when there is none.</summary>
    string? CardAccountFor(Kitchen kitchen) => null;

    /// <summary>What the accounts of the installation for live, or for test, kitchens take.</summary>
    Sequence<Currency> Currencies(bool liveMode);

    /// <summary>
    /// True when the kitchen's payment methods can ring phones by this account: one of the installation, or one of its
    /// own.
    /// </summary>
    bool Takes(string account, Kitchen kitchen, Sequence<string>? own) => false;

    /// <summary>
    /// The adapter that pays out to any phone, of live or of test kitchens; null when none does.
    /// </summary>
    /// <param name="preferred">Taken if it can.</param>
    string? PayoutAdapter(Kitchen kitchen, Sequence<string>? own, string preferred) => null;

    /// <summary>What this account receives is the platform's until it pays the kitchen.</summary>
    bool IsOfInstallation(string account) => true;

    /// <summary>
    /// Asks the aggregator for the status of a push. It takes a few seconds at most; without an answer the outcome is
    /// UNKNOWN.
    /// </summary>
    Task<PaymentReport> Ask(PaymentAttempt attempt);
}

/// <summary>For an installation without mobile money: payments by phone wait until they expire.</summary>
public sealed class NoAggregators : IAggregators
{
    public ValueTask<string?> AccountFor(Kitchen kitchen, Sequence<string>? own, bool isForPush) => new((string?)null);

    public Sequence<Currency> Currencies(bool liveMode) => [];

    public Task<PaymentReport> Ask(PaymentAttempt attempt) =>
        Task.FromResult(new PaymentReport(attempt.Reference, PaymentOutcome.Unknown, Proof.Queried));
}
