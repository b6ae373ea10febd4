using System.Text.Json.Serialization;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Sessions;

/// <summary>A checkout session: exactly one of these at a time.</summary>
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

    /// <summary>What every session has from its opening on.</summary>
    /// <param name="Timeline">
    /// Not in JSON, where <see cref="Kept"/> has its name; under that name as well, the constructor would not find it.
    /// </param>
    public abstract record Opened(
        Guid Id,
        SessionOpening Opening,
        [property: JsonPropertyName("legs")] Sequence<Payment> Payments,
        Sequence<Operation> Operations,
        [property: JsonIgnore, JsonPropertyName("told")] Sequence<TimelineEntry> Timeline) : Session
    {
        /// <summary>The timeline in JSON, without what the opening or the line before says already.</summary>
        [JsonInclude, JsonPropertyName("timeline")]
        internal Sequence<StoredTimelineEntry> Kept
        {
            get => StoredTimelineEntry.Shorten(Opening, Timeline);
            init => Timeline = StoredTimelineEntry.Restore(Opening, value);
        }

        [JsonIgnore]
        public abstract SessionStatus Status { get; }

        /// <summary>It takes the payment for its group; what becomes of it becomes of all.</summary>
        [JsonIgnore]
        public bool Leads => Opening.Group?.Id == Id;

        /// <summary>Another session of its group takes the payment.</summary>
        [JsonIgnore]
        public bool Follows => Opening.Group is { } group && group.Id != Id;
    }

    /// <summary>
    /// Waits for money until a moment. A slip waits for a cashier, and perhaps for the attempt one has begun.
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
    /// Paid in full, or a round on a bill; its order exists. What pays a bill has no order of its own.
    /// </summary>
    /// <param name="OrderState">Null where all is as it was at the confirmation.</param>
    public sealed record Confirmed(
        Guid Id,
        SessionOpening Opening,
        Sequence<Payment> Payments,
        Sequence<Operation> Operations,
        Sequence<TimelineEntry> Timeline,
        DateTimeOffset At,
        Guid? OrderId,
        [property: JsonPropertyName(
            "afterSale")] OrderState? OrderState = null) : Opened(Id, Opening, Payments, Operations, Timeline)
    {
        [JsonIgnore]
        public override SessionStatus Status => SessionStatus.Confirmed;
    }

    /// <summary>Over without an order: its stock and its money are given back.</summary>
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

/// <summary>A cashier's attempt to take the money for a slip that waits for some of its payments.</summary>
public sealed record SlipAttempt(
    Guid Id, Caller By, [property: JsonPropertyName("lapsesAt")] DateTimeOffset ExpiresAt);

public enum TimelineEntryKind
{
    Opened = 1, PaymentStarted, PaymentLapsed, Confirmed, Expired, Cancelled, Failed, MoneyReturned,
    PaymentReceived, PaymentDeclined, MoneyParked, MoneyRefunded,
    MoneyCredited, RefundDecided, RestTaken,
    OrderRefunded, OrderApproved, OrderRejected, ApprovalOverdue, LineVoided,
}

/// <summary>One line of a session's timeline.</summary>
public sealed record TimelineEntry(TimelineEntryKind What, DateTimeOffset At, Caller By);

/// <summary>What was agreed when a session was opened; it never changes.</summary>
/// <param name="Number">Counted per kitchen and business day; the slip and the order carry it.</param>
/// <param name="SlipCode">What a slip's barcode says; only slips have one.</param>
/// <param name="BillId">The bill that it is a round of, or that it pays.</param>
/// <param name="Pays">What it pays of the bill; null for all that sells dishes.</param>
/// <param name="Approval">For what guests pay at their table: staff have to approve the order.</param>
/// <param name="Group">The sessions that a cart was checked out as; null for all that comes from no cart.</param>
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
    SessionGroup? Group = null)
{
    [JsonIgnore]
    public Money Total => Pays ?? Lines.Sum(line => line.Total);
}

/// <summary>The sessions of one cart, one for each kitchen. They are paid together, or not at all.</summary>
/// <param name="Sessions">First the one that takes the payment for all of them.</param>
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

    /// <summary>Taken, or held on a wallet, until the other payments are final.</summary>
    Held,

    /// <summary>Applied to the order.</summary>
    Paid,

    /// <summary>Came to nothing; nothing is owed.</summary>
    Released,

    /// <summary>Taken for a session that came to nothing: to be handed back to the guest.</summary>
    ToReturn,

    /// <summary>Handed back.</summary>
    Returned,

    /// <summary>The guest's phone paid less than was due; it does not count, and somebody has to look.</summary>
    Underpaid,

    /// <summary>Mobile money for a session that came to nothing, on its way back to the phone.</summary>
    Refunding,

    /// <summary>Paid back to the phone.</summary>
    Refunded,
}

/// <summary>One part of a payment.</summary>
/// <param name="DeviceId">The till at which staff took it; its drawer holds the cash.</param>
/// <param name="Attempts">For mobile money: every push to a phone, oldest first.</param>
/// <param name="Tendered">For cash: what the guest put down, where the till has said so.</param>
/// <param name="Refunded">What refunds of the order have given back of it; null where nothing was.</param>
/// <param name="Asked">What the phone is asked for, where it pays for others of the group as well.</param>
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
    Money? Asked = null)
{
    /// <summary>What is due from whoever pays it.</summary>
    [JsonIgnore]
    public Money Due => Asked ?? Amount;

    /// <summary>What refunds can still give back of it.</summary>
    [JsonIgnore]
    public Money Refundable => Status is PaymentStatus.Paid ? Amount - (Refunded ?? Money.Zero) : Money.Zero;

    /// <summary>What the guest got back at once; it never was in the drawer.</summary>
    [JsonIgnore]
    public Money? Change => Tendered is { } put ? put - Amount : null;
}
