using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Simulation.Phones;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Invariants;

/// <summary>What the house believes of phones, held against what really left them.</summary>
internal static class PaymentLaws
{
    /// <summary>The letters that say whether a reference is a payment's or a refund's; the rest they share.</summary>
    private const int Kind = 2;

    /// <summary>13_suspense.sql</summary>
    public static IEnumerable<string> Suspense(Universe world)
    {
        var mobileMoney = MoneyLaws.OfSessions(
            world, account => account is AccountKind.MobileMoney or AccountKind.ChargedBack);
        var suspense = MoneyLaws.OfSessions(world, account => account == AccountKind.Suspense);
        foreach (var session in world.Database.Sessions)
        {
            var attempts = AttemptsOf(session.Session).ToList();
            var kept = attempts.Sum(attempt => (attempt.Received ?? Money.Zero) - Repaid(attempt)).Shillings;
            var taken = session.Session.Payments
                .Where(payment => payment is
                {
                    Method: PaymentMethod.MobileMoney, Status: PaymentStatus.Held or PaymentStatus.Paid,
                })
                .Sum(payment => payment.Amount - (payment.Refunded ?? Money.Zero)).Shillings;
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
            .CountBy(posting => (posting.Transfer.PaymentId, posting.Transfer.Part))
            .ToDictionary();
        var attempts = world.Database.Attempts.ToDictionary(row => row.Work.Reference[Kind..], row => row.Id);
        foreach (var refund in world.Database.Refunds)
        {
            var count = attempts.TryGetValue(refund.Work.Reference[Kind..], out var attempt)
                ? posted.GetValueOrDefault((attempt, refund.Part))
                : 0;
            if (count != (refund.Done ? 1 : 0) || refund.Done != refund.NextTryAt is null)
                yield return $"{refund.Work.Reference} done {refund.Done}, {count} posted, next {refund.NextTryAt}";
        }
    }

    /// <summary>What goes back is what a session says, and no share of a payment gives back more than it was.</summary>
    public static IEnumerable<string> Shares(Universe world)
    {
        var said = new Dictionary<string, Money>();
        foreach (var attempt in world.Database.Sessions.SelectMany(session => AttemptsOf(session.Session)))
        {
            var refunds = attempt.Refunds ?? [];
            foreach (var refund in refunds) said.Add(refund.Reference, refund.Amount);
            if (refunds.Sum(refund => refund.Amount) is var back && back > (attempt.Received ?? Money.Zero))
                yield return $"{attempt.Reference} received {attempt.Received}, and gives back {back}";
        }

        foreach (var refund in world.Database.Refunds)
        {
            var amount = said.GetValueOrDefault(refund.Work.Reference);
            if (refund.Work.Amount != amount)
                yield return $"{refund.Work.Reference} sends {refund.Work.Amount} back, and the session says {amount}";
        }

        if (said.Count != world.Database.Refunds.Count)
            yield return $"{said.Count} refunds are promised, and {world.Database.Refunds.Count} are to be sent";
    }

    /// <summary>15_parked.sql</summary>
    public static IEnumerable<string> InSuspense(Universe world) =>
        from row in world.Database.Attempts
        let attempt = world.Database.Session(row.Work.SessionId) is { } session
            ? AttemptsOf(session.Session).FirstOrDefault(known => known.Reference == row.Work.Reference)
            : null
        where row.Suspense?.Why != attempt?.InSuspense
            || (row.Suspense is { } parked && parked.Amount != attempt?.Received)
        select $"{row.Work.Reference} is listed as {row.Suspense}, and the session says {attempt?.InSuspense}";

    /// <summary>
    /// No forged, altered or misread word has made an order, or money of what was none; what one phone has paid for a
    /// group is what all of its sessions have of it.
    /// </summary>
    public static IEnumerable<string> Received(Universe world) =>
        from session in world.Database.Sessions
        from attempt in AttemptsOf(session.Session)
        where attempt.Received is not null
        group (attempt.Received ?? Money.Zero).Shillings by attempt.KnownAs into shares
        let payment = world.Phones.Find(shares.Key)
        where payment is null || payment.Currency != "TZS" || !IsSumOfSome(payment.Receipts, shares.Sum())
        select $"{shares.Key} counts as {shares.Sum()}, and the phone paid {payment?.Paid} {payment?.Currency}";

    public static IEnumerable<string> Failures(Universe world) =>
        from session in world.Database.Sessions
        from attempt in AttemptsOf(session.Session)
        where attempt.Status == AttemptStatus.Failed && !world.Phones.SaidNo(attempt)
        select $"{world.Name(session.Id)}: {attempt.Reference} counts as failed, and nobody said so";

    public static IEnumerable<string> Heard(Universe world) =>
        from row in world.Database.Inbox
        where row.NextLookAt is null
        let reference = world.Phones.Told.GetValueOrDefault(row.EventId)
        where reference is not null && world.Database.Attempt(reference) is { State: AttemptStatus.Sent }
            && !world.Database.Exceptions.Any(listed => listed.Reference == reference)
        select $"{row.EventId} says that {reference} was paid, is done, and nobody knows of it";

    public static IEnumerable<string> Rings(Universe world) => world.Database.Attempts
        .Where(row => world.Database.Session(row.Work.SessionId) is not { } session
            || AttemptsOf(session.Session).All(attempt => attempt.Reference != row.Work.Reference))
        .Select(row => $"{row.Work.Reference} belongs to no leg of {world.Name(row.Work.SessionId)}");

    /// <summary>A hosted page waits for a phone no longer than the kitchen does, and may then ring another one.</summary>
    public static IEnumerable<string> OnePhone(Universe world) =>
        from session in world.Database.Sessions
        let isHosted = session.Row.Channel is Channel.Hosted
        from payment in session.Session.Payments
        where (payment.Attempts ?? []).Count(attempt => attempt.IsRinging
            && (!isHosted || world.Timeline.Now < attempt.StartedAt + PatienceOf(world, session.KitchenId))) > 1
        select $"{world.Name(session.Id)} rings two phones for one payment";

    /// <summary>A network refuses the second request; whoever rings knows it before.</summary>
    public static IEnumerable<string> OnePrompt(Universe world) => world.Database.Attempts
        .Where(row => row.State == AttemptStatus.Sent && row.RingsUntil > world.Server.Clock.GetUtcNow())
        .GroupBy(row => (row.Work.Adapter, row.Work.PhoneNumber))
        .Where(rings => rings.Count() > 1)
        .Select(rings =>
            $"{rings.Key.PhoneNumber} rings for {string.Join(" and ", rings.Select(row => row.Work.Reference))}");

    public static IEnumerable<string> PaidBack(Universe world) => world.Phones.Payments
        .Where(payment => payment.Refunded > payment.Paid)
        .Select(payment => $"{payment.Reference} paid {payment.Paid}, got {payment.Refunded} back")
        .Concat(world.Phones.Unowed);

    /// <summary>However often a push was sent, and whatever became of its answer.</summary>
    public static IEnumerable<string> Charged(Universe world) => world.Phones.Payments
        .Where(payment => payment.Receipts.Count > payment.Asked)
        .Select(payment =>
            $"{payment.Reference} was to be paid {payment.Asked} times, and was {payment.Receipts.Count} times");

    public static IEnumerable<PaymentAttempt> AttemptsOf(Session.Opened session) =>
        session.Payments.SelectMany(payment => payment.Attempts ?? []);

    /// <summary>A reference may be paid more than once, and not all of it is heard of at once.</summary>
    private static bool IsSumOfSome(IReadOnlyList<Money> receipts, long sum)
    {
        HashSet<long> sums = [0];
        foreach (var receipt in receipts) sums.UnionWith([.. sums.Select(some => some + receipt.Shillings)]);
        return sum > 0 && sums.Contains(sum);
    }

    private static TimeSpan PatienceOf(Universe world, Guid kitchen) =>
        world.City.Of(kitchen).Catalogue.Kitchen.Settings.PaymentTimeout;

    private static Money Repaid(PaymentAttempt attempt) =>
        (attempt.Refunds ?? []).Where(refund => refund.Done).Sum(refund => refund.Amount);
}
