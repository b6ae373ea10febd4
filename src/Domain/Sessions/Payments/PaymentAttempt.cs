using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace JikoXpress.Domain.Sessions.Payments;

public enum AttemptStatus
{
    /// <summary>No push is sent: a guest with the reference may pay it from the phone's own menu.</summary>
    Offered = 1,

    /// <summary>Stored; the push is being sent to the aggregator, or has been.</summary>
    Sent,

    /// <summary>
    /// The aggregator has told that the guest decides, by webhook or after it was <see cref="Unknown"/>.
    /// </summary>
    Pending,

    /// <summary>The aggregator's answer was missing or unclear. This never counts as a failure.</summary>
    Unknown,

    Succeeded,
    Failed,
}

/// <summary>
/// One push to a guest's phone, or one reference that a guest may pay from it. It is stored before the aggregator is
/// called, and paid once.
/// </summary>
/// <param name="Reference">Its reference at the aggregator: 20 characters, never used twice.</param>
/// <param name="Adapter">The adapter of the aggregator that handles it.</param>
/// <param name="PhoneNumber">The phone that gets the push, or has paid, in E.164; null until that is known.</param>
/// <param name="ProviderReference">The aggregator's own id for it, once that is known.</param>
/// <param name="Reason">Why it failed, in the aggregator's words.</param>
/// <param name="Received">The amount that the guest paid; it may differ from the amount asked.</param>
/// <param name="Refunds">The refunds of it, paid or under way.</param>
/// <param name="InSuspense">Why its money waits in suspense for a decision; null when it does not.</param>
/// <param name="Credit">The balance that its money went onto, instead of back.</param>
/// <param name="PaidAs">
/// For a follower's share of a group payment: the reference of the leading session's attempt that received the money.
/// For a further payment of a reference: that reference.
/// </param>
/// <param name="Receipt">The network's receipt, if the aggregator gives it.</param>
/// <param name="ReversedAt">When the network's taking the money back became known; null while it has not.</param>
/// <param name="Card">For a payment by card: the gateway's page. Null where a phone pays.</param>
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
    string? PaidAs = null,
    string? Receipt = null,
    DateTimeOffset? ReversedAt = null,
    CardPage? Card = null)
{
    /// <summary>The reference that the aggregator knows the money by.</summary>
    [JsonIgnore]
    public string KnownAs => PaidAs ?? Reference;

    /// <summary>The guest may still pay.</summary>
    [JsonIgnore]
    public bool IsOpen => IsRinging || Status is AttemptStatus.Offered;

    /// <summary>A push was sent, or is about to be, and the guest may still accept it.</summary>
    [JsonIgnore]
    public bool IsRinging => Status is AttemptStatus.Sent or AttemptStatus.Pending or AttemptStatus.Unknown;

    /// <summary>
    /// The received money belongs to the payment, even if it is too little: it came in time, and was not refunded or
    /// credited.
    /// </summary>
    internal bool HasPaidThePayment =>
        Status is AttemptStatus.Succeeded && InSuspense is not SuspenseReason.Late && Credit is null
        && (Refunds ?? []).All(refund => refund.Part != Refund.OfPayment);

    /// <summary>What was received and is not on its way back.</summary>
    internal Money Left => (Received ?? Money.Zero) - (Refunds ?? []).Sum(refund => refund.Amount);

    internal SuspendedMoney? Suspended(DateTimeOffset now) => this is { InSuspense: { } why, Received: { } amount }
        ? new SuspendedMoney(why, amount, PhoneNumber, now)
        : null;

    internal PaymentAttempt With(Refund refund) => this with
    {
        Refunds = (Refunds ?? []).Select(known => known.Part == refund.Part ? refund : known).ToSequence(),
    };

    internal PaymentAttempt Refunding(int part, Money amount) => this with
    {
        InSuspense = null,
        Refunds = (Refunds ?? []).With(
            new Refund(PaymentReference.OfRefund(Reference, part), part, amount, Done: false)),
    };
}

/// <summary>
/// A page of a card gateway, on which the customer enters the card and proves to the bank who pays. No number of a card
/// comes here.
/// </summary>
/// <param name="ReturnTo">Where the gateway sends the customer back to.</param>
/// <param name="Address">The page; null until the gateway has made it.</param>
public sealed record CardPage(string ReturnTo, string? Address = null);

