using FsCheck;
using FsCheck.Fluent;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Tests.Properties;

/// <summary>
/// Bills of one evening that are split, merged, moved and voided in any order: each shilling and each plate is on one of
/// them, always, and the kitchen hears of nothing.
/// </summary>
public sealed class BillProperties
{
    private const int Runs = 3_000;

    [Fact]
    public void Splitting_merging_and_moving_conserve_each_shilling_and_each_plate()
    {
        var done = new Dictionary<What, int>();

        Property.Holds(Runs, Step.Any, step => step.Simpler(), steps =>
        {
            var table = new Table(7, 20, 4_000);
            foreach (var step in steps)
            {
                var (owed, plates) = (table.Owed, table.Plates);
                if (!table.Does(step, out var voided)) continue;
                done[step.What] = done.GetValueOrDefault(step.What) + 1;

                Assert.Equal(owed - voided, table.Owed);
                Assert.Equal(plates, table.Plates);
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

    private enum What { SplitItems = 1, SplitShares, SplitAmount, Transfer, Merge, Void }

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
        private int ids = 10_000;

        public Table(params ReadOnlySpan<long> prices)
        {
            foreach (var price in prices) Keep(NewBill(new Money(price)));
        }

        public IReadOnlyList<Bill.Opened> Bills => [.. order.Select(id => bills[id])];

        public Money Owed => Bills.Sum(bill => bill.Balance);

        /// <summary>Every dish of every round, with its plates, wherever they are.</summary>
        public Sequence<(Guid Session, Guid Menu, int Plates)> Plates => Bills
            .SelectMany(bill => bill.Lines)
            .GroupBy(line => (line.SessionId, line.Dish.MenuId))
            .Select(lines => (lines.Key.SessionId, lines.Key.MenuId, lines.Sum(line => line.Dish.Quantity)))
            .OrderBy(dish => (dish.SessionId, dish.MenuId))
            .ToSequence();

        /// <summary>True where the step was allowed.</summary>
        public bool Does(Step step, out Money voided)
        {
            voided = Money.Zero;
            var bill = Bills[step.Bill % order.Count];
            var other = Bills[step.Other % order.Count];
            var line = bill.Lines.Count > 0 ? bill.Lines[step.Other % bill.Lines.Count] : null;
            if (step.What is What.Void && line is not null) voided = line.Dish.Total;
            return Carry(bill, step.What switch
            {
                What.SplitItems => bill.Split(
                    new SplitBill(Cashier, Items: [new ItemToSplit(line?.Id ?? Id(1), step.Quantity)]), Ids(2), Noon),
                What.SplitShares => bill.Split(new SplitBill(Cashier, Shares: step.Quantity), Ids(step.Quantity), Noon),
                What.SplitAmount => bill.Split(
                    new SplitBill(Cashier, Amounts: [new AmountToSplit(new Money(step.Quantity))]), Ids(2), Noon),
                What.Transfer => bill.Transfer(new TransferBill(Cashier, $"{step.Quantity}"), Noon),
                What.Merge => bill.Merge(new MergeBill(Cashier, other.Id), new KnownBill(other, 1), Noon),
                What.Void => bill.VoidLine(new VoidBillLine(Cashier, line?.Id ?? Id(1), "Cold"), Noon),
            });
        }

        private bool Carry(Bill.Opened bill, Decision<Bill> decision)
        {
            if (decision is not Decision<Bill>.Commit(Bill.Opened next, var effects)) return false;
            bills[bill.Id] = next;
            foreach (var effect in effects)
            {
                if (effect is Effect.KeepBill keep) Keep(keep.Bill);
                else Assert.IsType<KitchenEvent.BillClosed>(Assert.IsType<Effect.Publish>(effect).Event);
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
            return new Bill.Opened(
                id,
                new BillOpening(MamaNtilie.Id, Cashier, Noon, new DateOnly(2026, 3, 12), 1, LiveMode: true, Tag: null),
                "1", BillStatus.Open,
                [
                    new BillLine(Next(), session, order, new Line(Pilau.Id, "Pilau", 1, price, null)),
                    new BillLine(Next(), session, order, new Line(Chai.Id, "Chai", 5, new Money(3), null)),
                ],
                [], [], [], []);
        }

        private Sequence<Guid> Ids(int count) => Enumerable.Range(0, count).Select(_ => Next()).ToSequence();

        private Guid Next() => Id(ids++);
    }
}
