using System.Text.Json.Serialization;

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

    /// <summary>People gave a refused refund back another way, and now the aggregator says that it paid it.</summary>
    RefundPaidTwice,

    /// <summary>The books have a payment that the aggregator's list of the day has not.</summary>
    NotListed,

    /// <summary>The aggregator's list of the day has another amount than the books.</summary>
    AmountDiffers,
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

    /// <summary>Of a refused refund: it is sent to another phone.</summary>
    AnotherPhone,

    /// <summary>Of a refused refund: the guest gets cash out of an open drawer.</summary>
    Cash,

    /// <summary>Of a refused refund: it goes onto the customer's balance.</summary>
    Balance,

    /// <summary>Nobody claimed it in time: the product sends it back to the phone. Not for people to decide.</summary>
    Returned,
}

/// <summary>Which decisions there are for what.</summary>
public static class PaymentExceptionRules
{
    private static readonly Sequence<PaymentExceptionDecision>
        ofAmounts = [PaymentExceptionDecision.Received, PaymentExceptionDecision.Close],
        ofUnknownPayments = [PaymentExceptionDecision.Assign, PaymentExceptionDecision.Close],
        // It is in no books before somebody assigns it, so that it can be paid back beside them.
        ofTills =
        [
            PaymentExceptionDecision.Assign, PaymentExceptionDecision.PaidBack, PaymentExceptionDecision.Close,
        ],
        // A refund that nobody has paid back is still owed, and is tried on: it cannot be closed.
        ofRefunds =
        [
            PaymentExceptionDecision.PaidBack, PaymentExceptionDecision.AnotherPhone, PaymentExceptionDecision.Cash,
            PaymentExceptionDecision.Balance,
        ],
        ofNews = [PaymentExceptionDecision.Close];

    extension(PaymentExceptionKind kind)
    {
        /// <summary>What people may decide about it; CASH is for managers of the kitchen only.</summary>
        public Sequence<PaymentExceptionDecision> Decisions => kind switch
        {
            PaymentExceptionKind.AmountUnclear => ofAmounts,
            PaymentExceptionKind.UnknownReference => ofUnknownPayments,
            PaymentExceptionKind.TillUnmatched => ofTills,
            PaymentExceptionKind.RefundRefused => ofRefunds,
            PaymentExceptionKind.Reversed or PaymentExceptionKind.Contradicted or PaymentExceptionKind.ReceiptDiffers
                or PaymentExceptionKind.RefundPaidTwice or PaymentExceptionKind.NotListed
                or PaymentExceptionKind.AmountDiffers => ofNews,
        };
    }
}

/// <summary>What a person decides about a payment exception.</summary>
/// <param name="Amount">For RECEIVED.</param>
/// <param name="Reference">For ASSIGN: the payment's.</param>
/// <param name="Note">In the words of who decided; for the audit trail.</param>
/// <param name="PhoneNumber">For ANOTHER_PHONE, in E.164.</param>
/// <param name="ShiftId">For CASH: an open shift of the kitchen.</param>
/// <param name="KitchenCustomerId">For BALANCE, if it is not the customer of the session.</param>
public sealed record PaymentExceptionResolution(
    PaymentExceptionDecision Decision, Money? Amount = null, string? Reference = null, string? Note = null,
    string? PhoneNumber = null, Guid? ShiftId = null, Guid? KitchenCustomerId = null) : ICommand
{
    public const int LongestNote = 200;

    public Sequence<Refusal> Broken() =>
    [
        .. Amount is { } amount && (amount <= Money.Zero || amount > Money.Largest)
            ? [SessionRefusals.BrokenRule("amount-out-of-range", "/amount", $"1 to {Money.Largest}.")]
            : Array.Empty<Refusal>(),
        .. Reference is { } named && !(named.Length is PaymentReference.Length && named.All(char.IsAsciiLetterOrDigit))
            ? [SessionRefusals.BrokenRule("invalid-text", "/reference", "20 letters and digits.")]
            : Array.Empty<Refusal>(),
        .. FieldRules.Note(Note, "/note", LongestNote),
        .. FieldRules.Phone(PhoneNumber, "/phoneNumber"),
    ];

    /// <summary>The way by which it gives back a refused refund; null when it does not.</summary>
    [JsonIgnore]
    public RefundWay? Way => Decision switch
    {
        PaymentExceptionDecision.PaidBack => RefundWay.Dashboard,
        PaymentExceptionDecision.AnotherPhone => RefundWay.AnotherPhone,
        PaymentExceptionDecision.Cash => RefundWay.Cash,
        PaymentExceptionDecision.Balance => RefundWay.Balance,
        PaymentExceptionDecision.Received or PaymentExceptionDecision.Assign or PaymentExceptionDecision.Close
            or PaymentExceptionDecision.Returned => null,
    };
}
