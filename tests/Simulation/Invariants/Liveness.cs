using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Simulation.World;
using JikoXpress.Testing.Memory;

namespace JikoXpress.Simulation.Invariants;

/// <summary>What has come about when the storm is over and a day has passed.</summary>
internal static class Liveness
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<Law> All { get; } =
    [
        new("every session comes to its end", Ended),
        new("every bill is closed", Closed),
        new("no order waits for staff", Answered),
        new("no plate is kept for nobody", Freed),
        new("the inbox drains", Drained),
        new("every shilling that no order has goes back, onto a balance, or waits for a manager", Returned),
        new("every shilling that left a phone is known", Known),
        new("no guest waited for a phone that nobody dialled", Dialled),
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

    private static IEnumerable<string> Drained(Universe world) => world.Database.Inbox
        .Where(row => row.NextLookAt is not null)
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
                .Where(collection => collection is { Currency: "TZS" })
                .Sum(collection => (collection?.Paid ?? Money.Zero) - (collection?.Refunded ?? Money.Zero));
            var elsewhere = attempts.Sum(ElsewhereOf);
            if (kept != taken + elsewhere)
                yield return $"{world.Name(party.Key)} {party.First().Status}: kept {kept}, took {taken}, and "
                    + $"{elsewhere} is on a balance or waits";
        }
    }

    private static Money ElsewhereOf(PaymentAttempt attempt) => attempt switch
    {
        { Credit: { } credit } => credit.Amount,
        { InSuspense: SuspenseReason.Late, Received: { } received } => received,
        _ => Money.Zero,
    };

    private static IEnumerable<string> Known(Universe world) => world.Phones.Collections
        .Where(collection => collection is { Outcome: PaymentOutcome.Succeeded, Currency: "TZS" })
        .Where(collection => world.Database.Attempt(collection.Push.Reference)?.State != AttemptStatus.Succeeded)
        .Select(collection => $"{collection.Push.Reference} paid {collection.Paid}, and nobody knows");

    /// <summary>
    /// Of sessions that waited until their time was over, and long enough for another host to come to the push.
    /// </summary>
    private static IEnumerable<string> Dialled(Universe world) => world.Database.Attempts
        .Where(row => row is { Work.PhoneNumber: not null, State: not AttemptStatus.Succeeded }
            && world.Database.Session(row.Work.SessionId)?.Session
                is Session.Ended { Reason: EndReason.PaymentTimeout }
            && row.Work.AskBy - row.Work.StartedAt > LongEnough
            && !world.Phones.Dialled.Contains(row.Work.Reference))
        .Select(row => $"{row.Work.Reference} of {world.Name(row.Work.SessionId)} was never pushed");
}
