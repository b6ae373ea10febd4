using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.WebApi.Orders;

namespace JikoXpress.WebApi.Sessions;

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
            Total = opening.Total,
            Items = [.. opening.Lines.Select(Line)],
            Payments = [.. session.Payments.Select(payment => Payment(viewer, payment))],
            Slip = opening.SlipCode is { } code
                ? new SlipView(SlipNumber.Of(opening.Number), code, pending?.ExpiresAt, pending?.Attempt?.ExpiresAt)
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

    public static PaymentView Payment(CallerKind viewer, Payment payment) => new(
        payment.Id, payment.Method, payment.Amount, payment.Status, payment.KitchenCustomerId,
            payment.KitchenPaymentMethodId,
        Phone(viewer, payment.PhoneNumber), payment.Provider, payment.Tendered, payment.Change,
        payment is { Status: PaymentStatus.Pending, Attempts: { } offers }
            ? offers.FirstOrDefault(attempt => attempt.Status is AttemptStatus.Offered)?.Reference
            : null,
        payment.Attempts?.LastOrDefault(attempt => attempt.Status is not AttemptStatus.Offered) is { } last
            ? Push(viewer, last, payment.Attempts ?? [])
            : null);

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
