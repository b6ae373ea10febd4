using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Orders;
using JikoXpress.WebApi.Payments;

namespace JikoXpress.WebApi.Sessions;

/// <summary>A checkout session. Members that do not apply to a session are left out.</summary>
internal sealed record SessionView
{
    public required Guid Id { get; init; }

    public string Object { get; } = "checkout_session";

    public required SessionStatus Status { get; init; }

    /// <summary>False for test data.</summary>
    public required bool Livemode { get; init; }

    public required SessionType SessionType { get; init; }

    public required Channel Channel { get; init; }

    public required FulfillmentType FulfillmentType { get; init; }

    public required Guid KitchenId { get; init; }

    /// <summary>The kitchen's business day on which the session was opened.</summary>
    public required DateOnly BusinessDate { get; init; }

    /// <summary>Counts up per kitchen and business day. The slip and the order have the same number.</summary>
    public required int Number { get; init; }

    public string? TableNumber { get; init; }

    public string? LaneNumber { get; init; }

    public string? Tag { get; init; }

    public string? OrderInstructions { get; init; }

    /// <summary>The guest's phone number. Only staff see all digits.</summary>
    public string? CustomerPhone { get; init; }

    public DeliveryAddress? DeliveryAddress { get; init; }

    public string? ClientReference { get; init; }

    /// <summary>The session of the expired slip that this session replaces.</summary>
    public Guid? ReissueOf { get; init; }

    public required string Currency { get; init; }

    /// <summary>In whole shillings.</summary>
    public required Money Total { get; init; }

    public required IReadOnlyList<LineView> Items { get; init; }

    /// <summary>All payments that were begun, unsuccessful ones included.</summary>
    public required IReadOnlyList<PaymentView> Payments { get; init; }

    /// <summary>Only for SLIP sessions.</summary>
    public SlipView? Slip { get; init; }

    /// <summary>For TAB: the bill to which this round was added. For a payment of a bill: that bill.</summary>
    public Guid? BillId { get; init; }

    /// <summary>The checkout group with which it is paid, if it comes from a cart.</summary>
    public Guid? GroupId { get; init; }

    /// <summary>The order that was made at confirmation.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>The order itself, with <c>expand=order</c>.</summary>
    public OrderView? Order { get; init; }

