using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions;

/// <summary>Opens a session, and confirms one that is paid in full.</summary>
public static class SessionOpeningDecision
{
    extension(Session session)
    {
        /// <summary>Opens a priced session. The kitchen's inventory holds its items already.</summary>
        /// <param name="bill">The bill of a round; null when the round opens a bill, and for other sessions.</param>
        public Decision Open(
            OpenSession command, Quote quote, Kitchen kitchen, OpeningIds ids, DateTimeOffset now,
            KnownBill? bill = null)
        {
            if (session.AnswerTo(command.Operation) is { } answer) return answer;
            if (session is not Session.NotOpened)
                throw new InvalidOperationException(
                    "Only an operation that is repeated can meet a session that is open.");

            var pending = new Session.Pending(
                ids.SessionId, OpeningOf(command, quote, kitchen, ids, now),
                PaymentsOf(command.Payments ?? [], ids.Payments, command.By),
                command.Operation is { } operation ? [operation.Kept] : [],
                [new TimelineEntry(TimelineEntryKind.Opened, now, command.By)],
                now + TimeToPay(command.SessionType, kitchen.Settings),
                Attempt: null);
            return ids.Bill is { } onBill
                ? pending.OnBill(bill, onBill, ids.OrderId, now)
                : pending.Begun(command.Payments ?? [], ids, now);
        }
    }

    /// <summary>Opens the session that takes a payment for a bill. It sells nothing and has no order.</summary>
    internal static Decision.Commit PayBill(
        Bill.Opened bill, Sequence<PaymentRequest> payments, Caller by, Kitchen kitchen, OpeningIds ids,
        DateTimeOffset now)
    {
        var opening = new SessionOpening(
            kitchen.Id, by, now, ids.BusinessDate, ids.Number, SlipCode: null, kitchen.LiveMode,
            SessionType.Immediate, Channel.Pos, FulfillmentType.DineIn, bill.TableNumber, LaneNumber: null,
            bill.Opening.Tag, OrderInstructions: null, CustomerPhone: null, DeliveryAddress: null,
            ClientReference: null, ReissueOf: null, Lines: [], bill.Id, payments.Sum(payment => payment.Amount),
            OtherCurrency: bill.Opening.OtherCurrency);
        return new Session.Pending(
            ids.SessionId, opening, PaymentsOf(payments, ids.Payments, by), [],
            [new TimelineEntry(TimelineEntryKind.Opened, now, by)],
            now + kitchen.Settings.PaymentTimeout, Attempt: null)
            .Begun(payments, ids, now);
    }

    extension(Session.Pending pending)
    {
        /// <summary>
        /// Takes the payments that are final at once; when others are left, the session waits for them.
        /// </summary>
        /// <param name="othersWait">The session belongs to a group that is not paid at once.</param>
        internal Decision.Commit Begun(
            Sequence<PaymentRequest> requests, OpeningIds ids, DateTimeOffset now, bool othersWait = false)
        {
            var opening = pending.Opening;
            var payments = pending.Payments;
            if (payments.Count > 0 && payments.All(payment => payment.IsFinalAtOnce(opening.Channel)) && !othersWait)
                return pending.PaidAtOnce(Spends(requests, payments), ids.OrderId, now, opening.OpenedBy);

            var held = payments.Select(payment => payment.TakenOrAwaited(opening.Channel)).ToSequence()
                .Ringing(ids.Pushes, opening.CustomerPhone, now);
            return new Decision.Commit(
                pending with { Payments = held },
                [
                    .. opening.Lines.Count == 0
                        ? Array.Empty<Effect>()
                        :
                        [
                            new Effect.ReserveStock(
                                opening.KitchenId, pending.Id, new Quote(opening.Lines).Items,
                                ReservationExpires(pending.ExpiresAt, payments, othersWait)),
                        ],
                    .. Holds(held, opening.KitchenId),
                    .. Spends(requests, held),
                    .. pending.Starts(held, opening.OpenedBy),
                ]);
        }

