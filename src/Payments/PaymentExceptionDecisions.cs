using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Payments;

/// <summary>
/// Carries decisions out. The session hears of the money first and the decision is noted then: when the process dies in
/// between, the same decision can be made again, and counts once by the receipt. A decision that was made is answered
/// as at first when it comes again.
/// </summary>
public sealed class PaymentExceptionDecisions(
    IPaymentExceptionList exceptions, IAttempts attempts, IReceipts receipts, IGrainFactory grains, TimeProvider clock)
{
    public async Task<Reply<PaymentException>> Decide(
        PaymentException exception, PaymentExceptionResolution resolution) =>
        exception.Decided == resolution ? exception
        : !exception.Waits ? PaymentExceptionRefusals.Resolved
        : await Refusal(exception, resolution) is { } refusal ? refusal
        : await exceptions.Resolve(exception, resolution);

    private async Task<Refusal?> Refusal(PaymentException exception, PaymentExceptionResolution resolution) =>
        (resolution.Decision, exception.Kind) switch
        {
            (PaymentExceptionDecision.PaidBack, PaymentExceptionKind.RefundRefused) => await PaidBack(exception),
            // A refund that nobody has paid back is still owed, and is tried on.
            (PaymentExceptionDecision.Close, not PaymentExceptionKind.RefundRefused) => null,
            (PaymentExceptionDecision.Received, PaymentExceptionKind.AmountUnclear) => resolution.Amount is { } amount
                ? await Received(exception, exception.Reference, amount)
                : PaymentExceptionRefusals.AmountRequired,
            // It is in no books before somebody assigns it.
            (PaymentExceptionDecision.PaidBack, PaymentExceptionKind.TillUnmatched) => null,
            (PaymentExceptionDecision.Assign,
                PaymentExceptionKind.UnknownReference or PaymentExceptionKind.TillUnmatched) =>
                resolution.Reference is not { } reference ? PaymentExceptionRefusals.ReferenceRequired
                : exception.Amount is not { } amount ? PaymentExceptionRefusals.DecisionNotAllowed
                : await Received(exception, reference, amount),
            _ => PaymentExceptionRefusals.DecisionNotAllowed,
        };

    /// <summary>The money left the same account at the aggregator as if the refund had been accepted.</summary>
    private async Task<Refusal?> PaidBack(PaymentException exception) =>
        exception.SessionId is not { } session ? PaymentExceptionRefusals.DecisionNotAllowed
        : await grains.Session(session).Refunded(exception.Reference) is Reply<Session>.Refused(var refusals)
            ? refusals[0]
            : null;

    private async Task<Refusal?> Received(PaymentException exception, string reference, Money amount)
    {
        // Guests pay the wrong one of a kitchen's tills: it may be a payment of another till of the same network.
        var account = TillNames.ReceiptsOf(exception.Adapter);
        if (await attempts.Find(reference) is not { } attempt || TillNames.ReceiptsOf(attempt.Adapter) != account)
            return PaymentExceptionRefusals.PaymentNotFound;
        if (attempt.Currency != exception.Currency)
            return PaymentExceptionRefusals.CurrencyMismatch(exception.Currency, attempt.Currency);
        var receipt = exception.Receipt ?? $"{exception.Id:N}";
        if (await receipts.Claim(account, receipt, reference, clock.GetUtcNow()) != reference)
            return PaymentExceptionRefusals.Resolved;

        // An attempt that is paid already takes other money only as signed, with an id of its own.
        var session = grains.Session(attempt.SessionId);
        var isPaid = (await session.Read()).State is Session.Opened opened && opened.Payments
            .SelectMany(payment => payment.Attempts ?? [])
            .Any(known => known.Reference == reference && known.Status is AttemptStatus.Succeeded);
        var report = new PaymentReport(
            reference, PaymentOutcome.Succeeded, isPaid ? Proof.Signed : Proof.Queried, amount,
            attempt.Currency.WireName,
            isPaid ? receipt : null, PaidBy: exception.PhoneNumber, Receipt: receipt);
        return await session.Report(report) is Reply<Session>.Refused(var refusals) ? refusals[0] : null;
    }
}
