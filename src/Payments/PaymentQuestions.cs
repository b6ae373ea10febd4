using JikoXpress.Grains.Ports;

namespace JikoXpress.Payments;

/// <summary>Questions to aggregators that people ask.</summary>
public sealed class PaymentQuestions(IAttempts attempts, TimeProvider clock)
{
    /// <summary>
    /// Has the aggregator asked about an attempt now; never within ten seconds of the last question, however often this
    /// is called. False when there is no such attempt.
    /// </summary>
    public async Task<bool> AskNow(string reference)
    {
        if (await attempts.Find(reference) is null) return false;
        await attempts.LookSoon(reference, clock.GetUtcNow());
        return true;
    }
}