/// <summary>Money on its way back to the phone that paid it.</summary>
/// <param name="Part">
/// 0 for the payment's own money, 1 for the surplus that was paid: each goes back once at most. From 2 on, the refunds
/// of the order, in sequence.
/// </param>
/// <param name="Reference">Its reference at the aggregator; another phone gets it under another one.</param>
/// <param name="Done">It is paid back, by whichever way.</param>
/// <param name="Decided">What people decided when the aggregator refused it; null when nobody had to.</param>
public sealed record Refund(string Reference, int Part, Money Amount, bool Done, RefundDecision? Decided = null)
{
    public const int OfPayment = 0;
    public const int OfSurplus = 1;
    public const int OfOrder = 2;

    /// <summary>The reference that it is tried with now.</summary>
    [JsonIgnore]
    public string KnownAs => PaymentReference.OfOtherPhone(this, Decided?.Number ?? 0);

    /// <summary>It is tried with this reference, or was before another phone was named.</summary>
    internal bool IsKnownAs(string reference) => Enumerable
        .Range(0, (Decided?.Number ?? 0) + 1)
        .Any(number => PaymentReference.OfOtherPhone(this, number) == reference);
}

/// <summary>Why mobile money waits in suspense for a decision.</summary>
public enum SuspenseReason
{
    /// <summary>It came when no payment could take it, and the kitchen's policy is to decide manually.</summary>
    Late = 1,

    /// <summary>The guest paid less than was due; the session is still pending.</summary>
    Underpaid,
}

/// <summary>Mobile money that went onto a kitchen customer's balance.</summary>
public sealed record WalletCredit(Guid KitchenCustomerId, Money Amount);

/// <summary>The values needed to start pushes: the aggregator's adapter, and an id for each payment.</summary>
/// <param name="Adapter">Null when no aggregator serves the kitchen, but for its own payment methods.</param>
/// <param name="Ids">One for each payment, in the same order.</param>
/// <param name="Country">Of the phones that it rings.</param>
public sealed record Pushes(string? Adapter, Sequence<PushId> Ids, Country Country = Country.Tz);

public sealed record PushId(Guid Id, string Reference);

/// <summary>
/// References for aggregators: two letters and 18 characters of Crockford's base32. All have the same length: in a
/// signature over concatenated fields, one reference can then never be the beginning of another.
/// </summary>
public static class PaymentReference
{
    public const int Length = 20;

    /// <summary>The first letters of refunds to other phones: no other reference begins with one of them.</summary>
    private const string OtherPhones = "TVWXY";

    private const int FromSecond = 5;
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static readonly SearchValues<char> Known = SearchValues.Create(Letters);

    /// <summary>It has the form of our references. That it is one of ours, only the rows say.</summary>
    public static bool IsOne(string text) => text.Length == Length && !text.AsSpan().ContainsAnyExcept(Known);

    /// <summary>A reference from 89 random bits.</summary>
    public static string Of(ulong bits, ulong moreBits) =>
        $"JX{Sessions.SlipCode.Of(bits)}{Sessions.SlipCode.Of(moreBits)[^FromSecond..]}";

    /// <summary>
    /// The id and reference of a further payment of a reference: a repeated report gives the same ones.
    /// </summary>
    /// <param name="other">The aggregator's id for the further payment.</param>
    internal static (Guid Id, string Reference) OfFurther(string reference, string other)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{reference}/{other}")).AsSpan();
        return (
            new Guid(hash[..16], bigEndian: true),
            Of(BinaryPrimitives.ReadUInt64BigEndian(hash[16..]), BinaryPrimitives.ReadUInt64BigEndian(hash[24..])));
    }

    /// <summary>The refund's reference, derived from attempt and part: a repeated request has the same one.</summary>
    public static string OfRefund(string attempt, int part) => part switch
    {
        Refund.OfPayment => $"JR{attempt[2..]}",
        Refund.OfSurplus => $"JS{attempt[2..]}",
        _ => $"R{Letters[part - Refund.OfOrder]}{attempt[2..]}",
    };

    /// <summary>
    /// The reference under which money that nobody has claimed goes back; no other reference begins with its letters.
    /// </summary>
    /// <remarks>
    /// Derived from what the aggregator says, so that it goes back once, even by a database that was restored.
    /// </remarks>
    public static string OfReturn(string adapter, string reference, string receipt)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"return/{adapter}/{reference}/{receipt}")).AsSpan();
        var random = Of(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..]));
        return $"ZM{random[2..]}";
    }

    /// <summary>The reference of a refund to another phone than the one that paid.</summary>
    /// <param name="number">Counts the phones that were named; 0 is the refund's own reference.</param>
    internal static string OfOtherPhone(Refund refund, int number) => number is 0
        ? refund.Reference
        : $"{OtherPhones[number - 1]}{Letters[refund.Part]}{refund.Reference[2..]}";
}
