using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Payments;

namespace JikoXpress.Simulation.Phones;

/// <summary>What a guest does when the phone rings.</summary>
internal enum Mood { Approves = 1, Refuses, Silent, PaysLate, FailsThenPays, PaysLess, PaysMore, PaysInDollars }

/// <summary>
/// One push as the aggregator's own books have it: what really left the guest's phone, and what really came back.
/// </summary>
internal sealed class Collection(PushRequest push, string id, Mood mood) : IPayment
{
    public string Id => id;

    public Mood Mood => mood;

    public PushRequest Push => push;

    public PaymentOutcome Outcome { get; private set; } = PaymentOutcome.Pending;

    /// <summary>Money that left the phone; zero until it did.</summary>
    public Money Paid { get; private set; }

    public string Currency => mood == Mood.PaysInDollars ? "USD" : "TZS";

    /// <summary>The aggregator has said a definite no at some time.</summary>
    public bool SaidNo { get; private set; }

    /// <summary>What went back, by the reference of the refund: the same reference pays once.</summary>
    public Dictionary<string, Money> Refunds { get; } = [];

    public Money Refunded => Refunds.Values.Sum();

    public string Reference => push.Reference;

    public IReadOnlyList<Money> Receipts => Paid > Money.Zero ? [Paid] : [];

    public int Asked => 1;

    public Money Excused => Money.Zero;

    public void Pay()
    {
        Outcome = PaymentOutcome.Succeeded;
        Paid = mood switch
        {
            Mood.PaysLess => new Money(Math.Max(1, push.Amount.Shillings / 2)),
            Mood.PaysMore => push.Amount + new Money(500),
            Mood.Approves or Mood.Refuses or Mood.Silent or Mood.PaysLate or Mood.FailsThenPays
                or Mood.PaysInDollars => push.Amount,
        };
    }

    public void Decline()
    {
        Outcome = PaymentOutcome.Failed;
        SaidNo = true;
    }

    public PaymentReport Report(Proof proof) => new(
        push.Reference, Outcome, proof, Outcome == PaymentOutcome.Succeeded ? Paid : null,
        Outcome == PaymentOutcome.Succeeded ? Currency : null, id, PaidBy: push.PhoneNumber);
}
