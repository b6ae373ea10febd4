using System.Text.Json.Serialization;
using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Domain.Sessions.Payments;

public enum PaymentOutcome
{
    Succeeded = 1,
    Failed,
    Pending,
    Unknown,

    /// <summary>It was paid, and the network has taken the money back since.</summary>
    Reversed,
}

/// <summary>How far a report can be trusted.</summary>
public enum Proof
{
    /// <summary>Unproven, anyone may have sent it: only a reason to query the aggregator.</summary>
    Hint = 1,

    /// <summary>
    /// The aggregator signed which payment it is and how it ended, but not the amount and not the time. It counts only
    /// for an attempt whose id at the aggregator is known already, and for exactly the amount asked.
    /// </summary>
    Partial,

    /// <summary>The aggregator signed the whole report.</summary>
    Signed,

    /// <summary>It is the aggregator's answer to our own request.</summary>
    Queried,

    /// <summary>
    /// A person has decided it, with the aggregator's dashboard at hand. It counts as an answer to a question, and as
    /// other money where the attempt is paid already.
    /// </summary>
    Decided,
}

/// <summary>An aggregator's report about an attempt: by webhook, or as the answer to a push or a query.</summary>
/// <param name="Amount">The amount that the guest paid; null when it is missing or not a valid amount.</param>
/// <param name="ProviderReference">The aggregator's own id for the attempt.</param>
/// <param name="Reason">Why it failed, in the aggregator's words: for people, never to branch on.</param>
/// <param name="PaidBy">The phone that paid, in E.164, if it is given: refunds go there.</param>
/// <param name="Receipt">The network's receipt for the money; each payment has its own.</param>
/// <param name="CardPage">The address of the card gateway's page for it.</param>
/// <param name="AmountSaid">The amount as the aggregator wrote it: for people, where it is not a valid one.</param>
/// <param name="KnownReference">
/// The aggregator's own id for the attempt that was noted before, when it took the push; null when there was none.
/// </param>
public sealed record PaymentReport(
    string Reference,
    PaymentOutcome Outcome,
    Proof Proof,
    Money? Amount = null,
    string? Currency = null,
    string? ProviderReference = null,
    string? Reason = null,
    string? PaidBy = null,
    string? Receipt = null,
    string? AmountSaid = null,
    string? CardPage = null,
    string? KnownReference = null)
{
    private const int LongestReason = 200;

    /// <summary>
    /// What names the money of a payment: the aggregator's own id, and the network's receipt. None where the aggregator
    /// has not said all of it: whoever could write a receipt there would take it away from its payment.
    /// </summary>
    [JsonIgnore]
    public Sequence<string> Receipts => this is
    { Outcome: PaymentOutcome.Succeeded, Proof: Proof.Signed or Proof.Queried }
        ? new[] { ProviderReference, Receipt }.OfType<string>().Distinct().ToSequence()
        : [];

    /// <summary>The reason if it is printable, cut to 200 characters, so that it can be stored and shown.</summary>
    internal string? ReasonToKeep => Reason is { Length: > 0 } given && TextRules.IsPrintable(given, lineBreaks: false)
        ? given[..Math.Min(given.Length, LongestReason)]
        : null;

    /// <summary>
    /// The report may change the attempt: it is proven, its provider reference does not differ from the known one, and
    /// a success has an amount in the session's currency. A report that is not credible is only a reason to query the
    /// aggregator.
    /// </summary>
    /// <param name="due">The amount asked.</param>
    internal bool IsCredibleFor(PaymentAttempt attempt, Money due, Currency currency) =>
        Proof switch
        {
            Proof.Hint => false,
            Proof.Partial => attempt.ProviderReference is { } known && known == ProviderReference
                && (Outcome is not PaymentOutcome.Succeeded || Amount == due),
            Proof.Signed or Proof.Queried or Proof.Decided => true,
        }
        && (ProviderReference is null || (attempt.ProviderReference ?? ProviderReference) == ProviderReference)
        && (Outcome is not PaymentOutcome.Succeeded || (Amount > Money.Zero && Currency == currency.WireName))
        // After a failure only the answer to our own query, or a person, can change the outcome to success.
        && (Outcome is not PaymentOutcome.Succeeded || attempt.IsOpen || Proof is Proof.Queried or Proof.Decided);
}

/// <summary>What to do with money that no session can take any more.</summary>
/// <param name="KitchenCustomerId">The customer whose phone paid; null when the kitchen has no such customer.</param>
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

    /// <summary>Only for an underpaid payment: the money counts, and the rest is paid at the till.</summary>
    TakeRest,
}

/// <summary>A decision about money in suspense.</summary>
/// <param name="Reference">The reference of the attempt that received the money.</param>
/// <param name="KitchenCustomerId">For a credit, the customer; null for the customer whose phone paid.</param>
/// <param name="Payments">For TAKE_REST, the payments of the rest.</param>
public sealed record ResolveSuspense(
    Caller By, string Reference, SuspenseDecision Decision, Guid? KitchenCustomerId = null,
    Sequence<PaymentRequest>? Payments = null, Operation? Operation = null) : IGrainCommand
{
    public Sequence<Refusal> Broken() => Decision is SuspenseDecision.TakeRest
        ? SessionRules.AtTheTill(Payments, ChannelTerms.OfTheRest, "rest")
        : Payments is null
            ? []
            :
            [
                SessionRefusals.BrokenRule(
                    "payments-not-allowed", "/payments", "Only TAKE_REST takes further payments."),
            ];
}

/// <summary>A caller gives the phone number for the push of a pending payment.</summary>
public sealed record InitiatePayment(
    Caller By, Guid PaymentId, string PhoneNumber, string? Provider = null, Operation? Operation = null)
    : IGrainCommand
{
    public Sequence<Refusal> Broken() =>
    [
        .. FieldRules.Phone(PhoneNumber, "/phoneNumber"),
        .. FieldRules.Note(Provider, "/provider", SessionRules.LongestProvider),
    ];
}

/// <summary>An app user approves a payment from their own wallet.</summary>
/// <param name="LiveMode">The mode of the user's account; test money pays for test sessions only.</param>
public sealed record AuthorizePayment(Caller By, bool LiveMode, Guid PaymentId, Operation? Operation = null)
    : IGrainCommand;
