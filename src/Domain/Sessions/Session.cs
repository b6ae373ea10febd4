using System.Text.Json.Serialization;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Sessions;

/// <summary>A checkout session, in exactly one of these states at a time.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(NotOpened), "NOT_OPENED")]
[JsonDerivedType(typeof(Pending), "PENDING")]
[JsonDerivedType(typeof(Confirmed), "CONFIRMED")]
[JsonDerivedType(typeof(Ended), "ENDED")]
public abstract record Session
{
    private Session() { }

    public static Session Initial { get; } = new NotOpened();

    public sealed record NotOpened : Session;

    /// <summary>The members that every opened session has.</summary>
    /// <param name="Timeline">
    /// Not written to JSON: <see cref="Kept"/> is written in its place, under the name timeline. This member has
    /// another JSON name, because the serializer cannot bind the constructor when two members have the same name.
    /// </param>
    public abstract record Opened(
        Guid Id,
        SessionOpening Opening,
        [property: JsonPropertyName("legs")] Sequence<Payment> Payments,
        Sequence<Operation> Operations,
        [property: JsonIgnore, JsonPropertyName("told")] Sequence<TimelineEntry> Timeline) : Session
    {
        /// <summary>The timeline in JSON, without values that repeat the opening or the entry before.</summary>
        [JsonInclude, JsonPropertyName("timeline")]
        internal Sequence<StoredTimelineEntry> Kept
        {
            get => StoredTimelineEntry.Shorten(Opening, Timeline);
            init => Timeline = StoredTimelineEntry.Restore(Opening, value);
        }

        [JsonIgnore]
        public abstract SessionStatus Status { get; }

        /// <summary>The session takes the payment for its group: the others confirm or end with it.</summary>
        [JsonIgnore]
        public bool Leads => Opening.Group?.Id == Id;

        /// <summary>Another session of its group takes the payment.</summary>
        [JsonIgnore]
        public bool Follows => Opening.Group is { } group && group.Id != Id;
    }

    /// <summary>
    /// Waits for payment until it expires. A slip waits for a cashier, and for the attempt that a cashier has begun, if
    /// any.
    /// </summary>
    public sealed record Pending(
        Guid Id,
        SessionOpening Opening,
        Sequence<Payment> Payments,
        Sequence<Operation> Operations,
        Sequence<TimelineEntry> Timeline,
        DateTimeOffset ExpiresAt,
        SlipAttempt? Attempt) : Opened(Id, Opening, Payments, Operations, Timeline)
    {
        [JsonIgnore]
        public override SessionStatus Status => SessionStatus.PendingPayment;
    }

    /// <summary>
    /// Paid in full, or a round on a bill; its order exists. A session that pays a bill has no order.
    /// </summary>
    /// <param name="OrderState">Null while nothing has changed since the confirmation.</param>
    public sealed record Confirmed(
        Guid Id,
        SessionOpening Opening,
        Sequence<Payment> Payments,
        Sequence<Operation> Operations,
        Sequence<TimelineEntry> Timeline,
        DateTimeOffset At,
        Guid? OrderId,
        [property: JsonPropertyName("afterSale")] OrderState? OrderState = null)
        : Opened(Id, Opening, Payments, Operations, Timeline)
    {
        [JsonIgnore]
        public override SessionStatus Status => SessionStatus.Confirmed;
    }

    /// <summary>Ended without an order: its stock and its money are given back.</summary>
    public sealed record Ended(
        Guid Id,
        SessionOpening Opening,
        Sequence<Payment> Payments,
        Sequence<Operation> Operations,
        Sequence<TimelineEntry> Timeline,
        DateTimeOffset At,
        SessionStatus EndedAs,
        EndReason Reason) : Opened(Id, Opening, Payments, Operations, Timeline)
    {
        [JsonIgnore]
        public override SessionStatus Status => EndedAs;
    }
}

public enum EndReason { SlipTimeout = 1, PaymentTimeout, EndedEarly, CancelledByCaller, PaymentDeclined }

/// <summary>A cashier's attempt to take the money for a slip, while some of its payments are pending.</summary>
public sealed record SlipAttempt(
    Guid Id, Caller By, [property: JsonPropertyName("lapsesAt")] DateTimeOffset ExpiresAt);

public enum TimelineEntryKind
{
    Opened = 1, PaymentStarted, PaymentLapsed, Confirmed, Expired, Cancelled, Failed, MoneyReturned,
    PaymentReceived, PaymentDeclined, MoneyParked, MoneyRefunded,
    MoneyCredited, RefundDecided, RestTaken,
    OrderRefunded, OrderApproved, OrderRejected, ApprovalOverdue, LineVoided, PaymentCorrected, PaymentReversed,
}

/// <summary>One line of a session's timeline.</summary>
public sealed record TimelineEntry(TimelineEntryKind What, DateTimeOffset At, Caller By);

