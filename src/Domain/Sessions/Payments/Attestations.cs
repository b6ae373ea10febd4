using static JikoXpress.Domain.Sessions.Payments.PaymentRefusals;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions.Payments;

/// <summary>A cashier attests a payment on the kitchen's till, whose notification has not come.</summary>
/// <param name="Receipt">The network's receipt, as it was typed.</param>
public sealed record AttestPayment(Caller By, Guid PaymentId, string Receipt, Operation? Operation = null)
    : IGrainCommand
{
    public Sequence<Refusal> Broken() =>
        ReceiptCode.Of(Receipt) is null ? [ChannelRefusals.ReceiptInvalid("/receipt")] : [];
}

/// <summary>
/// Payments that a cashier attests with the network's receipt. The receipt is claimed by the same commit, so that it
/// counts once; the till's notification of it, before or after, is no other money.
/// </summary>
public static class Attestations
{
    extension(Session session)
    {
        /// <summary>The till that the receipt is of; null when the session has no such payment.</summary>
        public OwnChannel? ChannelOf(Guid paymentId) => session is Session.Opened opened
            ? opened.Payments.FirstOrDefault(payment => payment.Id == paymentId)?.Channel
            : null;

        /// <param name="known">What is known of the receipt; null when nothing is.</param>
        /// <param name="orderId">The id of the order, if this is the last missing payment.</param>
        public Decision Attest(AttestPayment command, KnownReceipt? known, Guid orderId, DateTimeOffset now)
        {
            if (session.Precluded(command, SessionRefusals.NotFound, now) is { } answer) return answer;
            var opened = (Session.Opened)session;
            if (opened.Payments.FirstOrDefault(payment => payment.Id == command.PaymentId) is not { } payment)
                return PaymentNotFound;
            if (opened.Remembering(command.Operation) is not Session.Pending pending)
                return SessionRefusals.SessionNotPending(opened.Status);
            if (!payment.IsAtTill || payment.Status is not PaymentStatus.Pending
                || payment.Channel is not { } channel || command.By.Kind is not CallerKind.Staff)
                return PaymentNotPending;
            if (ChannelRules.Against(known, payment.Amount, "/receipt") is { } refusal) return refusal;

            var attestation = new Attestation(
                ReceiptCode.Of(command.Receipt) ?? throw new InvalidOperationException("The rules refuse it."),
                channel.Adapter, command.By.Id);
            var attested = payment with { Attested = attestation, DeviceId = command.By.DeviceId };
            var taken = pending.Receive(attested, orderId, command.By, now);
            return taken with
            {
                Effects =
                [
                    .. taken.Effects,
                    .. payment.NotAwaited(),
                    new Effect.AttestReceipt(payment.Id, command.By.DeviceId, payment.Amount, attestation),
                ],
            };
        }
    }
}
