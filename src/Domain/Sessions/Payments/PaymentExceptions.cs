namespace JikoXpress.Domain.Sessions.Payments;

/// <summary>Why a payment waits for a person: no rule can decide it.</summary>
public enum PaymentExceptionKind
{
    /// <summary>The aggregator says that it is paid, and its amount or currency cannot be taken as it is.</summary>
    AmountUnclear = 1,

    /// <summary>The network has taken the money back after it was paid.</summary>
    Reversed,

    /// <summary>First it was paid; asked again, the aggregator says that it failed, not that it is reversed.</summary>
    Contradicted,

    /// <summary>The aggregator tells of a payment with a reference that is not ours.</summary>
    UnknownReference,

    /// <summary>The aggregator has refused a refund several times, or cannot pay back.</summary>
    RefundRefused,

    /// <summary>The kitchen's till tells of money that fits no payment, or several.</summary>
    TillUnmatched,

    /// <summary>The kitchen's till says another amount than a cashier has attested with the same receipt.</summary>
    ReceiptDiffers,
}

public enum PaymentExceptionDecision
{
    /// <summary>Of an unclear amount: so much was received, as the aggregator's dashboard shows.</summary>
    Received = 1,

    /// <summary>Of an unknown reference, or a till's money: the money was for this payment.</summary>
    Assign,

    /// <summary>People have settled it in another way, such as in the aggregator's dashboard.</summary>
    Close,

    /// <summary>Of a refused refund, or a till's money: people have paid it back.</summary>
    PaidBack,
}

/// <summary>What a person decides about a payment exception.</summary>
/// <param name="Amount">For RECEIVED.</param>
/// <param name="Reference">For ASSIGN: the payment's.</param>
/// <param name="Note">In the words of who decided; for the audit trail.</param>
public sealed record PaymentExceptionResolution(
    PaymentExceptionDecision Decision, Money? Amount = null, string? Reference = null, string? Note = null) : ICommand
{
    public const int LongestNote = 200;

    public Sequence<Refusal> Broken() =>
    [
        .. Amount is { } amount && (amount <= Money.Zero || amount > Money.Largest)
            ? [SessionRefusals.BrokenRule("amount-out-of-range", "/amount", $"1 to {Money.Largest}.")]
            : Array.Empty<Refusal>(),
        .. FieldRules.Note(Note, "/note", LongestNote),
    ];
}

/// <summary>The refusals of decisions about payment exceptions.</summary>
public static class PaymentExceptionRefusals
{
    public static Refusal NotFound { get; } = new(
        RefusalStage.NotThere, "not-found", "There is no such payment exception.");

    public static Refusal Resolved { get; } = new(
        RefusalStage.State, "payment-exception-resolved", "This payment exception does not wait any more.");

    public static Refusal DecisionNotAllowed { get; } = new(
        RefusalStage.Rules, "decision-not-allowed",
        "RECEIVED is for an unclear amount, ASSIGN for an unknown reference or a till's money, PAID_BACK for a refused "
        + "refund or a till's money, CLOSE for all but a refused refund.",
        "/decision");

    public static Refusal AmountRequired { get; } = new(
        RefusalStage.Rules, "field-required", "RECEIVED needs the amount.", "/amount");

    public static Refusal ReferenceRequired { get; } = new(
        RefusalStage.Rules, "field-required", "ASSIGN needs the reference of the payment.", "/reference");

    public static Refusal CurrencyMismatch(Currency money, Currency payment) => new(
        RefusalStage.Rules, "currency-mismatch",
        $"The money is in {money.WireName} and the payment in {payment.WireName}: nothing is converted. Pay it back in "
        + "the aggregator's dashboard.",
        "/reference");

    public static Refusal PaymentNotFound { get; } = new(
        RefusalStage.Rules, "payment-not-found", "The same account has no payment with this reference.", "/reference");
}