    /// <summary>The session's history, oldest first, with <c>expand=timeline</c>.</summary>
    public IReadOnlyList<TimelineEntryView>? Timeline { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a session that waits for payment expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>When it expired, failed or was cancelled.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>For EXPIRED: SLIP_TIMEOUT, PAYMENT_TIMEOUT, or ENDED_EARLY if a caller ended it.</summary>
    public EndReason? ExpiryReason { get; init; }

    /// <summary>For FAILED: why it failed.</summary>
    public EndReason? FailureReason { get; init; }

    /// <summary>
    /// In whole shillings: money that staff took from the guest, by any method, for payments that did not succeed. It
    /// has to be handed back.
    /// </summary>
    public Money? MoneyToReturn { get; init; }

    /// <summary>In whole shillings: the part of moneyToReturn that is cash.</summary>
    public Money? CashToReturn { get; init; }

    /// <summary>Number of the last change, from 1.</summary>
    public required long Version { get; init; }

    public required SessionLinks Links { get; init; }
}

/// <summary>One priced line.</summary>
/// <param name="Name">The name on the menu when the session was opened.</param>
/// <param name="UnitPrice">In whole shillings; the price on the menu when the session was opened.</param>
/// <param name="Total">In whole shillings: quantity times unit price.</param>
/// <param name="VoidedQuantity">
/// For an order on a bill: how many of the items were voided and need not be paid for; left out if none.
/// </param>
internal sealed record LineView(
    Guid MenuId, string Name, int Quantity, Money UnitPrice, Money Total, string? ItemInstructions,
    int? VoidedQuantity = null);

/// <summary>One payment of a session.</summary>
/// <param name="Amount">In whole shillings.</param>
/// <param name="Status">
/// PENDING waits for the guest or the aggregator. HELD is taken until the session's other payments are final. PAID is
/// applied to the order. RELEASED did not succeed. TO_RETURN waits to be handed back, and RETURNED was handed back.
/// </param>
/// <param name="PhoneNumber">Only staff see all digits.</param>
/// <param name="Tendered">For CASH: the money that the guest handed over, if the till has sent it.</param>
/// <param name="Change">For CASH: tendered less the amount, to hand back to the guest.</param>
/// <param name="PayReference">
/// For a payment by phone that rings none, while it waits: the reference that the guest enters in the mobile-money menu
/// of any phone to pay.
/// </param>
/// <param name="Push">By phone: the last push to a phone, or the reference once it is paid.</param>
internal sealed record PaymentView(
    Guid Id,
    PaymentMethod PaymentMethod,
    Money Amount,
    PaymentStatus Status,
    Guid? KitchenCustomerId,
    Guid? KitchenPaymentMethodId,
    string? PhoneNumber,
    string? Provider,
    Money? Tendered,
    Money? Change,
    string? PayReference,
    PushView? Push)
{
    /// <summary>Where the method was keyed wrongly, oldest first. Only staff see it.</summary>
    public IReadOnlyList<PaymentCorrectionView>? Corrections { get; init; }

    /// <summary>For KITCHEN_CHANNEL that waits for the kitchen's till: what the guest has to pay.</summary>
    public PayTillView? PayTill { get; init; }

    /// <summary>For KITCHEN_CHANNEL: the receipt that a cashier has attested. Only staff see it.</summary>
    public AttestedView? Attested { get; init; }
}

/// <summary>What the guest types into the phone's menu, to pay a kitchen's till.</summary>
/// <param name="Amount">Exactly this, in whole shillings.</param>
/// <param name="Reference">Where the network asks for one. With it the payment is found whatever else pays.</param>
internal sealed record PayTillView(string Network, string TillNumber, Money Amount, string Reference)
{
    public static PayTillView? Of(Payment payment) =>
        payment is { Status: PaymentStatus.Pending, IsAtTill: true, Channel: { TillNumber: { } number } channel }
        && payment.Attempts?.FirstOrDefault(attempt => attempt.Status is AttemptStatus.Offered) is { } offer
            ? new PayTillView(channel.Network, number, payment.Due, offer.Reference)
            : null;
}

/// <summary>A receipt that a cashier has attested.</summary>
/// <param name="Receipt">In capital letters and digits.</param>
/// <param name="By">The staff member.</param>
/// <param name="Unusual">
/// True: this network's receipts usually look otherwise. Look again; nothing is refused for it.
/// </param>
internal sealed record AttestedView(string Receipt, Guid By, bool? Unusual)
{
    public static AttestedView? Of(Payment payment) => payment.Attested is { } attested
        ? new AttestedView(
            attested.Receipt, attested.By,
            ReceiptCode.IsUnusual(TillNames.NetworkIn(attested.Adapter), attested.Receipt) ? true : null)
        : null;
}

/// <summary>One push to a guest's phone.</summary>
/// <param name="Reference">The reference at the aggregator; the guest's message shows it, too.</param>
/// <param name="Status">
/// SENT, PENDING and UNKNOWN may still become SUCCEEDED or FAILED. SENT is being sent, or with the aggregator already.
/// </param>
/// <param name="FailureReason">Why the guest or the network refused, in the aggregator's words.</param>
/// <param name="Received">The amount that was paid, by all its receipts.</param>
/// <param name="Refunded">How much of it was paid back.</param>
/// <param name="Receipts">
/// What came: one guest may pay in several goes, and several guests the same reference. Each receipt counts once.
/// </param>
internal sealed record PushView(
    string Reference,
    AttemptStatus Status,
    DateTimeOffset StartedAt,
    string? FailureReason,
    Money? Received,
    Money? Refunded,
    IReadOnlyList<ReceiptView> Receipts);

/// <summary>One payment of a guest's phone.</summary>
/// <param name="Receipt">
/// The network's receipt, which the guest's message shows, or the aggregator's own id for it.
/// </param>
/// <param name="Amount">What was paid, in whole shillings.</param>
/// <param name="PhoneNumber">The phone that paid, if it is known.</param>
/// <param name="Refunded">How much of it was paid back to this phone.</param>
internal sealed record ReceiptView(string? Receipt, Money Amount, string? PhoneNumber, Money? Refunded);

/// <summary>A slip.</summary>
/// <param name="SlipNumber">The number for people, with a check digit: 0147-9.</param>
/// <param name="SlipCode">The code for scanners: 13 characters of Crockford's base32.</param>
/// <param name="ExpiresAt">Until when the slip can be paid.</param>
/// <param name="PaymentInProgressUntil">
/// Until when a payment at the cashier, or from the slip's page, waits for its open parts: for the time to pay, and a
/// minute in which the network is asked a last time.
/// </param>
internal sealed record SlipView(
    [RegularExpression(Patterns.SlipNumber)] string SlipNumber,
    [RegularExpression(Patterns.SlipCode)] string SlipCode,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? PaymentInProgressUntil);

/// <summary>One event in a session's history.</summary>
/// <param name="ById">Id of the caller that did it; only staff see it.</param>
internal sealed record TimelineEntryView(TimelineEntryKind Event, DateTimeOffset At, CallerKind By, Guid? ById);

/// <summary>Links to what clients of a session usually request next.</summary>
internal sealed record SessionLinks(string Self, string Timeline, string? Slip, string? Order);

/// <summary>The price of a session that is not opened.</summary>
/// <param name="Total">In whole shillings.</param>
internal sealed record QuoteView(Money Total, IReadOnlyList<LineView> Items)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "checkout_quote";

