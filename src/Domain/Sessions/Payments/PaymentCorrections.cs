using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Shifts;
using static JikoXpress.Domain.Sessions.Payments.PaymentRefusals;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions.Payments;

/// <summary>A manager corrects a payment that was keyed with a wrong method, such as cash as a card.</summary>
/// <param name="Method">How the guest has paid: CASH, CARD or KITCHEN_CHANNEL.</param>
/// <param name="KitchenPaymentMethodId">Only with KITCHEN_CHANNEL.</param>
/// <param name="Corrects">The payment's last correction, when that one was wrong; null for the first one.</param>
public sealed record CorrectPayment(
    Caller By, Guid PaymentId, PaymentMethod Method, Guid? KitchenPaymentMethodId, string Reason,
    Guid? Corrects = null, Operation? Operation = null) : IGrainCommand
{
    public Sequence<Refusal> Broken() =>
    [
        .. Method is PaymentMethod.Cash or PaymentMethod.Card or PaymentMethod.KitchenChannel
            ? Array.Empty<Refusal>()
            : [MethodNotTakenByHand(Method)],
        .. (Method is PaymentMethod.KitchenChannel, KitchenPaymentMethodId) switch
        {
            (true, null) => [KitchenRefusals.PaymentMethodRequired],
            (false, not null) => [KitchenRefusals.PaymentMethodUnwanted],
            _ => Array.Empty<Refusal>(),
        },
        .. FieldRules.Text(Reason, "/reason", ShiftRules.LongestReason),
    ];
}

/// <summary>A payment's method was keyed wrongly, and is another one from then on.</summary>
/// <param name="Amount">What was left of the payment, after refunds.</param>
/// <param name="FromKitchenPaymentMethodId">Where the wrong method was KITCHEN_CHANNEL.</param>
/// <param name="Corrects">The correction that was wrong itself.</param>
public sealed record PaymentCorrection(
    Guid Id, DateTimeOffset At, Caller By, PaymentMethod From, PaymentMethod To, Money Amount, string Reason,
    Guid? FromKitchenPaymentMethodId = null, Guid? ToKitchenPaymentMethodId = null, Guid? Corrects = null);

/// <summary>The shift that answers for a payment, as it is now.</summary>
/// <param name="ShiftId">Null where the till has had no shift yet.</param>
/// <param name="IsClosed">Its drawer is counted and empty.</param>
/// <param name="Cash">The cash that should be in its drawer.</param>
public sealed record PaymentShift(Guid? ShiftId, bool IsClosed, Money Cash);

/// <summary>What the rules need to know for a correction.</summary>
/// <param name="PaymentMethods">The kitchen's own payment methods.</param>
/// <param name="Shift">Null where the session has no such payment, or no till took it.</param>
public sealed record CorrectionFacts(
    IReadOnlyDictionary<Guid, KitchenPaymentMethod> PaymentMethods, PaymentShift? Shift);

/// <summary>
/// Corrections of the method of a payment. The books get two entries that name it: the payment leaves the wrong method
/// and comes in by the right one. While the shift that took it is open, the money is in that shift. When it is closed,
/// the cash was counted as over or short: the correction takes it out of there, and the closed figures stay.
/// </summary>
public static class PaymentCorrections
{
    public const int MostCorrections = 10;

    extension(Session session)
    {
        /// <param name="id">The id of the correction.</param>
        public Decision CorrectPayment(CorrectPayment command, Guid id, CorrectionFacts facts, DateTimeOffset now)
        {
            if (session.Precluded(command, SessionRefusals.NotFound, now) is { } answer) return answer;
            var opened = ((Session.Opened)session).Remembering(command.Operation);
            if (opened.Payments.FirstOrDefault(payment => payment.Id == command.PaymentId) is not { } payment)
                return PaymentNotFound;
            if (command.KitchenPaymentMethodId is { } method)
            {
                if (facts.PaymentMethods.GetValueOrDefault(method) is not { Active: true } known)
                    return KitchenRefusals.PaymentMethodNotFound;
                // Nobody but the till, the account or a receipt says that such a payment is made.
                if (known is not { Shape: ChannelShape.Attested, ReceiptRequired: false }) return MethodNotAttested;
            }

            if (opened is not Session.Confirmed sale || !payment.IsCorrectable || facts.Shift is not { } shift)
                return PaymentNotCorrectable;
            return payment.NotCorrected(command, shift) is { } refusal
                ? refusal
                : sale.Correct(payment, payment.CorrectionBy(command, id, now), shift);
        }
    }

