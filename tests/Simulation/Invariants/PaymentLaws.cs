using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Payments;
using JikoXpress.Domain.Sessions;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Invariants;

/// <summary>What the house believes of phones, held against what really left them.</summary>
internal static class PaymentLaws
{
    /// <summary>13_suspense.sql</summary>
    public static IEnumerable<string> Suspense(Universe world)
    {
        var mobileMoney = MoneyLaws.OfSessions(world, account => account == AccountKind.MobileMoney);
        var suspense = MoneyLaws.OfSessions(world, account => account == AccountKind.Suspense);
        foreach (var session in world.Database.Sessions)
        {
            var attempts = AttemptsOf(session.Session).ToList();
            var kept = attempts.Sum(attempt => (attempt.Received ?? Money.Zero) - Repaid(attempt)).Shillings;
            var taken = session.Session.Legs
                .Where(leg => leg is
                {
                    Method: PaymentMethod.MobileMoney, Status: LegStatus.Held or LegStatus.Paid,
                })
                .Sum(leg => leg.Amount - (leg.Refunded ?? Money.Zero)).Shillings;
            var credited = attempts.Sum(attempt => attempt.Credit?.Amount ?? Money.Zero).Shillings;
            var (booked, parked) = (-mobileMoney.GetValueOrDefault(session.Id), suspense.GetValueOrDefault(session.Id));
            if (booked != kept || parked != kept - taken - credited)
                yield return $"{world.Name(session.Id)}: phones paid and did not get back {kept}, legs took {taken}, "
                    + $"balances got {credited}; "
                    + $"books: mobile money {booked}, suspense {parked}";
        }
    }

    /// <summary>14_refunds.sql</summary>
    public static IEnumerable<string> Refunds(Universe world)
    {
        var posted = world.Database.Postings
            .Where(posting => posting.Transfer.Step == LedgerStep.Refund)
            .CountBy(posting => (posting.Transfer.LegId, posting.Transfer.Part))
            .ToDictionary();
        foreach (var refund in world.Database.Refunds)
        {
            var attempt = world.Database.Attempt(refund.Work.AttemptReference);
            var count = attempt is null ? 0 : posted.GetValueOrDefault((attempt.Id, refund.Part));
            if (count != (refund.Done ? 1 : 0) || refund.Done != refund.NextTryAt is null)
                yield return $"{refund.Work.Reference} done {refund.Done}, {count} posted, next {refund.NextTryAt}";
        }
    }

    /// <summary>15_parked.sql</summary>
    public static IEnumerable<string> Parked(Universe world) =>
        from row in world.Database.Attempts
        let attempt = world.Database.Session(row.Work.SessionId) is { } session
            ? AttemptsOf(session.Session).FirstOrDefault(known => known.Reference == row.Work.Reference)
            : null
        where row.Parked?.Why != attempt?.Parked
            || (row.Parked is { } parked && parked.Amount != attempt?.Received)
        select $"{row.Work.Reference} is listed as {row.Parked}, and the session says {attempt?.Parked}";

    /// <summary>No forged, altered or misread word has made an order, or money of what was none.</summary>
    public static IEnumerable<string> Received(Universe world) =>
        from session in world.Database.Sessions
        from attempt in AttemptsOf(session.Session)
        where attempt.Received is not null
        let collection = world.Phones.Find(attempt.Reference)
        where collection is null || collection.Currency != "TZS" || collection.Paid != attempt.Received
        select $"{world.Name(session.Id)}: {attempt.Reference} counts as {attempt.Received}, and the phone paid "
            + $"{collection?.Paid} {collection?.Currency}";

    public static IEnumerable<string> Failures(Universe world) =>
        from session in world.Database.Sessions
        from attempt in AttemptsOf(session.Session)
        where attempt.Status == AttemptStatus.Failed && world.Phones.Find(attempt.Reference) is not { SaidNo: true }
        select $"{world.Name(session.Id)}: {attempt.Reference} counts as failed, and nobody said so";

    public static IEnumerable<string> Heard(Universe world) =>
        from row in world.Database.Inbox
        where row.NextLookAt is null
        let reference = world.Phones.Postman.Paid.GetValueOrDefault(row.EventId)
        where reference is not null && world.Database.Attempt(reference) is { State: AttemptStatus.Sent }
        select $"{row.EventId} says that {reference} was paid, is done, and nobody knows of it";

    public static IEnumerable<string> Rings(Universe world) => world.Database.Attempts
        .Where(row => world.Database.Session(row.Work.SessionId) is not { } session
            || AttemptsOf(session.Session).All(attempt => attempt.Reference != row.Work.Reference))
        .Select(row => $"{row.Work.Reference} belongs to no leg of {world.Name(row.Work.SessionId)}");

    public static IEnumerable<string> OnePhone(Universe world) =>
        from session in world.Database.Sessions
        from leg in session.Session.Legs
        where (leg.Attempts ?? []).Count(attempt => attempt.IsRinging) > 1
        select $"{world.Name(session.Id)} rings two phones for one payment";

    public static IEnumerable<string> PaidBack(Universe world) => world.Phones.Collections
        .Where(collection => collection.Refunded > collection.Paid)
        .Select(collection => $"{collection.Push.Reference} paid {collection.Paid}, got {collection.Refunded} back");

    public static IEnumerable<PaymentAttempt> AttemptsOf(Session.Opened session) =>
        session.Legs.SelectMany(leg => leg.Attempts ?? []);

    private static Money Repaid(PaymentAttempt attempt) =>
        (attempt.Refunds ?? []).Where(refund => refund.Done).Sum(refund => refund.Amount);
}
