using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Domain.Sessions.Payments;

public enum PaymentOutcome { Succeeded = 1, Failed, Pending, Unknown }

/// <summary>How far a report is to be trusted.</summary>
public enum Proof
{
    /// <summary>Anybody might have said it: a reason to ask, and no more.</summary>
    Hint = 1,

    /// <summary>The aggregator signed all of it.</summary>
    Signed,

    /// <summary>We asked the aggregator, and it answered.</summary>
    Queried,
}

/// <summary>What an aggregator says of an attempt: by webhook, as the answer to a push, or when it is asked.</summary>
/// <param name="Amount">What the guest paid; null where it was not said, or said in no form that is money.</param>
/// <param name="ProviderReference">The aggregator's own name for the attempt.</param>
/// <param name="Reason">Why it failed, in the aggregator's words: for people, never to branch on.</param>
/// <param name="PaidBy">The phone that paid, in E.164, as far as it is said: what goes back goes there.</param>
public sealed record PaymentReport(
    string Reference,
    PaymentOutcome Outcome,
    Proof Proof,
    Money? Amount = null,
    string? Currency = null,
    string? ProviderReference = null,
    string? Reason = null,
    string? PaidBy = null)
{
    private const int LongestReason = 200;

    /// <summary>The reason, fit to be kept and shown.</summary>
    internal string? ReasonToKeep => Reason is { Length: > 0 } given && TextRules.IsPrintable(given, lineBreaks: false)
        ? given[..Math.Min(given.Length, LongestReason)]
        : null;

    /// <summary>
    /// The report may change something: it is proven, it speaks of the attempt that we know, and where it speaks of
    /// money it is in shillings. What is not credible is a reason to ask the aggregator.
    /// </summary>
    internal bool IsCredibleFor(PaymentAttempt attempt) =>
        Proof is Proof.Signed or Proof.Queried
        && (ProviderReference is null || (attempt.ProviderReference ?? ProviderReference) == ProviderReference)
        && (Outcome is not PaymentOutcome.Succeeded || (Amount > Money.Zero && Currency == "TZS"))
        // After a failure only an answer to our own question turns the story.
        && (Outcome is not PaymentOutcome.Succeeded || attempt.IsOpen || Proof is Proof.Queried);
}

/// <summary>What becomes of money that no session can take any more.</summary>
/// <param name="KitchenCustomerId">The customer whose phone has paid; null where the kitchen knows none.</param>
public sealed record LateMoney(LatePaymentPolicy Policy, Guid? KitchenCustomerId = null)
{
    public static LateMoney GoesBack { get; } = new(LatePaymentPolicy.Refund);
}

public enum SuspenseDecision
{
    /// <summary>It goes back to the phone that paid.</summary>
    Refund = 1,

    /// <summary>It goes onto a customer's balance.</summary>
    CreditKitchenWallet,

    /// <summary>Of a payment that fell short: it counts, and the rest is paid at the till.</summary>
    TakeRest,
}

/// <summary>Somebody decides about money that waits in suspense.</summary>
/// <param name="Reference">The attempt that brought it.</param>
/// <param name="KitchenCustomerId">Whose balance, for a credit; null for the customer whose phone has paid.</param>
/// <param name="Payments">The rest, where it is taken.</param>
public sealed record ResolveSuspense(
    Caller By, string Reference, SuspenseDecision Decision, Guid? KitchenCustomerId = null,
    Sequence<PaymentRequest>? Payments = null, Operation? Operation = null);

/// <summary>A caller gives the number whose phone is to ring for a payment that waits.</summary>
public sealed record InitiatePayment(
    Caller By, Guid PaymentId, string PhoneNumber, string? Provider = null, Operation? Operation = null);

/// <summary>A user of the app approves a payment from the own wallet.</summary>
/// <param name="LiveMode">Of the user's account; test money pays for test sessions only.</param>
public sealed record AuthorizePayment(Caller By, bool LiveMode, Guid PaymentId, Operation? Operation = null);