        /// <summary>Confirms a round at once, without payment: it is paid with its bill.</summary>
        private Decision.Commit OnBill(KnownBill? bill, BillIds ids, Guid orderId, DateTimeOffset now)
        {
            var opening = pending.Opening with { BillId = ids.BillId };
            var round = (pending with { Opening = opening }).ConfirmedAs(orderId, now, opening.OpenedBy);
            return new Decision.Commit(
                round,
                [
                    new Effect.SellStock(opening.KitchenId, round.Id, new Quote(opening.Lines).Items),
                    bill is null
                        ? new Effect.KeepBill(BillRounds.Opening(round, orderId, ids), 0)
                        : new Effect.KeepBill(bill.Bill.With(round, orderId, ids), bill.Version),
                    .. Birth(opening, round.Id, orderId, OrderPaymentState.OnBill, now),
                ]);
        }

        /// <summary>
        /// Confirms a session whose payments are all final when it opens: no items were reserved before.
        /// </summary>
        private Decision.Commit PaidAtOnce(IEnumerable<Effect> spends, Guid orderId, DateTimeOffset now, Caller by)
        {
            var kitchen = pending.Opening.KitchenId;
            return new Decision.Commit(
                pending.ConfirmedAs(orderId, now, by),
                [
                    .. pending.Opening.Lines.Count == 0
                        ? Array.Empty<Effect>()
                        : [new Effect.SellStock(kitchen, pending.Id, new Quote(pending.Opening.Lines).Items)],
                    .. pending.Payments.SelectMany(payment => payment.Pay(kitchen)),
                    .. spends,
                    .. pending.Birth(orderId, now, by),
                ]);
        }

        /// <summary>No approval is needed when staff took the money: they have seen the order.</summary>
        /// <param name="by">Who confirms; of a slip that a phone pays, who has asked that phone.</param>
        private ApprovalTerms? ToBeApproved(Caller by) =>
            by.Kind is CallerKind.Staff || pending.Attempt is { By.Kind: CallerKind.Staff }
                ? null
                : pending.Opening.Approval;

        internal Session.Confirmed ConfirmedAs(Guid orderId, DateTimeOffset now, Caller by) => new(
            pending.Id, pending.Opening,
            pending.Payments.Select(payment =>
                payment.IsOpen ? payment with { Status = PaymentStatus.Paid } : payment).ToSequence(),
            pending.Operations,
            pending.Timeline.With(new TimelineEntry(TimelineEntryKind.Confirmed, now, by)),
            now, pending.Opening.Pays is null ? orderId : null,
            pending.ToBeApproved(by) is { } terms ? OrderState.Waiting(terms, now) : null);

        /// <summary>
        /// What every confirmation brings beside stock and payments: the order with its announcement, or, for a session
        /// that sells no dishes, the settlement of what it was paid; and the platform's commission. A web shop's is
        /// announced to its merchant.
        /// </summary>
        internal Sequence<Effect> Birth(Guid orderId, DateTimeOffset now, Caller by)
        {
            if (pending.Opening.Pays is not null)
                return
                [
                    .. pending.IntoWallet(), .. pending.TakeCommission(),
                    .. pending.Opening.Hosted is null
                        ? Array.Empty<Effect>()
                        :
                        [
                            new Effect.Publish(
                                pending.Opening.KitchenId,
                                new KitchenEvent.SessionConfirmed(pending.Id, OrderId: null)),
                        ],
                ];
            return pending.ToBeApproved(by) is { } terms
                ?
                [
                    .. pending.TakeCommission(),
                    .. Birth(
                        pending.Opening, pending.Id, orderId, OrderPaymentState.Paid, now, OrderStatus.NeedsApproval),
                    new Effect.Publish(
                        pending.Opening.KitchenId,
                        new KitchenEvent.OrderNeedsApproval(pending.Id, orderId, terms.AnswerBy(now))),
                ]
                :
                [
                    .. pending.TakeCommission(),
                    .. Birth(pending.Opening, pending.Id, orderId, OrderPaymentState.Paid, now),
                ];
        }
    }

    private static Sequence<Effect> Birth(
        SessionOpening opening, Guid sessionId, Guid orderId, OrderPaymentState paymentState, DateTimeOffset now,
        OrderStatus status = OrderStatus.Placed) =>
    [
        new Effect.PlaceOrder(opening.OrderOf(orderId, sessionId, now, status, paymentState)),
        new Effect.Publish(opening.KitchenId, new KitchenEvent.SessionConfirmed(sessionId, orderId)),
    ];

