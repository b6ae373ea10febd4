using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Grains.Ports;

/// <summary>The mobile-money aggregators of this installation, as the grains need them.</summary>
public interface IAggregators
{
    /// <summary>
    /// The adapter for new pushes of a kitchen: of its mode, and one that takes its currency from phones of its
    /// country. Null when there is none.
    /// </summary>
    string? AdapterFor(Kitchen kitchen);

    /// <summary>What the adapters for live, or for test, kitchens take.</summary>
    Sequence<Currency> Currencies(bool liveMode);

    /// <summary>
    /// Asks the aggregator for the status of a push. It takes a few seconds at most; without an answer the outcome is
    /// UNKNOWN.
    /// </summary>
    Task<PaymentReport> Ask(PaymentAttempt attempt);
}

/// <summary>For an installation without mobile money: payments by phone wait until they expire.</summary>
public sealed class NoAggregators : IAggregators
{
    public string? AdapterFor(Kitchen kitchen) => null;

    public Sequence<Currency> Currencies(bool liveMode) => [];

    public Task<PaymentReport> Ask(PaymentAttempt attempt) =>
        Task.FromResult(new PaymentReport(attempt.Reference, PaymentOutcome.Unknown, Proof.Queried));
}