    public required string Currency { get; init; }
}

/// <summary>The history of a session, oldest first.</summary>
internal sealed record TimelineView(IReadOnlyList<TimelineEntryView> Data)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "list";
}

/// <summary>Makes a caller's view of a session: staff see everything, guests and devices only their own data.</summary>
internal static class SessionViews
{
    public const string Path = "/api/v1/checkout-sessions";

    public static SessionView For(CallerKind viewer, Session.Opened session, long version)
    {
        var opening = session.Opening;
        var pending = session as Session.Pending;
        var confirmed = session as Session.Confirmed;
        var ended = session as Session.Ended;
        return new SessionView
        {
            Id = session.Id,
            Status = session.Status,
            Livemode = opening.LiveMode,
            SessionType = opening.SessionType,
            Channel = opening.Channel,
            FulfillmentType = opening.FulfillmentType,
            KitchenId = opening.KitchenId,
            BusinessDate = opening.BusinessDate,
            Number = opening.Number,
            TableNumber = opening.TableNumber,
            LaneNumber = opening.LaneNumber,
            Tag = opening.Tag,
            OrderInstructions = opening.OrderInstructions,
            CustomerPhone = Phone(viewer, opening.CustomerPhone),
            DeliveryAddress = opening.DeliveryAddress,
            ClientReference = opening.ClientReference,
            ReissueOf = opening.ReissueOf,
            Currency = opening.Currency.WireName,
            Total = opening.Total,
            Items = [.. opening.Lines.Select(Line)],
            Payments = [.. session.Payments.Select(payment => Payment(viewer, payment, opening.Currency, session.Id))],
            Slip = opening.SlipCode is { } code
                ? new SlipView(
                    SlipNumber.Of(opening.Number), code, pending?.ExpiresAt,
                    pending?.Attempt is null ? null : pending.Deadline)
                : null,
            BillId = opening.BillId,
            GroupId = opening.Group?.Id,
            OrderId = confirmed?.OrderId,
            CreatedAt = opening.OpenedAt,
            ExpiresAt = pending?.ExpiresAt,
            ConfirmedAt = confirmed?.At,
            EndedAt = ended?.At,
            ExpiryReason = ended is { EndedAs: SessionStatus.Expired } ? ended.Reason : null,
            FailureReason = ended is { EndedAs: SessionStatus.Failed } ? ended.Reason : null,
            MoneyToReturn = UnlessZero(session.MoneyToReturn),
            CashToReturn = UnlessZero(session.CashToReturn),
            Version = version,
            Links = new SessionLinks(
                $"{Path}/{session.Id}",
                $"{Path}/{session.Id}/timeline",
                opening.SlipCode is null || pending is null ? null : $"{Path}/{session.Id}/slip",
                confirmed?.OrderId is null ? null : $"{OrderViews.Path}/{confirmed.OrderId}"),
        };
    }

