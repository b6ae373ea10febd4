using FsCheck;
using FsCheck.Fluent;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Tests.Orders;
using JikoXpress.Domain.Tests.Payments;

namespace JikoXpress.Domain.Tests.Properties;

/// <summary>
/// Staff, managers, cooks and the clock get hold of an order that waits, in any order and at any time: it is answered
/// once, and what it sold is either cooked or given back whole.
/// </summary>
public sealed class ApprovalProperties
{
    private const int Runs = 3_000;
    private const int Total = 8_000;

    [Fact]
    public void An_order_that_waits_is_answered_once_and_is_cooked_or_given_back_whole()
    {
        var seen = new Dictionary<string, int>();

        Property.Holds(Runs, Step.Any, step => step.Simpler(), steps =>
        {
            foreach (var start in new[] { TableOrders.Waiting, TableOrders.WaitingToBeCooked })
            {
                var (sale, now, effects) = (start, TableOrders.PaidAt, new List<Effect>());
                foreach (var step in steps)
                {
                    now += step.After;
                    sale = Taken(sale.Expire(now), sale, effects);
                    var decision = step.Decide(sale, now);
                    var outcome = $"{step.What} {decision.GetType().Name}";
                    seen[outcome] = seen.GetValueOrDefault(outcome) + 1;
                    sale = Taken(decision, sale, effects);
                    Holds(sale, now, effects);
                }
            }
        });

        string[] everything =
        [
            "Approve Commit", "Approve Refuse", "Reject Commit", "Reject Refuse", "Refund Commit", "Refund Refuse",
            "Cook Commit", "Cook Refuse", "Look Unchanged",
        ];
        Assert.All(everything, what => Assert.InRange(seen.GetValueOrDefault(what), 10, int.MaxValue));
    }

    private static Session.Confirmed Taken(Decision<Session> decision, Session.Confirmed sale, List<Effect> effects)
    {
        if (decision is not Decision<Session>.Commit commit) return sale;
        effects.AddRange(commit.Effects);
        return (Session.Confirmed)commit.Next;
    }

    private static void Holds(Session.Confirmed sale, DateTimeOffset now, List<Effect> effects)
    {
        var told = effects.OfType<Effect.Publish>().Select(effect => effect.Event).ToList();
        var status = sale.After.Status;
        Assert.Equal(status is OrderStatus.Placed ? 1 : 0, told.OfType<KitchenEvent.OrderApproved>().Count());
        Assert.Equal(status is OrderStatus.Rejected ? 1 : 0, told.OfType<KitchenEvent.OrderRejected>().Count());
        Assert.InRange(told.OfType<KitchenEvent.ApprovalOverdue>().Count(), 0, 1);
        Assert.Equal(status is OrderStatus.Placed, sale.After.Ticket is not null);
        Assert.Equal(status is OrderStatus.NeedsApproval, sale.Deadline is not null);
        if (status is OrderStatus.NeedsApproval) Assert.InRange(now, TableOrders.PaidAt, TableOrders.AnswerBy);

        var back = effects.Balance(AccountKind.Sales);
        var items = effects.OfType<Effect.ReturnStock>().SelectMany(effect => effect.Lines).Sum(line => line.Quantity);
        Assert.Equal(Total - back, sale.Refundable.Shillings);
        Assert.Equal(-back, effects.Balance(AccountKind.Suspense));
        switch (status)
        {
            case OrderStatus.NeedsApproval: Assert.Equal((0, 0), (back, items)); break;
            case OrderStatus.Rejected: Assert.Equal((Total, 2), (back, items)); break;
            case OrderStatus.Placed: Assert.Equal(0, items); break;
        }
    }

    private enum What { Look = 1, Approve, Reject, Refund, Cook }

    private sealed record Step(What What, TimeSpan After)
    {
        public static Gen<Step> Any { get; } =
            from what in Gen.Elements(Enum.GetValues<What>())
            from seconds in Gen.Frequency(
                (3, Gen.Constant(0)), (3, Gen.Choose(1, 120)), (1, Gen.Elements(299, 300, 301, 599, 600, 601, 3_600)))
            select new Step(what, seconds.Seconds);

        public IEnumerable<Step> Simpler()
        {
            if (After > TimeSpan.Zero) yield return this with { After = TimeSpan.Zero };
            if (What is not What.Look) yield return this with { What = What.Look };
        }

        public Decision<Session> Decide(Session.Confirmed sale, DateTimeOffset now) => What switch
        {
            What.Look => sale.Expire(now),
            What.Approve => sale.Approve(now),
            What.Reject => sale.Reject(now),
            What.Refund => sale.Give(Sales.Refund(700), now),
            What.Cook => sale.Move(
                new MoveTicket(
                    Cashier, sale.After.Ticket is TicketStatus.New ? TicketStatus.Preparing : TicketStatus.Ready),
                now),
        };
    }
}
