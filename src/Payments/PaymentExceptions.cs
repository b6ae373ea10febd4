using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Payments;

/// <summary>Finds what no rule can decide, and notes it once, so that it waits for a person in a list.</summary>
public sealed class PaymentExceptions(IPaymentExceptions noted)
{
    /// <summary>After so many tries a refund that the aggregator does not pay is listed; it is tried on.</summary>
    public const int PatientTries = 7;

    private const int LongestText = 64;

    /// <summary>A proven success that was not taken, because of its amount or currency; and money taken back.</summary>
    /// <param name="known">The attempt after the report.</param>
    internal Task Look(AttemptWork attempt, PaymentAttempt known, PaymentReport report, DateTimeOffset now) =>
        report switch
        {
            { Proof: Proof.Hint } => Task.CompletedTask,
            { Outcome: PaymentOutcome.Reversed } when known.Status is AttemptStatus.Succeeded =>
                Note(PaymentExceptionKind.Reversed, attempt.Adapter, report, now),
            { Outcome: PaymentOutcome.Succeeded }
                when known.Status is not AttemptStatus.Succeeded && IsUnclear(attempt, report) =>
                Note(PaymentExceptionKind.AmountUnclear, attempt.Adapter, report, now),
            // Another payment of the same reference, of which the amount is not signed.
            { Outcome: PaymentOutcome.Succeeded, Proof: Proof.Partial, ProviderReference: { } other }
                when known is { Status: AttemptStatus.Succeeded, ProviderReference: var first } && first != other =>
                Note(PaymentExceptionKind.AmountUnclear, attempt.Adapter, report, now),
            _ => Task.CompletedTask,
        };

    /// <summary>A proven success that the session has not taken for a minute, whatever its reason is.</summary>
    internal Task NotTaken(string adapter, PaymentReport report, DateTimeOffset now) =>
        report.Outcome is PaymentOutcome.Succeeded
            ? Note(PaymentExceptionKind.AmountUnclear, adapter, report, now)
            : Task.CompletedTask;

    internal Task Contradicted(AttemptWork attempt, PaymentReport report, DateTimeOffset now) =>
        Note(PaymentExceptionKind.Contradicted, attempt.Adapter, report, now);

    /// <summary>Only of payments: that nobody has paid under a reference that is not ours needs nobody.</summary>
    internal Task NobodysMoney(string adapter, PaymentReport report, DateTimeOffset now) =>
        report.Outcome is PaymentOutcome.Succeeded
            ? Note(PaymentExceptionKind.UnknownReference, adapter, report, now)
            : Task.CompletedTask;

    internal Task Refused(RefundWork refund, MobileMoneyTerms? terms, DateTimeOffset now) =>
        refund.Tries >= PatientTries || terms is { Refunds: false }
            ? Note(new NewPaymentException(
                PaymentExceptionKind.RefundRefused, refund.Adapter, refund.Reference, "", refund.Amount, Said: null,
                refund.PhoneNumber, now))
            : Task.CompletedTask;

    /// <summary>An amount that nobody has signed must be the one that was asked for.</summary>
    internal static bool IsUnclear(AttemptWork attempt, PaymentReport report) =>
        !(report.Amount > Money.Zero) || report.Currency != "TZS"
        || (report.Proof is Proof.Partial && report.Amount != attempt.Amount);

    private Task Note(PaymentExceptionKind kind, string adapter, PaymentReport report, DateTimeOffset now) =>
        Note(new NewPaymentException(
            kind, adapter, Short(report.Reference) ?? "", Short(report.ProviderReference ?? report.Receipt) ?? "",
            report.Currency is "TZS" && report.Amount > Money.Zero ? report.Amount : null,
            Short($"{report.AmountSaid} {report.Currency}".Trim()), report.PaidBy, now));

    private async Task Note(NewPaymentException found)
    {
        if (await noted.Note(found)) PaymentMetrics.Exception(found.Adapter, found.Kind);
    }

    /// <summary>What others have written is kept only if it can be shown.</summary>
    private static string? Short(string? text) =>
        text is { Length: > 0 } && TextRules.IsPrintable(text, lineBreaks: false)
        ? text[..Math.Min(text.Length, LongestText)]
        : null;
}