    extension(SessionOpening opening)
    {
        public Order OrderOf(
            Guid orderId, Guid sessionId, DateTimeOffset placedAt, OrderStatus status,
            OrderPaymentState paymentState) =>
            new(
                orderId, sessionId, opening.KitchenId, opening.Number, opening.BusinessDate, placedAt, status,
                paymentState, opening.Channel, opening.FulfillmentType, opening.TableNumber, opening.LaneNumber,
                opening.Tag, opening.OrderInstructions, opening.Lines, opening.Total, opening.BillId,
                opening.CustomerPhone, opening.DeliveryAddress, Currency: opening.Currency);
    }

    extension(Payment payment)
    {
        /// <summary>The payment counts towards the total and is not applied yet.</summary>
        internal bool IsOpen => payment.Status is PaymentStatus.Pending or PaymentStatus.Held;

        internal Payment TakenOrAwaited(Channel channel) =>
            payment.IsFinalAtOnce(channel) ? payment with { Status = PaymentStatus.Held } : payment;
    }

    internal static IEnumerable<Effect> Holds(Sequence<Payment> payments, Guid kitchen) =>
        payments.Where(payment => payment.Status == PaymentStatus.Held).SelectMany(payment => payment.Hold(kitchen));

    /// <summary>
    /// Spends the wallet codes and the attested receipts of the payments. Each pays one payment only, ever.
    /// </summary>
    internal static IEnumerable<Effect> Spends(Sequence<PaymentRequest>? requests, Sequence<Payment> payments) =>
    [
        .. from taken in (requests ?? []).Zip(payments)
           let authorized = taken.First.Authorized
           where authorized is not null
           select new Effect.SpendAuthorization(authorized.Id, taken.Second.Id),
        .. from payment in payments
           let attested = payment.Attested
           where attested is not null
           select new Effect.AttestReceipt(payment.Id, payment.DeviceId, payment.Amount, attested),
    ];

    internal static Sequence<Payment> PaymentsOf(Sequence<PaymentRequest> requests, Sequence<Guid> ids, Caller by) =>
        requests.Select((request, index) => new Payment(
            ids[index], request.PaymentMethod, request.Amount, PaymentStatus.Pending,
            request.KitchenCustomerId, request.KitchenPaymentMethodId,
            request.PaymentMethod == PaymentMethod.PlatformWallet && by.Kind == CallerKind.AppUser
                ? by.Id
                : request.Authorized?.AccountId,
            DeviceId: null,
            request.PhoneNumber, request.Provider, Tendered: request.Tendered, Channel: request.Awaited,
            Attested: request.AttestedBy(by)))
        .Select(payment => payment.IsAttested ? payment with { DeviceId = by.DeviceId } : payment)
        .ToSequence();

    /// <summary>
    /// Items stay reserved beyond the deadline while mobile money is pending: the aggregator is asked once more before
    /// the session ends.
    /// </summary>
    internal static DateTimeOffset ReservationExpires(
        DateTimeOffset expiresAt, Sequence<Payment> payments, bool othersWait = false) =>
        othersWait || payments.Any(payment =>
            payment.IsByPhone && payment.Status == PaymentStatus.Pending)
            ? expiresAt + SessionDeadlines.Grace
            : expiresAt;

    private static TimeSpan TimeToPay(SessionType type, KitchenSettings settings) =>
        type == SessionType.Slip ? settings.SlipTimeout : settings.PaymentTimeout;

    internal static SessionOpening OpeningOf(
        OpenSession command, Quote quote, Kitchen kitchen, OpeningIds ids, DateTimeOffset now) => new(
        kitchen.Id, command.By, now, ids.BusinessDate, ids.Number,
        command.SessionType == SessionType.Slip ? ids.SlipCode : null,
        kitchen.LiveMode, command.SessionType, command.Channel, command.FulfillmentType,
        command.TableNumber, command.LaneNumber, command.Tag, command.OrderInstructions,
        command.CustomerPhone, command.DeliveryAddress, command.ClientReference, command.ReissueOf, quote.Lines,
        Approval: command.Channel is Channel.TableQr
            ? new ApprovalTerms(kitchen.Settings.ApprovalTimeoutSeconds, kitchen.Settings.UnansweredOrders)
            : null,
        OtherCurrency: kitchen.Settings.Currency.UnlessUsual, CommissionRate: kitchen.Commission.On(command.Channel));
}
