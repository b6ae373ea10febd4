using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Grains.Ports;

/// <summary>The mobile-money aggregators of this installation, as the grains need them.</summary>
public interface IAggregators
{
    /// <summary>Who carries new pushes of live kitchens, or of test ones; null where nobody does.</summary>
    string? AdapterFor(bool liveMode);

    /// <summary>Asks what came of a push; it takes a few seconds at most, and no answer is UNKNOWN.</summary>
    Task<PaymentReport> Ask(PaymentAttempt attempt);
}

/// <summary>An installation without mobile money: payments by phone wait until their time is over.</summary>
public sealed class NoAggregators : IAggregators
{
    public string? AdapterFor(bool liveMode) => null;

    public Task<PaymentReport> Ask(PaymentAttempt attempt) =>
        Task.FromResult(new PaymentReport(attempt.Reference, PaymentOutcome.Unknown, Proof.Queried));
}
