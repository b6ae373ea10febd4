using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Grains.Ports;

/// <summary>The mobile-money aggregators of this installation, as the grains need them.</summary>
public interface IAggregators
{
    /// <summary>The adapter for new pushes of live, or of test, kitchens; null when there is none.</summary>
    string? AdapterFor(bool liveMode);

    /// <summary>
    /// The adapter that pays out to any phone, of live or of test kitchens; null when none does.
    /// </summary>
    /// <param name="preferred">Taken if it can.</param>
    string? PayoutAdapter(bool liveMode, string preferred) => null;

    /// <summary>
    /// Asks the aggregator for the status of a push. It takes a few seconds at most; without an answer the outcome is
    /// UNKNOWN.
    /// </summary>
    Task<PaymentReport> Ask(PaymentAttempt attempt);
}

/// <summary>For an installation without mobile money: payments by phone wait until they expire.</summary>
public sealed class NoAggregators : IAggregators
{
    public string? AdapterFor(bool liveMode) => null;

    public Task<PaymentReport> Ask(PaymentAttempt attempt) =>
        Task.FromResult(new PaymentReport(attempt.Reference, PaymentOutcome.Unknown, Proof.Queried));
}
