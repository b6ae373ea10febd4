using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Sessions.HostedPage;

/// <summary>What the customer can do on the page.</summary>
public enum HostedStand
{
    /// <summary>Say which phone pays.</summary>
    Payable = 1,

    /// <summary>Enter the PIN on the phone that was rung; the page rings no second one meanwhile.</summary>
    Asking,

    /// <summary>Nothing but wait: a cashier takes the money for the slip.</summary>
    AtCashier,

    /// <summary>Nothing: less than the amount has come, and the shop has to decide.</summary>
    Underpaid,

    /// <summary>Go on to the shop.</summary>
    Paid,

    /// <summary>Nothing: the time to pay is over, or the shop has ended it.</summary>
    Over,

    /// <summary>Wait: it is paid, and staff have to accept the order.</summary>
    AwaitsStaff,

    /// <summary>Nothing: it was paid, staff did not accept the order, and the money goes back.</summary>
    NotAccepted,

    /// <summary>Nothing: it was cancelled before it was paid.</summary>
    Cancelled,
}

/// <summary>How a hosted session stands for its customer.</summary>
public static class HostedStands
{
    extension(Session.Opened session)
    {
        /// <param name="paymentTimeout">How long a phone that was rung keeps others from being rung.</param>
        public HostedStand StandOnPage(TimeSpan paymentTimeout, DateTimeOffset now) => session switch
        {
            Session.Confirmed { After.Status: OrderStatus.NeedsApproval } => HostedStand.AwaitsStaff,
            Session.Confirmed { After.Status: OrderStatus.Rejected } => HostedStand.NotAccepted,
            Session.Confirmed => HostedStand.Paid,
            Session.Pending { Payments: var payments }
                when payments.Any(payment => payment.Status is PaymentStatus.Underpaid) => HostedStand.Underpaid,
            Session.Pending pending when pending.AskedPhone(paymentTimeout, now) is not null => HostedStand.Asking,
            Session.Pending { Attempt: not null } => HostedStand.AtCashier,
            Session.Pending pending when now < pending.ExpiresAt => HostedStand.Payable,
            Session.Ended { Reason: EndReason.CancelledByCaller } => HostedStand.Cancelled,
            _ => HostedStand.Over,
        };

        /// <summary>
        /// The attempt for which a phone rings now, and the page rings no other one. A slip is locked to it for a
        /// minute longer, in which the network is asked a last time.
        /// </summary>
        public PaymentAttempt? AskedPhone(TimeSpan paymentTimeout, DateTimeOffset now) => session.Payments
            .SelectMany(payment => payment.Attempts ?? [])
            .LastOrDefault(attempt =>
                attempt is { IsRinging: true, Card: null }
                && (session is Session.Pending { Attempt: not null } || now < attempt.StartedAt + paymentTimeout));

        /// <summary>How much the phone is asked for: with a slip, a part may be paid another way.</summary>
        public Money AmountOf(PaymentAttempt attempt) =>
            session.Payments.Single(payment => (payment.Attempts ?? []).Contains(attempt)).Amount;

        /// <summary>What has gone back to whoever paid, or is on its way there.</summary>
        public Money MoneyGivenBack =>
            session.PhoneRefunds.Sum(refund => refund.Amount)
            + (session is Session.Confirmed sale
                ? sale.After.Refunds.SelectMany(refund => refund.Payments)
                    .Where(part => part.Reference is null).Sum(part => part.Amount)
                : Money.Zero);

        /// <summary>Some of it is still on its way.</summary>
        public bool IsGivingBack => session.PhoneRefunds.Any(refund => !refund.Done);

        private IEnumerable<Refund> PhoneRefunds => session.Payments
            .SelectMany(payment => payment.Attempts ?? [])
            .SelectMany(attempt => attempt.Refunds ?? []);

        /// <summary>The attempt whose card page is still for the customer: no second one is made meanwhile.</summary>
        public PaymentAttempt? OpenCard(TimeSpan paymentTimeout, DateTimeOffset now) => session.Payments
            .SelectMany(payment => payment.Attempts ?? [])
            .LastOrDefault(attempt =>
                attempt is { IsRinging: true, Card: not null } && now < attempt.StartedAt + paymentTimeout);

        /// <summary>The last try to pay.</summary>
        public PaymentAttempt? LastAttempt =>
            session.Payments is [.., { Attempts: [.., var attempt] }] ? attempt : null;

        /// <summary>The try that has paid the session; null while none has.</summary>
        public PaymentAttempt? PaidBy => session is Session.Confirmed
            ? session.Payments.SelectMany(payment => payment.Attempts ?? [])
                .LastOrDefault(attempt => attempt.HasPaidThePayment)
            : null;

        /// <summary>The phone of the last attempt.</summary>
        public string? LastPhone => session.LastAttempt?.PhoneNumber;
    }
}
