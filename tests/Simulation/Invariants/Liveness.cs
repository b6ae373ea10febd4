using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Payments;
using JikoXpress.Simulation.Phones;
using JikoXpress.Simulation.World;
using JikoXpress.Testing.Memory;

namespace JikoXpress.Simulation.Invariants;

/// <summary>What has come about when the storm is over and a day has passed.</summary>
internal static class Liveness
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Unmatched = TimeSpan.FromHours(24);

    public static IReadOnlyList<Law> All { get; } =
    [
        new("every session comes to its end", Ended),
        new("every bill is closed", Closed),
        new("no order waits for staff", Answered),
        new("no plate is kept for nobody", Freed),
        new("the inbox drains", Drained),
        new("every shilling that no order has goes back, onto a balance, or waits for a manager", Returned),
        new("every shilling that left a phone is known", Known),
        new("what the network took back is claimed, or waits for people", TakenBack),
        new("no guest waited for a phone that nobody dialled", Dialled),
        new("no subscription that is due stands still", SubscriptionLaws.StandsStill),
        new("no period is skipped", SubscriptionLaws.NeverSkipped),
        new("every subscription comes to its end", SubscriptionLaws.Ended),
        new("no reminder rings for a kitchen in which nothing waits", Quiet),
    ];

    private static IEnumerable<string> Quiet(Universe world) =>
        world.Cluster.Reminded.Select(kitchen => $"{world.Name(kitchen)} is rung for");

    private static IEnumerable<string> Ended(Universe world) => world.Database.Sessions
        .Where(session => session.Status == SessionStatus.PendingPayment)
        .Select(session => $"{world.Name(session.Id)} waits, deadline {session.Row.Deadline}");

    private static IEnumerable<string> Closed(Universe world) => world.Database.Bills
        .Where(row => row.Bill.Status is BillStatus.Open or BillStatus.PaymentPending)
        .Select(row => $"{world.Name(row.Bill.Id)} is {row.Bill.Status}");

    private static IEnumerable<string> Answered(Universe world) => world.Database.Orders
        .Where(row => row.Order.Status is OrderStatus.NeedsApproval)
        .Select(row => $"the order of {world.Name(row.Order.SessionId)}");

    private static IEnumerable<string> Freed(Universe world) => world.Database.Items
        .Where(row => row.State == ItemsState.Reserved)
        .Select(row => $"{row.Quantity} for {world.Name(row.SessionId)}");

    /// <summary>What fits no attempt is looked at for a day, from when it came.</summary>
    private static IEnumerable<string> Drained(Universe world) => world.Database.Inbox
        .Where(row => row.NextLookAt is not null && world.Timeline.Now - row.Work.ReceivedAt > LongEnough + Unmatched)
        .Select(row => $"{row.EventId} is still to be looked at");

    /// <summary>The phone's own books: what it paid, less what came back, is what an order has.</summary>
    private static IEnumerable<string> Returned(Universe world)
    {
        foreach (var party in world.Database.Sessions
            .Select(row => row.Session)
            .GroupBy(session => session.Opening.Group?.Id ?? session.Id))
        {
            var taken = party
                .SelectMany(session => session.Payments)
                .Where(payment => payment is { Method: PaymentMethod.MobileMoney, Status: PaymentStatus.Paid })
                .Sum(payment => payment.Amount - (payment.Refunded ?? Money.Zero));
            var attempts = party.SelectMany(PaymentLaws.AttemptsOf).ToList();
            var kept = attempts
                .Select(attempt => attempt.KnownAs)
                .Distinct()
                .Select(world.Phones.Find)
                .OfType<IPayment>()
                .Where(payment => payment.Currency == "TZS")
                .Sum(payment => payment.Paid - payment.Excused - payment.Refunded);
            var elsewhere = attempts.Sum(attempt => ElsewhereOf(world, attempt));
            if (kept != taken + elsewhere)
                yield return $"{world.Name(party.Key)} {party.First().Status}: kept {kept}, took {taken}, and "
                    + $"{elsewhere} is on a balance or waits";
        }
    }

    /// <summary>On a balance, waiting for a manager, or waiting for people because the aggregator does not pay it back.
    /// </summary>
    private static Money ElsewhereOf(Universe world, PaymentAttempt attempt) => attempt switch
    {
        { Credit: { } credit } => credit.Amount,
        { InSuspense: SuspenseReason.Late, Received: { } received } => received,
        _ => (attempt.Refunds ?? [])
            .Where(refund => !refund.Done && world.Database.Exceptions.Any(listed =>
                listed.Kind is PaymentExceptionKind.RefundRefused && listed.Reference == refund.Reference))
            .Sum(refund => refund.Amount),
    };

    private static IEnumerable<string> Known(Universe world)
    {
        var counted = world.Database.Sessions
            .SelectMany(row => PaymentLaws.AttemptsOf(row.Session))
            .GroupBy(attempt => attempt.KnownAs)
            .ToDictionary(group => group.Key, group => group.Sum(attempt => attempt.Received ?? Money.Zero));
        return world.Phones.Payments
            .Where(payment => payment.Currency == "TZS")
            .Where(payment => payment.Paid - payment.Excused != counted.GetValueOrDefault(payment.Reference))
            .Select(payment => $"{payment.Reference} paid {payment.Paid}, of which {payment.Excused} needs people, and "
                + $"{counted.GetValueOrDefault(payment.Reference)} is known");
    }

    /// <summary>A reversal is told until it is heard; what it takes back of a sale is a claim of the kitchen.</summary>
    private static IEnumerable<string> TakenBack(Universe world) =>
        from row in world.Database.Sessions
        from attempt in PaymentLaws.AttemptsOf(row.Session)
        where attempt is { Status: AttemptStatus.Succeeded, PaidAs: null, ReversedAt: null }
            && world.Phones.IsReversed(attempt.Reference)
            && !world.Database.Exceptions.Any(listed =>
                listed.Kind is PaymentExceptionKind.Reversed && listed.Reference == attempt.Reference)
        select $"{world.Name(row.Id)}: {attempt.Reference} was taken back, and nobody claims it";

    /// <summary>
    /// Of sessions that waited until their time was over, and long enough for another host to come to the push. Where a
    /// push must not be sent twice, nobody comes to one that its host had begun before it died, or could not take back,
    /// however often it is to try.
    /// </summary>
    private static IEnumerable<string> Dialled(Universe world) => world.Database.Attempts
        .Where(row => row is { Work.PhoneNumber: not null, State: not AttemptStatus.Succeeded }
            && world.Database.Session(row.Work.SessionId)?.Session
                is Session.Ended { Reason: EndReason.PaymentTimeout }
            && row.Work.AskBy - row.Work.StartedAt > LongEnough
            && !(world.Begun.TryGetValue(row.Work.Reference, out var host) && !host.IsAlive)
            && world.NotTakenBack.GetValueOrDefault(row.Work.Reference) < PaymentRounds.MostTakingsBack
            && !world.Phones.Dialled.Contains(row.Work.Reference))
        .Select(row => $"{row.Work.Reference} of {world.Name(row.Work.SessionId)} was never pushed");
}
