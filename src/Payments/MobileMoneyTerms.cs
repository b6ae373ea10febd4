using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Payments;

/// <summary>What an aggregator can do, and the forms that it wants.</summary>
/// <param name="Currencies">What it takes, each in the countries that have it.</param>
/// <param name="Countries">Those whose phones it can ring.</param>
/// <param name="Least">The smallest push, inclusive, in the smallest unit of whatever currency.</param>
/// <param name="Most">The largest push, inclusive.</param>
/// <param name="Proof">How far its webhooks can be trusted.</param>
/// <param name="Queries">It answers what became of a push.</param>
/// <param name="Refunds">It pays money back to the phone.</param>
/// <param name="RepeatsPush">
/// The same push may be sent twice: the aggregator rings the phone once. Where it does not say so, a push is noted as
/// sent before it is sent, and a crash in between means a phone that does not ring.
/// </param>
/// <param name="WholeOnly">Currencies of which it takes no cents, or not on all networks; null when none.</param>
/// <param name="Dollars">Countries in which it takes dollars, too.</param>
/// <param name="Lists">It gives a list of what it has taken.</param>
/// <param name="PaysOut">It pays money to any phone, not only back to the one that paid.</param>
/// <param name="MostRefundTries">
/// So often the same refund may be sent, where the aggregator may forget in time that it had it; null for ever. By the
/// pauses between tries 24 are 15 hours, and keys are often kept for 24. What is not paid by then waits for people.
/// </param>
/// <param name="AsksNetwork">A push says to it which network the phone is of.</param>
public sealed record MobileMoneyTerms(
    IReadOnlyList<Currency> Currencies, IReadOnlyList<Country> Countries, Money Least, Money Most,
    ReferenceForm Reference, PhoneForm Phone, AmountForm Amount, Proof Proof, bool Queries, bool Refunds,
    bool RepeatsPush, bool PaysOut = false, bool Lists = false, IReadOnlyList<Currency>? WholeOnly = null,
    IReadOnlyList<Country>? Dollars = null, int? MostRefundTries = null, bool AsksNetwork = false)
{
    internal static MobileMoneyTerms Simulator { get; } = new(
        [Currency.Tzs], [Country.Tz], new Money(1), Money.Largest, ReferenceForm.TwentyCharacters,
        PhoneForm.International, AmountForm.Number, Proof.Signed, Queries: true, Refunds: true, RepeatsPush: true,
        PaysOut: true);

    /// <summary>Why this push cannot be taken; null when it can.</summary>
    internal string? Refusal(PushRequest push) =>
        push.Amount < Least ? $"The aggregator takes no less than {push.Currency.Say(Least)}."
        : push.Amount > Most ? $"The aggregator takes no more than {push.Currency.Say(Most)}."
        : WholeOnly?.Contains(push.Currency) is true && !push.Currency.IsWhole(push.Amount)
            ? $"The aggregator takes whole amounts of {push.Currency.WireName} only."
        : null;

    /// <summary>It takes this currency from phones of this country.</summary>
    internal bool Takes(Currency currency, Country country) =>
        Currencies.Contains(currency) && Countries.Contains(country)
        && (currency == country.OwnCurrency || Dollars?.Contains(country) is true);
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
