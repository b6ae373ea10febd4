using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Tests.Properties;

/// <summary>A session as a child would keep it: a list of payments, a status and two alarm clocks.</summary>
internal sealed class NaiveSession
{
    private static readonly PaymentMethod[] Attested =
        [PaymentMethod.Cash, PaymentMethod.Card, PaymentMethod.KitchenChannel];

    public List<(PaymentMethod Method, long Amount, PaymentStatus Status)> Payments { get; private set; } = [];

    public SessionStatus? Status { get; private set; }
    public bool IsSlip { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? AttemptUntil { get; private set; }
    public Dictionary<int, int> Keys { get; } = [];

    public bool CanBePaid => IsSlip && Status == SessionStatus.PendingPayment && AttemptUntil is null;

    public long Sum(PaymentStatus status, params PaymentMethod[] methods) => Payments
        .Where(payment => payment.Status == status && (methods.Length == 0 || methods.Contains(payment.Method)))
        .Sum(payment => payment.Amount);

    public long SumAttested(PaymentStatus status) => Sum(status, Attested);

    public SessionStatus? StatusAt(DateTimeOffset now) =>
        Status == SessionStatus.PendingPayment && now >= ExpiresAt ? SessionStatus.Expired : Status;

    public void Open(bool slip, bool onTheApp, IEnumerable<PaymentRequest> payments, DateTimeOffset now)
    {
        (IsSlip, Status, ExpiresAt) = (slip, SessionStatus.PendingPayment, now + (slip ? 15 : 5).Minutes);
        if (!slip) Take(payments, onTheApp, now);
    }

    public void Pay(IEnumerable<PaymentRequest> payments, DateTimeOffset now)
    {
        Take(payments, onTheApp: false, now);
        if (Status == SessionStatus.Confirmed) return;
        AttemptUntil = now + 5.Minutes;
        ExpiresAt = ExpiresAt > AttemptUntil ? ExpiresAt : AttemptUntil.Value;
    }

    public void End(SessionStatus status)
    {
        GiveBack();
        Status = status;
    }

    public void HandBack() => Change(PaymentStatus.ToReturn, _ => PaymentStatus.Returned);

    public void Look(DateTimeOffset now)
    {
        if (Status != SessionStatus.PendingPayment) return;
        if (now >= AttemptUntil) GiveBack();
        if (now >= ExpiresAt) End(SessionStatus.Expired);
    }

    private void Take(IEnumerable<PaymentRequest> payments, bool onTheApp, DateTimeOffset now)
    {
        var taken = payments.Select(payment => (payment.PaymentMethod, payment.Amount.Shillings)).ToList();
        var paid = taken.TrueForAll(payment => IsFinal(payment.PaymentMethod));
        if (paid) Status = SessionStatus.Confirmed;
        Payments.AddRange(taken.Select(payment => (payment.PaymentMethod, payment.Shillings,
            paid ? PaymentStatus.Paid : IsFinal(payment.PaymentMethod) ? PaymentStatus.Held : PaymentStatus.Pending)));

        bool IsFinal(PaymentMethod method) =>
            method != PaymentMethod.MobileMoney && (method != PaymentMethod.PlatformWallet || onTheApp);
    }

    private void GiveBack()
    {
        AttemptUntil = null;
        Change(PaymentStatus.Held, method =>
            Attested.Contains(method) ? PaymentStatus.ToReturn : PaymentStatus.Released);
        Change(PaymentStatus.Pending, _ => PaymentStatus.Released);
    }

    private void Change(PaymentStatus from, Func<PaymentMethod, PaymentStatus> to) =>
        Payments = [.. Payments.Select(payment =>
            payment.Status == from ? payment with { Status = to(payment.Method) } : payment)];
}
