using System.Text.Json.Serialization;

namespace JikoXpress.Domain.Sessions.Payments;

public enum AttemptStatus
{
    /// <summary>No phone is asked: whoever has the reference may pay it from the phone's own menu.</summary>
    Offered = 1,

    /// <summary>Stored; the aggregator has it, or gets it any moment.</summary>
    Sent,

    /// <summary>The aggregator has it; the guest decides.</summary>
    Pending,

    /// <summary>Nobody knows: the aggregator was silent or unclear. Never taken for a failure.</summary>
    Unknown,

    Succeeded,
    Failed,
}

/// <summary>
/// One push to a guest's phone, or one reference that a guest may pay from it. It is stored before anything leaves the
/// house, and paid once.
/// </summary>
/// <param name="Reference">What the aggregator knows it by: 20 characters, never used twice.</param>
/// <param name="Adapter">Which aggregator carries it.</param>
/// <param name="PhoneNumber">The phone that rings, or has paid, in E.164; null until that is known.</param>
/// <param name="ProviderReference">The aggregator's own name for it, once that is known.</param>
/// <param name="Reason">Why it failed, in the aggregator's words.</param>
/// <param name="Received">What the guest paid; not always what was asked.</param>
/// <param name="Refunds">What of it went back, or goes back.</param>
/// <param name="InSuspense">
/// Why what it received waits in suspense for somebody to decide; null where it does not.
/// </param>
/// <param name="Credit">Whose balance it went onto, instead of back.</param>
/// <param name="PaidAs">
/// The attempt that brought the money, where this is the share of it that another session of the group got.
/// </param>
public sealed record PaymentAttempt(
    Guid Id,
    string Reference,
    string Adapter,
    string? PhoneNumber,
    AttemptStatus Status,
    DateTimeOffset StartedAt,
    string? ProviderReference = null,
    string? Reason = null,
    Money? Received = null,
    Sequence<Refund>? Refunds = null,
    [property: JsonPropertyName("parked")] SuspenseReason? InSuspense = null,
    WalletCredit? Credit = null,
    string? PaidAs = null)
{
    /// <summary>The reference that the aggregator knows the money by.</summary>
    [JsonIgnore]
    public string KnownAs => PaidAs ?? Reference;

    /// <summary>Money may still come of it.</summary>
    [JsonIgnore]
    public bool IsOpen => IsRinging || Status is AttemptStatus.Offered;

    /// <summary>A phone has been asked, and its guest may still say yes.</summary>
    [JsonIgnore]
    public bool IsRinging => Status is AttemptStatus.Sent or AttemptStatus.Pending or AttemptStatus.Unknown;

    /// <summary>
    /// What it received is the payment's, all of it or too little: it has not gone anywhere else, nor come too late.
    /// </summary>
    internal bool HasPaidThePayment =>
        Status is AttemptStatus.Succeeded && InSuspense is not SuspenseReason.Late && Credit is null
        && (Refunds ?? []).All(refund => refund.Part != Refund.OfPayment);

    internal PaymentAttempt Refunding(int part, Money amount) => this with
    {
        InSuspense = null,
        Refunds = (Refunds ?? []).With(
            new Refund(PaymentReference.OfRefund(Reference, part), part, amount, Done: false)),
    };
}

/// <summary>Money on its way back to the phone that paid it.</summary>
/// <param name="Part">
/// 0 for what the payment got, 1 for what was paid beyond that: each goes back once at most. From 2 on, what the
/// refunds of the order take, one after the other.
/// </param>
/// <param name="Done">The aggregator has paid it back.</param>
public sealed record Refund(string Reference, int Part, Money Amount, bool Done)
{
    public const int OfPayment = 0;
    public const int OfSurplus = 1;
    public const int OfOrder = 2;
}

/// <summary>Why mobile money waits in suspense for somebody to decide.</summary>
public enum SuspenseReason
{
    /// <summary>No session could take it, and the kitchen wants to decide itself.</summary>
    Late = 1,

    /// <summary>The guest paid less than was due, and the session still waits.</summary>
    Underpaid,
}

/// <summary>Mobile money that went onto a kitchen customer's balance.</summary>
public sealed record WalletCredit(Guid KitchenCustomerId, Money Amount);

/// <summary>What starting pushes needs: the aggregator that carries them, and a name for each payment's.</summary>
/// <param name="Ids">As many as there are payments, in their order.</param>
public sealed record Pushes(string Adapter, Sequence<PushId> Ids);

public sealed record PushId(Guid Id, string Reference);

/// <summary>
/// References for aggregators: two letters and 18 characters of Crockford's base32. All have one length, so that in a
/// signature over joined fields none can pass for the beginning of another.
/// </summary>
public static class PaymentReference
{
    public const int Length = 20;

    private const int FromSecond = 5;
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A reference from 89 random bits.</summary>
    public static string Of(ulong bits, ulong moreBits) =>
        $"JX{Sessions.SlipCode.Of(bits)}{Sessions.SlipCode.Of(moreBits)[^FromSecond..]}";

    /// <summary>The one name that the refund of a part of an attempt can have: asking twice is asking once.</summary>
    public static string OfRefund(string attempt, int part) => part switch
    {
        Refund.OfPayment => $"JR{attempt[2..]}",
        Refund.OfSurplus => $"JS{attempt[2..]}",
        _ => $"R{Letters[part - Refund.OfOrder]}{attempt[2..]}",
    };
}