    extension(Payment payment)
    {
        /// <summary>The method by which the payment was booked at that moment.</summary>
        public PaymentMethod MethodAt(DateTimeOffset moment) =>
            (payment.Corrections ?? []).FirstOrDefault(correction => correction.At > moment)?.From ?? payment.Method;

        /// <summary>Staff took it by hand at a till, and it is applied to its order.</summary>
        private bool IsCorrectable =>
            payment is { IsAttested: true, Status: PaymentStatus.Paid, DeviceId: not null };

        private Refusal? NotCorrected(CorrectPayment command, PaymentShift shift)
        {
            var last = payment.Corrections?[^1].Id;
            if (last is null && command.Corrects is not null) return CorrectionNotFound;
            if (last is { } known && command.Corrects != known) return PaymentCorrected(known);
            if (payment.Corrections is { Count: >= MostCorrections }) return TooManyCorrections;
            if (payment.Refundable == Money.Zero) return PaymentGivenBack;
            if (payment.Method == command.Method
                && payment.KitchenPaymentMethodId == command.KitchenPaymentMethodId)
                return PaymentMethodUnchanged;
            if (shift.IsClosed) return null;
            if (payment.Method is PaymentMethod.Cash && payment.Refundable > shift.Cash)
                return ShiftRefusals.DrawerHoldsLess;
            return command.Method is PaymentMethod.Cash && payment.Refundable > Money.Largest - shift.Cash
                ? ShiftRefusals.DrawerFull
                : null;
        }

        private PaymentCorrection CorrectionBy(CorrectPayment command, Guid id, DateTimeOffset now) => new(
            id, now, command.By, payment.Method, command.Method, payment.Refundable, command.Reason,
            payment.KitchenPaymentMethodId, command.KitchenPaymentMethodId, command.Corrects);

        /// <summary>
        /// The payment from then on. What the guest gave for cash says nothing about another method, and there is no
        /// such amount where it was not cash before.
        /// </summary>
        private Payment With(PaymentCorrection correction) => payment with
        {
            Method = correction.To,
            KitchenPaymentMethodId = correction.ToKitchenPaymentMethodId,
            Tendered = null,
            Channel = null,
            Attested = null,
            Corrections = (payment.Corrections ?? []).With(correction),
        };
    }

    extension(Session.Confirmed sale)
    {
        private Decision.Commit Correct(Payment payment, PaymentCorrection correction, PaymentShift shift)
        {
            var kitchen = sale.Opening.KitchenId;
            var corrected = payment.With(correction);
            var number = payment.Corrections?.Count ?? 0;
            return new Decision.Commit(
                sale with
                {
                    Payments = sale.Payments.Select(one => one.Id == payment.Id ? corrected : one).ToSequence(),
                    Timeline = sale.Timeline.With(
                        new TimelineEntry(TimelineEntryKind.PaymentCorrected, correction.At, correction.By)),
                },
                [
                    .. payment.Rebook(corrected, kitchen, correction.Amount, number, shift.IsClosed),
                    new Effect.RecordCorrection(
                        kitchen, sale.Id, payment.Id, payment.DeviceId ?? Guid.Empty, shift.ShiftId, shift.IsClosed,
                        number, correction),
                    new Effect.Publish(kitchen, new KitchenEvent.PaymentCorrected(
                        sale.Id, payment.Id, correction.From, correction.To, correction.Amount)),
                ]);
        }
    }
}
