using FsCheck;
using FsCheck.Fluent;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;

namespace JikoXpress.Domain.Tests.Properties;

/// <summary>
/// Bills of one evening that are split, merged, moved and voided in any order: each shilling and each item is on one of
/// them, always, and the kitchen hears of what is voided, and of nothing else.
/// </summary>
public sealed class BillProperties
{
    private const int Runs = 3_000;

    [Fact]
    public void Splitting_merging_and_moving_conserve_each_shilling_and_each_item()
    {
        var done = new Dictionary<What, int>();

        Property.Holds(Runs, Step.Any, step => step.Simpler(), steps =>
        {
            var table = new Table(7, 20, 4_000);
            foreach (var step in steps)
            {
                var (owed, items) = (table.Owed, table.Items);
                if (!table.Does(step, out var voided)) continue;
                done[step.What] = done.GetValueOrDefault(step.What) + 1;

                Assert.Equal(owed - voided, table.Owed);
                Assert.Equal(items, table.Items);
                Assert.Equal(table.Voided, table.Told);
                Assert.Equal(table.Restocked, table.Returned);
                Assert.All(
                    table.Rounds.Where(IsVoidBeforeItWasBegun),
                    round => Assert.Equal(TicketStatus.Cancelled, round.After.Ticket));
                Assert.All(table.Bills, bill => Assert.True(
                    bill.Status is BillStatus.Open ? bill.Balance > Money.Zero : bill.Balance == Money.Zero));
            }
        });

        Assert.All(Enum.GetValues<What>(), what => Assert.True(done.GetValueOrDefault(what) > Runs / 10, $"{what}"));
    }

    [Theory]
    [InlineData(9_985, 3, new long[] { 3_334, 3_333, 3_333 })]
    [InlineData(9_986, 3, new long[] { 3_334, 3_334, 3_333 })]
    [InlineData(9_984, 3, new long[] { 3_333, 3_333, 3_333 })]
    [InlineData(1, 4, new long[] { 4, 4, 4, 4 })]
    public void Equal_shares_differ_by_a_shilling_at_most(long pilau, int shares, long[] expected)
    {
        var table = new Table(pilau); // and 15 for tea

        Assert.True(table.Does(new Step(What.SplitShares, 0, 0, shares), out _));
        Assert.Equal(expected, table.Bills.Select(bill => bill.Balance.Shillings));
    }

    [Fact]
    public void A_balance_of_fewer_shillings_than_shares_is_not_split()
    {
        var table = new Table(5);

        Assert.False(table.Does(new Step(What.SplitShares, 0, 0, 21), out _));
        Assert.Equal(20, table.Owed.Shillings);
    }

    private static bool IsVoidBeforeItWasBegun(Session.Confirmed round) =>
        round.After.Voids is [.., { Restocked: true }]
        && round.Opening.Lines.Index().All(line => round.After.Voided(line.Index) == line.Item.Quantity);

    private enum What { SplitItems = 1, SplitShares, SplitAmount, Transfer, Merge, Void, Cook }

    /// <param name="Bill">Which one of those there are.</param>
    /// <param name="Other">Which other one, or which line.</param>
    private sealed record Step(What What, int Bill, int Other, int Quantity)
    {
        public static Gen<Step> Any { get; } =
            from what in Gen.Elements(Enum.GetValues<What>())
            from bill in Gen.Choose(0, 5)
            from other in Gen.Choose(0, 5)
            from quantity in Gen.Choose(1, 4)
            select new Step(what, bill, other, quantity);

        public IEnumerable<Step> Simpler()
        {
            if (Bill > 0) yield return this with { Bill = 0 };
            if (Other > 0) yield return this with { Other = 0 };
            if (Quantity > 1) yield return this with { Quantity = 1 };
        }
    }

    /// <summary>The bills of the evening, in the order in which they came.</summary>
    private sealed class Table
    {
        private readonly Dictionary<Guid, Bill.Opened> bills = [];
        private readonly List<Guid> order = [];
        private readonly Dictionary<Guid, Session.Confirmed> rounds = [];
        private int ids = 10_000;

        public Table(params ReadOnlySpan<long> prices)
        {
            foreach (var price in prices) Keep(NewBill(new Money(price)));
        }

        public IReadOnlyList<Bill.Opened> Bills => [.. order.Select(id => bills[id])];

        public Money Owed => Bills.Sum(bill => bill.Balance);

        /// <summary>Every dish of every round, with its items, wherever they are.</summary>
        public Sequence<(Guid Session, Guid Menu, int Items)> Items => Bills
            .SelectMany(bill => bill.Lines)
            .GroupBy(line => (line.SessionId, line.Dish.MenuId))
            .Select(lines => (lines.Key.SessionId, lines.Key.MenuId, lines.Sum(line => line.Dish.Quantity)))
            .OrderBy(dish => (dish.SessionId, dish.MenuId))
            .ToSequence();

        public IEnumerable<Session.Confirmed> Rounds => rounds.Values;

        /// <summary>What is voided on the bills, and whether it can be sold again.</summary>
        public Sequence<(Guid, int, bool, int)> Voided => Sums(
            from line in Bills.SelectMany(bill => bill.Lines)
            let why = line.Voided
            where why is not null
            select (line.SessionId, line.Place, why.Restocked, line.Dish.Quantity));

        /// <summary>What the kitchen knows of that.</summary>
        public Sequence<(Guid, int, bool, int)> Told => Sums(
            from round in rounds.Values
            from items in round.After.Voids ?? []
            select (round.Id, items.Place, items.Restocked, items.Quantity));

