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
    /// <param name="operation">Null for a request without an Idempotency-Key.</param>
    public async Task<Reply<PaymentException>> Decide(
        Caller by, PaymentException exception, PaymentExceptionResolution resolution, Operation? operation)
    {
        if (resolution.Broken() is { Count: > 0 } broken) return new Reply<PaymentException>.Refused(broken);
        if (operation is not null && await exceptions.Answered(operation) is { } answer) return answer;
        return IsThatOf(exception, by, resolution) ? exception
            : exception.Decided is not null ? ResolvedBy(exception)
            // The session says what became of a refund, also when the process died before the decision was noted here.
            : !exception.Waits && exception.Kind is not PaymentExceptionKind.RefundRefused
                ? PaymentExceptionRefusals.Resolved
            : await Refusal(by, exception, resolution) is { } refusal ? refusal
            : await Noted(by, exception, resolution, operation);
    }

    /// <summary>Another person who decides the same has to know that somebody did: cash may be given by now.</summary>
    private static bool IsThatOf(PaymentException exception, Caller by, PaymentExceptionResolution resolution) =>
        exception.Decided == resolution && (exception.DecidedBy ?? by.Id) == by.Id
        && resolution.Decision is not PaymentExceptionDecision.Returned;

    private async Task<Reply<PaymentException>> Noted(
        Caller by, PaymentException exception, PaymentExceptionResolution resolution, Operation? operation) =>
        await exceptions.Resolve(by.Id, exception, resolution, operation) is Reply<PaymentException>.Accepted decided
            ? decided
        : await exceptions.Find(kitchenId: null, exception.Id) is not { } known ? PaymentExceptionRefusals.Resolved
        : IsThatOf(known, by, resolution) ? known
        : ResolvedBy(known);

    private static Refusal ResolvedBy(PaymentException exception) => exception switch
    {
        { Decided.Decision: var decision, DecidedBy: { } by, DecidedAt: { } at } =>
            PaymentExceptionRefusals.ResolvedBy(decision, by, at),
        _ => PaymentExceptionRefusals.Resolved,
    };

    private async Task<Refusal?> Refusal(
        Caller by, PaymentException exception, PaymentExceptionResolution resolution) =>
        !exception.Kind.Decisions.Contains(resolution.Decision) ? PaymentExceptionRefusals.DecisionNotAllowed
        : exception.Kind is PaymentExceptionKind.RefundRefused && resolution.Way is { } way
            ? await Settle(by, way, exception, resolution)
        : resolution switch
        {
            { Decision: PaymentExceptionDecision.Received, Amount: { } amount } =>
                await Received(exception, exception.Reference, amount),
            { Decision: PaymentExceptionDecision.Received } => PaymentExceptionRefusals.AmountRequired,
            { Decision: PaymentExceptionDecision.Assign, Reference: { } reference } =>
                exception.Amount is { } amount
                    ? await Received(exception, reference, amount)
                    : PaymentExceptionRefusals.DecisionNotAllowed,
            { Decision: PaymentExceptionDecision.Assign } => PaymentExceptionRefusals.ReferenceRequired,
            _ => null,
        };

    private async Task<Refusal?> Settle(
        Caller by, RefundWay way, PaymentException exception, PaymentExceptionResolution resolution) =>
        exception.SessionId is not { } session ? PaymentExceptionRefusals.DecisionNotAllowed
        : await grains.Session(session).SettleRefund(new SettleRefund(
            by, exception.Reference, way, resolution.PhoneNumber, resolution.ShiftId, resolution.KitchenCustomerId))
            is Reply<Session>.Refused(var refusals)
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

        var report = new PaymentReport(
            reference, PaymentOutcome.Succeeded, Proof.Decided, amount, attempt.Currency.WireName,
            PaidBy: exception.PhoneNumber, Receipt: receipt, KnownReference: attempt.ProviderReference);
        return await grains.Session(attempt.SessionId).Report(report) is Reply<Session>.Refused(var refusals)
            ? refusals[0]
            : null;
    }
}