/// <summary>The terms fixed when a session is opened; they never change.</summary>
/// <param name="Number">Counted per kitchen and business day; the slip and the order carry it.</param>
/// <param name="SlipCode">The text of a slip's barcode; only slips have one.</param>
/// <param name="BillId">The bill that the session is a round of, or that it pays.</param>
/// <param name="Pays">
/// The amount that it pays of the bill, or the web shop; null for sessions that sell dishes.
/// </param>
/// <param name="Approval">For orders that guests pay at their table: staff have to approve them.</param>
/// <param name="Group">The sessions of the cart's checkout; null for sessions that do not come from a cart.</param>
/// <param name="OtherCurrency">The kitchen's; null for the usual one, as in all that was stored before others.</param>
/// <param name="Hosted">Of a merchant's web shop only.</param>
/// <param name="CommissionRate">The platform's, in basis points; null where it has none.</param>
public sealed record SessionOpening(
    Guid KitchenId,
    Caller OpenedBy,
    DateTimeOffset OpenedAt,
    DateOnly BusinessDate,
    int Number,
    string? SlipCode,
    bool LiveMode,
    SessionType SessionType,
    Channel Channel,
    FulfillmentType FulfillmentType,
    string? TableNumber,
    string? LaneNumber,
    string? Tag,
    string? OrderInstructions,
    string? CustomerPhone,
    DeliveryAddress? DeliveryAddress,
    string? ClientReference,
    Guid? ReissueOf,
    Sequence<Line> Lines,
    Guid? BillId = null,
    Money? Pays = null,
    ApprovalTerms? Approval = null,
    SessionGroup? Group = null,
    [property: JsonPropertyName("currency")] Currency? OtherCurrency = null,
    HostedTerms? Hosted = null,
    [property: JsonPropertyName("commission")] int? CommissionRate = null)
{
    [JsonIgnore]
    public Currency Currency => OtherCurrency ?? Currency.Tzs;

    [JsonIgnore]
    public Money Total => Pays ?? Lines.Sum(line => line.Total);

    /// <summary>
    /// The money has to come to the platform, and not to an account of the kitchen's own: it is for several kitchens,
    /// or for a merchant's wallet, which the platform pays out.
    /// </summary>
    [JsonIgnore]
    public bool IsPaidToPlatform => Group is { Sessions.Count: > 1 } || Hosted?.Register is not null;
}

/// <summary>The sessions of one cart, one for each kitchen. They are paid together, or not at all.</summary>
/// <param name="Sessions">The first one takes the payment for all of them.</param>
public sealed record SessionGroup(Sequence<Guid> Sessions)
{
    [JsonIgnore]
    public Guid Id => Sessions[0];

    [JsonIgnore]
    public IEnumerable<Guid> Followers => Sessions.Skip(1);
}

/// <summary>One priced line.</summary>
public sealed record Line(Guid MenuId, string Name, int Quantity, Money UnitPrice, string? ItemInstructions)
{
    [JsonIgnore]
    public Money Total => UnitPrice * Quantity;
}

public sealed record DeliveryAddress(
    string Street, string Area, string City, string? Notes, double? Latitude, double? Longitude);

public enum PaymentStatus
{
    /// <summary>Waits for the guest or the aggregator.</summary>
    Pending = 1,

    /// <summary>Taken, or held on a wallet, until the session's other payments are final.</summary>
    Held,

    /// <summary>Applied to the order.</summary>
    Paid,

    /// <summary>Ended without a payment, or its hold was released; nothing is owed.</summary>
    Released,

    /// <summary>Taken by staff and to be handed back to the guest.</summary>
    ToReturn,

    /// <summary>Handed back.</summary>
    Returned,

    /// <summary>
    /// The phone paid less than was due: the money is in suspense, does not count, and needs a decision.
    /// </summary>
    Underpaid,

    /// <summary>
    /// Mobile money of a session, or attempt, that ended without an order, on its way back to the phone.
    /// </summary>
    Refunding,

    /// <summary>Paid back to the phone.</summary>
    Refunded,
}

/// <summary>One part of what pays a session: a method and an amount.</summary>
/// <param name="DeviceId">The till at which staff took it; cash is in its drawer.</param>
/// <param name="Attempts">For money by phone: every push, and every reference to pay, oldest first.</param>
/// <param name="Tendered">For cash: the amount that the guest gave, if the till has sent it.</param>
/// <param name="Refunded">The amount that refunds of the order have given back; null when there were none.</param>
/// <param name="Asked">The amount that the phone is asked for, when it also pays for the others of the group.</param>
/// <param name="Corrections">Where the method was keyed wrongly: what it was before, oldest first.</param>
/// <param name="Channel">For KITCHEN_CHANNEL that a till or an account sees: which one.</param>
/// <param name="Attested">For KITCHEN_CHANNEL: the receipt that a cashier has attested.</param>
/// <param name="Collected">What the customer entered on the hosted page.</param>
public sealed record Payment(
    Guid Id,
    PaymentMethod Method,
    Money Amount,
    PaymentStatus Status,
    Guid? KitchenCustomerId,
    Guid? KitchenPaymentMethodId,
    Guid? AccountId,
    Guid? DeviceId,
    string? PhoneNumber,
    string? Provider,
    Sequence<PaymentAttempt>? Attempts = null,
    Money? Refunded = null,
    Money? Tendered = null,
    Money? Asked = null,
    Sequence<PaymentCorrection>? Corrections = null,
    OwnChannel? Channel = null,
    Attestation? Attested = null,
    CollectedDetails? Collected = null)
{
    /// <summary>The amount that the payer is asked for.</summary>
    [JsonIgnore]
    public Money Due => Asked ?? Amount;

    /// <summary>The amount that can still be refunded.</summary>
    [JsonIgnore]
    public Money Refundable => Status is PaymentStatus.Paid ? Amount - (Refunded ?? Money.Zero) : Money.Zero;

    /// <summary>The change that the guest got at once; the drawer never counts it.</summary>
    [JsonIgnore]
    public Money? Change => Tendered is { } put ? put - Amount : null;
}