        public int Restocked => Told.Where(items => items.Item3).Sum(items => items.Item4);

        /// <summary>How many items have come back to the shelf.</summary>
        public int Returned { get; private set; }

        /// <summary>True where the step was allowed.</summary>
        public bool Does(Step step, out Money voided)
        {
            voided = Money.Zero;
            var bill = Bills[step.Bill % order.Count];
            var other = Bills[step.Other % order.Count];
            var line = bill.Lines.Count > 0 ? bill.Lines[step.Other % bill.Lines.Count] : null;
            if (step.What is What.Cook) return Cook(line, (TicketStatus)step.Quantity);
            if (step.What is What.Void && line is not null) voided = line.Dish.Total;
            return Carry(bill, step.What switch
            {
                What.SplitItems => bill.Split(
                    new SplitBill(Cashier, Items: [new ItemToSplit(line?.Id ?? Id(1), step.Quantity)]), Ids(2), Noon),
                What.SplitShares => bill.Split(new SplitBill(Cashier, Shares: step.Quantity), Ids(step.Quantity), Noon),
                What.SplitAmount => bill.Split(
                    new SplitBill(Cashier, Amounts: [new AmountToSplit(new Money(step.Quantity))]), Ids(2), Noon),
                What.Transfer => bill.Transfer(
                    new TransferBill(Cashier, $"{step.Quantity}"), RoundsOf(bill), Noon),
                What.Merge => bill.Merge(
                    new MergeBill(Cashier, other.Id), new KnownBill(other, 1), RoundsOf(other), Noon),
                What.Void => bill.VoidLine(
                    new VoidBillLine(Cashier, line?.Id ?? Id(1), "Cold"),
                    line is null ? null : new KnownSale(rounds[line.SessionId], 1), [], Id(2), Noon),
                What.Cook => throw new InvalidOperationException("That is no matter of bills."),
            });
        }

        private Sequence<KnownSale> RoundsOf(Bill.Opened bill) => bill.Lines
            .Select(line => line.SessionId).Distinct()
            .Select(round => new KnownSale(rounds[round], 1))
            .ToSequence();

        private bool Cook(BillLine? line, TicketStatus to)
        {
            if (line is null || rounds[line.SessionId].Move(new MoveTicket(Cashier, to), Noon)
                is not Decision<Session>.Commit(Session.Confirmed next, _))
                return false;
            rounds[line.SessionId] = next;
            return true;
        }

        private bool Carry(Bill.Opened bill, Decision<Bill> decision)
        {
            if (decision is not Decision<Bill>.Commit(Bill.Opened next, var effects)) return false;
            bills[bill.Id] = next;
            foreach (var effect in effects)
            {
                switch (effect)
                {
                    case Effect.KeepBill keep: Keep(keep.Bill); break;
                    case Effect.KeepSession keep: rounds[keep.Session.Id] = (Session.Confirmed)keep.Session; break;
                    case Effect.ReturnStock back: Returned += back.Lines.Sum(items => items.Quantity); break;
                    case Effect.MoveOrder move: Assert.Equal(TicketStatus.Cancelled, move.Ticket); break;
                    case Effect.RecordSaleChange(var change):
                        Assert.True(change.Amount > Money.Zero && change.GivenBack <= change.Amount);
                        break;
                    default:
                        Assert.True(Assert.IsType<Effect.Publish>(effect).Event
                            is KitchenEvent.BillClosed or KitchenEvent.TicketLineVoided or KitchenEvent.TicketMoved
                                or KitchenEvent.TicketTableChanged);
                        break;
                }
            }

            return true;
        }

        private void Keep(Bill.Opened bill)
        {
            if (!bills.ContainsKey(bill.Id)) order.Add(bill.Id);
            bills[bill.Id] = bill;
        }

        private Bill.Opened NewBill(Money price)
        {
            var (id, session, order) = (Next(), Next(), Next());
            Sequence<Line> dishes =
                [new Line(Pilau.Id, "Pilau", 1, price, null), new Line(Chai.Id, "Chai", 5, new Money(3), null)];
            rounds[session] = Orders.Rounds.Opened.Session with
            {
                Id = session,
                Opening = Orders.Rounds.Opened.Session.Opening with { Lines = dishes, BillId = id },
                OrderId = order,
            };
            return new Bill.Opened(
                id,
                new BillOpening(MamaNtilie.Id, Cashier, Noon, new DateOnly(2026, 3, 12), 1, LiveMode: true, Tag: null),
                "1", BillStatus.Open,
                [
                    new BillLine(Next(), session, order, 0, dishes[0]),
                    new BillLine(Next(), session, order, 1, dishes[1]),
                ],
                [], [], [], []);
        }

        private static Sequence<(Guid, int, bool, int)> Sums(
            IEnumerable<(Guid Session, int Place, bool Restocked, int Items)> voids) => voids
            .GroupBy(one => (one.Session, one.Place, one.Restocked))
            .Select(same => (same.Key.Session, same.Key.Place, same.Key.Restocked, same.Sum(one => one.Items)))
            .OrderBy(sum => (sum.Session, sum.Place, sum.Restocked))
            .ToSequence();

        private Sequence<Guid> Ids(int count) => Enumerable.Range(0, count).Select(_ => Next()).ToSequence();

        private Guid Next() => Id(ids++);
    }
}
