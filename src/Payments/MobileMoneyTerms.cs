using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Payments;

/// <summary>What an aggregator can do, and the forms that it wants.</summary>
/// <param name="Currencies">ISO 4217 codes.</param>
/// <param name="Countries">ISO 3166 codes of the countries whose phones it can ring.</param>
/// <param name="Least">The smallest push, inclusive.</param>
/// <param name="Most">The largest push, inclusive.</param>
/// <param name="Proof">How far its webhooks can be trusted.</param>
/// <param name="Queries">It answers what became of a push.</param>
/// <param name="Refunds">It pays money back to the phone.</param>
/// <param name="RepeatsPush">
/// The same push may be sent twice: the aggregator rings the phone once. Where it does not say so, a push is noted as
/// sent before it is sent, and a crash in between means a phone that does not ring.
/// </param>
/// <param name="Lists">It gives a list of what it has taken.</param>
/// <param name="PaysOut">It pays money to any phone, not only back to the one that paid.</param>
public sealed record MobileMoneyTerms(
    IReadOnlyList<string> Currencies, IReadOnlyList<string> Countries, Money Least, Money Most,
    ReferenceForm Reference, PhoneForm Phone, AmountForm Amount, Proof Proof, bool Queries, bool Refunds,
    bool RepeatsPush, bool PaysOut = false, bool Lists = false)
{
    internal static MobileMoneyTerms Simulator { get; } = new(
        ["TZS"], ["TZ"], new Money(1), Money.Largest, ReferenceForm.TwentyCharacters, PhoneForm.International,
        AmountForm.Number, Proof.Signed, Queries: true, Refunds: true, RepeatsPush: true,
        PaysOut: true);

    /// <summary>Why this push cannot be taken; null when it can.</summary>
    internal string? Refusal(PushRequest push) =>
        push.Amount < Least ? $"The aggregator takes no less than {Least}."
        : push.Amount > Most ? $"The aggregator takes no more than {Most}."
        : null;
}

/// <summary>How the aggregator names a payment of ours.</summary>
public enum ReferenceForm
{
    /// <summary>Our reference as it is.</summary>
    TwentyCharacters = 1,

    /// <summary>A UUIDv4 made from our reference, from which our reference can be read again.</summary>
    Uuid4,

    /// <summary>Its own; ours travels beside it.</summary>
    ItsOwn,
}

public enum PhoneForm
{
    /// <summary>As in 255754000111.</summary>
    International = 1,

    /// <summary>As in 0754000111.</summary>
    Local,
}

public enum AmountForm { Number = 1, Text }
