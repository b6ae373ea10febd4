using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Orders;
using JikoXpress.Domain.Payments;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions;

/// <summary>Opening a session, and what paying one in full brings about.</summary>
public static class SessionOpeningDecision
{
    extension(Session session)
    {
        /// <summary>Opens the session that was priced; its plates are held by the kitchen's inventory.</summary>
        public Decision Open(OpenSession command, Quote quote, Kitchen kitchen, OpeningIds ids, DateTimeOffset now)
        {
            if (session.AnswerTo(command.Operation) is { } answer) return answer;
            if (session is not Session.NotOpened)
                throw new InvalidOperationException(
                    "Only an operation that is repeated can meet a session that is open.");

            var opening = OpeningOf(command, quote, kitchen, ids, now);
            var legs = LegsOf(command.Payments ?? [], ids.Legs, command.By);
            var pending = new Session.Pending(
                ids.SessionId, opening, legs,
                command.Operation is { } operation ? [operation] : [],
                [new Happening(HappeningKind.Opened, now, command.By)],
                now + TimeToPay(command.SessionType, kitchen.Settings),
                Attempt: null);

            if (legs.Count > 0 && legs.All(leg => leg.IsFinalAtOnce(command.Channel)))
                return pending.PaidAtOnce(Spends(command.Payments, legs), ids.OrderId, now, command.By);

            var held = legs.Select(leg => leg.TakenOrAwaited(command.Channel)).ToSequence()
                .Ringing(ids.Pushes, command.CustomerPhone, now);
            return new Decision.Commit(
                pending with { Legs = held },
                [
                    new Effect.ReserveStock(
                        opening.KitchenId, ids.SessionId, quote.Plates, ReservationLapses(pending.ExpiresAt, legs)),
                    .. Holds(held, opening.KitchenId),
                    .. Spends(command.Payments, held),
                    .. pending.Starts(held),
                ]);
        }
    }

    extension(Session.Pending pending)
    {
        /// <summary>
        /// Every leg is final with the very request that opens the session: nothing was reserved before.
        /// </summary>
        private Decision PaidAtOnce(IEnumerable<Effect> spends, Guid orderId, DateTimeOffset now, Caller by)
        {
            var kitchen = pending.Opening.KitchenId;
            return new Decision.Commit(
                pending.ConfirmedAs(orderId, now, by),
                [
                    new Effect.SellStock(kitchen, pending.Id, new Quote(pending.Opening.Lines).Plates),
                    .. pending.Legs.SelectMany(leg => leg.Pay(kitchen)),
                    .. spends,
                    .. pending.Birth(orderId, now),
                ]);
        }

        internal Session.Confirmed ConfirmedAs(Guid orderId, DateTimeOffset now, Caller by) => new(
            pending.Id, pending.Opening,
            pending.Legs.Select(leg => leg.IsOpen ? leg with { Status = LegStatus.Paid } : leg).ToSequence(),
            pending.Operations,
            pending.Timeline.With(new Happening(HappeningKind.Confirmed, now, by)),
            now, orderId);

        /// <summary>The order with its ticket, and the news of them.</summary>
        internal Sequence<Effect> Birth(Guid orderId, DateTimeOffset now)
        {
            var opening = pending.Opening;
            return
            [
                new Effect.PlaceOrder(
                    opening.OrderOf(orderId, pending.Id, now, OrderStatus.Placed, OrderPaymentState.Paid)),
                new Effect.Publish(opening.KitchenId, new KitchenEvent.SessionConfirmed(pending.Id, orderId)),
            ];
        }
    }

    extension(SessionOpening opening)
    {
        /// <summary>The order for what was agreed.</summary>
        public Order OrderOf(
            Guid orderId, Guid sessionId, DateTimeOffset placedAt, OrderStatus status,
            OrderPaymentState paymentState) =>
            new(
                orderId, sessionId, opening.KitchenId, opening.Number, opening.BusinessDate, placedAt, status,
                paymentState, opening.Channel, opening.FulfillmentType, opening.TableNumber, opening.LaneNumber,
                opening.Tag, opening.OrderInstructions, opening.Lines, opening.Total);
    }

    extension(Leg leg)
    {
        /// <summary>The leg still counts towards the total.</summary>
        internal bool IsOpen => leg.Status is LegStatus.Pending or LegStatus.Held;

        internal Leg TakenOrAwaited(Channel channel) =>
            leg.IsFinalAtOnce(channel) ? leg with { Status = LegStatus.Held } : leg;
    }

    internal static IEnumerable<Effect> Holds(Sequence<Leg> legs, Guid kitchen) =>
        legs.Where(leg => leg.Status == LegStatus.Held).SelectMany(leg => leg.Hold(kitchen));

    /// <summary>The codes that the legs take, each good for one of all legs there will ever be.</summary>
    internal static IEnumerable<Effect> Spends(Sequence<PaymentRequest>? payments, Sequence<Leg> legs) =>
        from taken in (payments ?? []).Zip(legs)
        let authorized = taken.First.Authorized
        where authorized is not null
        select new Effect.SpendAuthorization(authorized.Id, taken.Second.Id);

    internal static Sequence<Leg> LegsOf(Sequence<PaymentRequest> payments, Sequence<Guid> ids, Caller by) => payments
        .Select((payment, index) => new Leg(
            ids[index], payment.PaymentMethod, payment.Amount, LegStatus.Pending,
            payment.KitchenCustomerId, payment.KitchenPaymentMethodId,
            payment.PaymentMethod == PaymentMethod.PlatformWallet && by.Kind == CallerKind.AppUser
                ? by.Id
                : payment.Authorized?.AccountId,
            payment.PaymentMethod == PaymentMethod.Cash ? by.DeviceId : null,
            payment.PhoneNumber, payment.Provider))
        .ToSequence();

    /// <summary>
    /// Plates stay kept beyond the deadline where mobile money is awaited: the aggregator is asked once more before the
    /// session ends.
    /// </summary>
    internal static DateTimeOffset ReservationLapses(DateTimeOffset expiresAt, Sequence<Leg> legs) =>
        legs.Any(leg => leg.Method == PaymentMethod.MobileMoney && leg.Status == LegStatus.Pending)
            ? expiresAt + SessionDeadlines.Grace
            : expiresAt;

    private static TimeSpan TimeToPay(SessionType type, KitchenSettings settings) =>
        type == SessionType.Slip ? settings.SlipTimeout : settings.PaymentTimeout;

    private static SessionOpening OpeningOf(
        OpenSession command, Quote quote, Kitchen kitchen, OpeningIds ids, DateTimeOffset now) => new(
        kitchen.Id, command.By, now, ids.BusinessDate, ids.Number,
        command.SessionType == SessionType.Slip ? ids.SlipCode : null,
        kitchen.LiveMode, command.SessionType, command.Channel, command.FulfillmentType,
        command.TableNumber, command.LaneNumber, command.Tag, command.OrderInstructions,
        command.CustomerPhone, command.DeliveryAddress, command.ClientReference, command.ReissueOf, quote.Lines);
}