    public static IReadOnlyList<TimelineEntryView> Timeline(CallerKind viewer, Session.Opened session) =>
    [
        .. session.Timeline.Select(entry => new TimelineEntryView(
            entry.What, entry.At, entry.By.Kind,
            SeesPeople(viewer) && entry.By.Id != Guid.Empty ? entry.By.Id : null)),
    ];

    public static LineView Line(Line line) =>
        new(line.MenuId, line.Name, line.Quantity, line.UnitPrice, line.Total, line.ItemInstructions);

    public static PaymentView Payment(
        CallerKind viewer, Payment payment, Currency currency, Guid session = default) => new(
        payment.Id, payment.Method, payment.Amount, payment.Status, payment.KitchenCustomerId,
            payment.KitchenPaymentMethodId,
        Phone(viewer, payment.PhoneNumber), payment.Provider, payment.Tendered, payment.Change,
        payment is { Status: PaymentStatus.Pending, Attempts: { } offers }
            ? offers.FirstOrDefault(attempt => attempt.Status is AttemptStatus.Offered)?.Reference
            : null,
        payment.Attempts?.LastOrDefault(attempt => attempt.Status is not AttemptStatus.Offered) is { } last
            ? Push(viewer, last, payment.Attempts ?? [])
            : null)
        {
            Corrections = SeesPeople(viewer) && payment.Corrections is { } corrections
                ? [.. corrections.Select(correction =>
                    PaymentCorrectionView.Of(session, payment.Id, correction, currency))]
                : null,
            PayTill = PayTillView.Of(payment),
            Attested = SeesPeople(viewer) ? AttestedView.Of(payment) : null,
        };

    /// <summary>A reference may be paid by several phones, or in several goes: all of it is shown together.</summary>
    private static PushView Push(CallerKind viewer, PaymentAttempt last, Sequence<PaymentAttempt> all)
    {
        var same = all.Where(attempt => attempt.KnownAs == last.KnownAs).ToList();
        var first = same[0];
        return new PushView(
            last.KnownAs, last.Status, first.StartedAt, last.Reason,
            same.Any(attempt => attempt.Received is not null)
                ? same.Sum(attempt => attempt.Received ?? Money.Zero)
                : null,
            UnlessZero(same.Sum(Refunded)),
            [
                .. same.Where(attempt => attempt.Received is not null).Select(attempt => new ReceiptView(
                    attempt.Receipt ?? attempt.ProviderReference, attempt.Received ?? Money.Zero,
                    Phone(viewer, attempt.PhoneNumber), UnlessZero(Refunded(attempt)))),
            ]);
    }

    private static Money Refunded(PaymentAttempt attempt) =>
        (attempt.Refunds ?? []).Where(refund => refund.Done).Sum(refund => refund.Amount);

    public static Money? UnlessZero(Money amount) => amount == Money.Zero ? null : amount;

    public static string? Phone(CallerKind viewer, string? phone) => phone is null || SeesPeople(viewer)
        ? phone
        : $"{phone[..4]}{new string('*', phone.Length - 7)}{phone[^3..]}";

    public static bool SeesPeople(CallerKind viewer) => viewer is CallerKind.Staff or CallerKind.Operator;
}
