using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Payments;

/// <summary>Finds what no rule can decide, and notes it once, so that it waits for a person in a list.</summary>
public sealed class PaymentExceptions(IPaymentExceptions noted, Aggregators? aggregators = null)
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
                Note(PaymentExceptionKind.Reversed, attempt.Adapter, report, attempt.Currency, now),
            { Outcome: PaymentOutcome.Succeeded }
                when known.Status is not AttemptStatus.Succeeded && IsUnclear(attempt, report) =>
                Note(PaymentExceptionKind.AmountUnclear, attempt.Adapter, report, attempt.Currency, now),
            // Another payment of the same reference, of which the amount is not signed.
            { Outcome: PaymentOutcome.Succeeded, Proof: Proof.Partial, ProviderReference: { } other }
                when known is { Status: AttemptStatus.Succeeded, ProviderReference: var first } && first != other =>
                Note(PaymentExceptionKind.AmountUnclear, attempt.Adapter, report, attempt.Currency, now),
            _ => Task.CompletedTask,
        };

    /// <summary>A proven success that the session has not taken for a minute, whatever its reason is.</summary>
    internal Task NotTaken(AttemptWork attempt, PaymentReport report, DateTimeOffset now) =>
        report.Outcome is PaymentOutcome.Succeeded
            ? Note(PaymentExceptionKind.AmountUnclear, attempt.Adapter, report, attempt.Currency, now)
            : Task.CompletedTask;

    internal Task Contradicted(AttemptWork attempt, PaymentReport report, DateTimeOffset now) =>
        Note(PaymentExceptionKind.Contradicted, attempt.Adapter, report, attempt.Currency, now);

    /// <summary>Only of payments: that nobody has paid under a reference that is not ours needs nobody.</summary>
    internal Task NobodysMoney(string adapter, PaymentReport report, DateTimeOffset now, bool isListed = false) =>
        report.Outcome is PaymentOutcome.Succeeded
            ? Note(
                PaymentExceptionKind.UnknownReference, adapter, report,
                WireNames.Parse<Currency>(report.Currency ?? "") ?? Currency.Tzs, now, isListed)
            : Task.CompletedTask;

    internal Task Refused(RefundWork refund, MobileMoneyTerms? terms, DateTimeOffset now) =>
        refund.Tries >= PatientTries || terms is { Refunds: false }
            ? Note(new NewPaymentException(
                PaymentExceptionKind.RefundRefused, refund.Adapter, refund.Reference, "", refund.Amount, Said: null,
                refund.PhoneNumber, now, refund.Currency))
            : Task.CompletedTask;

    /// <summary>A till's money that fits no payment, or several.</summary>
    internal Task Unmatched(KeptNotice notice, TillNotice told) => Note(new NewPaymentException(
        PaymentExceptionKind.TillUnmatched, notice.Adapter, told.Reference ?? "", notice.Receipt, notice.Amount,
        Said: null, told.PhoneNumber, notice.ReceivedAt, KitchenId: notice.KitchenId));

    /// <summary>The till's amount is not the one that a cashier has attested with the same receipt.</summary>
    internal Task Differs(KeptNotice notice, Money attested, string? phone) => Note(new NewPaymentException(
        PaymentExceptionKind.ReceiptDiffers, notice.Adapter, "", notice.Receipt, notice.Amount,
        $"attested as {attested}", phone, notice.ReceivedAt,
        KitchenId: notice.KitchenId, SessionId: notice.SessionId));

    /// <summary>The money went another way, and the aggregator says now that it has paid it too.</summary>
    internal Task PaidTwice(RefundWork refund, DateTimeOffset now) => Note(new NewPaymentException(
        PaymentExceptionKind.RefundPaidTwice, refund.Adapter, refund.Reference, "", refund.Amount, Said: null,
        refund.PhoneNumber, now, refund.Currency));

    /// <summary>The books have it, and the aggregator's list of the day has not.</summary>
    internal Task NotListed(string adapter, string reference, Money received, DateTimeOffset now) =>
        Note(new NewPaymentException(
            PaymentExceptionKind.NotListed, adapter, reference, "", received, Said: null, PhoneNumber: null, now));

    /// <summary>The aggregator's list has another amount than the books.</summary>
    internal Task Differs(string adapter, string reference, Money received, Money listed, DateTimeOffset now) =>
        Note(new NewPaymentException(
            PaymentExceptionKind.AmountDiffers, adapter, reference, "", received, $"{listed.Shillings} TZS",
            PhoneNumber: null, now));

    /// <summary>An amount that nobody has signed must be the one that was asked for.</summary>
    internal static bool IsUnclear(AttemptWork attempt, PaymentReport report) =>
        !(report.Amount > Money.Zero) || report.Currency != attempt.Currency.WireName
        || (report.Proof is Proof.Partial && report.Amount != attempt.Amount);

    /// <param name="currency">Of the amount: the payment's own, or of an unknown one what is said.</param>
    private Task Note(
        PaymentExceptionKind kind, string adapter, PaymentReport report, Currency currency, DateTimeOffset now,
        bool isListed = false) =>
        Note(new NewPaymentException(
            kind, adapter, Short(report.Reference) ?? "", Short(report.ProviderReference ?? report.Receipt) ?? "",
            report.Currency == currency.WireName && report.Amount > Money.Zero ? report.Amount : null,
            Short($"{report.AmountSaid} {report.Currency}".Trim()), report.PaidBy, now, currency, IsListed: isListed));

    private async Task Note(NewPaymentException found)
    {
        if (await noted.Note(found))
            PaymentMetrics.Exception(aggregators?.LabelOf(found.Adapter) ?? found.Adapter, found.Kind);
    }

    /// <summary>What others have written is kept only if it can be shown.</summary>
    private static string? Short(string? text) =>
        text is { Length: > 0 } && TextRules.IsPrintable(text, lineBreaks: false)
        ? text[..Math.Min(text.Length, LongestText)]
        : null;
}
