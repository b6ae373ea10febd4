using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Tests.Payments;

/// <summary>Sessions whose guests are asked by phone, and what an aggregator may say of it.</summary>
internal static class Phones
{
    public const string First = "JX000000000000000001";
    public const string Second = "JX000000000000000002";
    public const string Third = "JX000000000000000003";

    public static Pushes Pushes { get; } = new("simulator", [new(Id(401), First), new(Id(402), Second)]);

    /// <summary>For a number that is given later.</summary>
    public static Pushes Later { get; } = new("simulator", [new(Id(403), Third)]);

    /// <summary>A session opened at noon whose phones ring.</summary>
    public static Session Ringing(params PaymentRequest[] payments)
    {
        var (quote, refusals) = SessionQuotes.Price(PayNow(payments), Facts);
        Assert.Empty(refusals);
        var ids = new OpeningIds(SessionId, OrderId, Ids(300), 147, new DateOnly(2026, 3, 12), "0123456789ABC", Pushes);
        return Session.Initial.Open(PayNow(payments), quote, MamaNtilie, ids, Noon).Next();
    }

    public static PaymentReport Says(
        PaymentOutcome outcome, long? amount = null, string reference = First, Proof proof = Proof.Queried) => new(
        reference, outcome, proof, amount is { } shillings ? new Money(shillings) : null, "TZS", "SIM-1", "Wrong PIN");

    public static Decision<Session> Hears(
        this Session session, PaymentReport report, DateTimeOffset? at = null, LateMoney? late = null) =>
        session.Report(report, OrderId, late ?? LateMoney.GoesBack, at ?? Noon + 1.Minutes);

    public static PaymentAttempt Attempt(this Session session, int payment = 0) =>
        Assert.IsAssignableFrom<Session.Opened>(session).Payments[payment].Attempts![^1];

    /// <summary>What the account has, debits less credits, after these decisions.</summary>
    public static long Balance(this IEnumerable<Effect> effects, Ledger.AccountKind account) => effects
        .OfType<Effect.Transfer>()
        .Sum(effect => (effect.Movement.Debit.Kind == account ? effect.Movement.Amount.Shillings : 0)
            - (effect.Movement.Credit.Kind == account ? effect.Movement.Amount.Shillings : 0));
}
