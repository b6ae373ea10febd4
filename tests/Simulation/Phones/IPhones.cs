using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Payments;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Phones;

/// <summary>
/// The aggregator of a run with its guests: it never dies and its own books are always right, but what it says comes
/// late, twice, out of order, or not at all.
/// </summary>
internal interface IPhones
{
    /// <summary>What has ever left phones, by reference.</summary>
    IReadOnlyCollection<IPayment> Payments { get; }

    /// <summary>The references of pushes that left a host, whether or not they arrived.</summary>
    ISet<string> Dialled { get; }

    /// <summary>The events that say, and truly, that a reference was paid in shillings.</summary>
    IReadOnlyDictionary<string, string> Told { get; }

    /// <summary>What went out to phones as a refund that the house does not owe.</summary>
    IEnumerable<string> Unowed { get; }

    /// <summary>A host's line to it.</summary>
    IMobileMoneyAdapter LineOf(Host host);

    /// <summary>Null for a reference that nobody was asked for.</summary>
    IPayment? Find(string reference);

    /// <summary>What the aggregator is told in place of our reference.</summary>
    string KeyOf(string reference);

    /// <summary>Somebody has said a definite no at some time.</summary>
    bool SaidNo(PaymentAttempt attempt);

    /// <summary>The network has taken back what was paid for it first.</summary>
    bool IsReversed(string reference);

    /// <summary>A guest types a reference into the phone's menu and pays it.</summary>
    void Type(PushRequest payment);

    /// <summary>One try to make the house believe what is not so, or to believe twice what is.</summary>
    Task Attack();
}

/// <summary>One reference as the payers' side has it.</summary>
internal interface IPayment
{
    string Reference { get; }

    string Currency { get; }

    /// <summary>Each time that money left a phone for it.</summary>
    IReadOnlyList<Money> Receipts { get; }

    /// <summary>How often a guest was asked for it, or typed it.</summary>
    int Asked { get; }

    /// <summary>What went back, without what the network has taken back.</summary>
    Money Refunded { get; }

    /// <summary>What people have in a list, and what nobody has told of in a form that can be believed.</summary>
    Money Excused { get; }
}

internal static class PaymentSums
{
    extension(IPayment payment)
    {
        public Money Paid => payment.Receipts.Sum();
    }
}
