using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Tests.Orders;

namespace JikoXpress.Domain.Tests.Bills;

/// <summary>A bill of 9,500 shillings, two items of pilau at 4,000 and a tea at 1,500, and its splits.</summary>
public sealed class SplittingTests
{
    private static readonly Bill.Opened Owing = Rounds.Opened.Bill;
    private static readonly BillLine PilauLine = Owing.Lines[0];
    private static readonly BillLine ChaiLine = Owing.Lines[1];

    // Something stays on the bill, also where each amount alone would leave something.
    [Theory]
    [InlineData(new long[] { 9_499 }, true)]
    [InlineData(new long[] { 9_500 }, false)]
    [InlineData(new long[] { 9_501 }, false)]
    [InlineData(new long[] { 4_000, 5_499 }, true)]
    [InlineData(new long[] { 4_000, 5_500 }, false)]
    [InlineData(new long[] { 6_000, 6_000 }, false)]
    public void Amounts_come_to_less_than_the_balance(long[] amounts, bool accepted)
    {
        var decision = Owing.Split(Into(amounts), Ids(600), Sales.Later);

        if (!accepted)
        {
            var refusal = Assert.Single(decision.Refusals());
            Assert.Equal("split-exceeds-balance", refusal.Code);
            Assert.Equal([RefusalDetail.Of("balance", new Money(9_500))], refusal.Details!);
            return;
        }

        Assert.Equal(new Money(9_500 - amounts.Sum()), decision.Bill.Balance);
        Assert.Equal(amounts, Parts(decision).Select(part => part.Balance.Shillings));
    }

    // The shillings that are left over stay on the bill, one, and go to the first of the others, one each.
    [Theory]
    [InlineData(2, 4_750, new long[] { 4_750 })]
    [InlineData(3, 3_167, new long[] { 3_167, 3_166 })]
    [InlineData(7, 1_358, new long[] { 1_357, 1_357, 1_357, 1_357, 1_357, 1_357 })]
    [InlineData(9, 1_056, new long[] { 1_056, 1_056, 1_056, 1_056, 1_055, 1_055, 1_055, 1_055 })]
    public void Equal_shares_differ_by_a_shilling_at_most(int shares, long rest, long[] parts)
    {
        var decision = Owing.Split(new SplitBill(Cashier, Shares: shares), Ids(600), Sales.Later);

        Assert.Equal(rest, decision.Bill.Balance.Shillings);
        Assert.Equal(parts, Parts(decision).Select(part => part.Balance.Shillings));
    }

    [Theory]
    [InlineData(3, 3, true)]
    [InlineData(3, 4, false)]
    [InlineData(1, 2, false)]
    public void Nobody_has_a_share_of_nothing(long balance, int shares, bool accepted)
    {
        var small = Owing with
        {
            Lines = [ChaiLine with { Dish = ChaiLine.Dish with { UnitPrice = new Money(balance) } }],
        };

        var decision = small.Split(new SplitBill(Cashier, Shares: shares), Ids(600), Sales.Later);

        if (accepted) Assert.Equal(1, decision.Bill.Balance.Shillings);
        else Assert.Equal("split-exceeds-balance", decision.Code());
    }

    [Fact]
    public void An_amount_moves_money_and_no_line_and_both_bills_say_so()
    {
        var decision = Owing.Split(Into(3_000, 2_000), Ids(600), Sales.Later);

        Assert.Equal(Owing.Lines, decision.Bill.Lines);
        Assert.Equal(
            [new BillShare(Id(600), new Money(-3_000), []), new BillShare(Id(601), new Money(-2_000), [])],
            decision.Bill.Shares);
        Assert.Equal(
            [
                new BillTimelineEntry(BillTimelineEntryKind.Split, Sales.Later, Cashier, Id(600)),
                new BillTimelineEntry(BillTimelineEntryKind.Split, Sales.Later, Cashier, Id(601)),
            ],
            decision.Bill.Timeline.Skip(1));
        var part = Parts(decision)[1];
        Assert.Equal(
            new Bill.Opened(
                Id(601), Owing.Opening with { OpenedBy = Cashier, OpenedAt = Sales.Later, SplitFrom = Owing.Id },
                Owing.TableNumber, BillStatus.Open, [], [new BillShare(Owing.Id, new Money(2_000), [OrderId])], [], [],
                [new BillTimelineEntry(BillTimelineEntryKind.SplitOff, Sales.Later, Cashier, Owing.Id)]),
            part);
        Assert.Equal([OrderId], part.Orders);
    }

    [Fact]
    public void Items_move_with_their_price_and_a_part_of_a_line_is_a_line_of_its_own()
    {
        var decision = Owing.Split(
            new SplitBill(Cashier, Items: [new(ChaiLine.Id), new(PilauLine.Id, 1)]), Ids(600), Sales.Later);

        Assert.Equal([PilauLine with { Dish = PilauLine.Dish with { Quantity = 1 } }], decision.Bill.Lines);
        var part = Assert.Single(Parts(decision));
        Assert.Equal(Id(600), part.Id);
        Assert.Equal(
            [ChaiLine, PilauLine with { Id = Id(602), Dish = PilauLine.Dish with { Quantity = 1 } }], part.Lines);
        Assert.Equal((new Money(4_000), new Money(5_500)), (decision.Bill.Balance, part.Balance));
        Assert.Equal(
            new BillTimelineEntry(BillTimelineEntryKind.Split, Sales.Later, Cashier, Id(600)),
            decision.Bill.Timeline[^1]);
    }

    // What items may be taken of a line, and what has to stay on the bill.
    [Theory]
    [InlineData(null, false, null)]
    [InlineData(0, false, "quantity-out-of-range")]
    [InlineData(1, false, null)]
    [InlineData(2, false, null)]
    [InlineData(3, false, "quantity-out-of-range")]
    [InlineData(999, false, "quantity-out-of-range")]
    [InlineData(1000, false, "quantity-out-of-range")]
    [InlineData(1, true, null)]
    [InlineData(2, true, "split-exceeds-balance")]
    [InlineData(null, true, "split-exceeds-balance")]
    public void A_line_gives_what_it_has_and_something_stays(int? quantity, bool withTea, string? code)
    {
        ItemToSplit[] items = withTea
            ? [new(PilauLine.Id, quantity), new(ChaiLine.Id)]
            : [new(PilauLine.Id, quantity)];

        var decision = Owing.Split(new SplitBill(Cashier, Items: items.ToSequence()), Ids(600), Sales.Later);

        if (code is null) Assert.Equal(9_500, (decision.Bill.Balance + Parts(decision)[0].Balance).Shillings);
        else Assert.Equal(code, decision.Code());
    }

    [Fact]
    public void Items_that_are_refused_say_which_and_how_many_there_are()
    {
        var refusals = Owing.Split(
            new SplitBill(Cashier, Items: [new(ChaiLine.Id), new(Id(998)), new(PilauLine.Id, 3)]), Ids(600),
            Sales.Later).Refusals();

        Assert.Equal(
            [
                ("bill-line-not-found", "/items/1/lineId"), ("quantity-out-of-range", "/items/2/quantity"),
            ],
            refusals.Select(refusal => (refusal.Code, refusal.Pointer)));
        Assert.Contains("1 to 2", refusals[1].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_is_taken_once_and_a_voided_one_never()
    {
        var twice = new SplitBill(Cashier, Items: [new(ChaiLine.Id), new(ChaiLine.Id)]);
        Assert.Equal("bill-line-not-found", Owing.Split(twice, Ids(600), Sales.Later).Code());

        var voided = Owing.Void(ChaiLine, Rounds.Opened.Session).Bill;
        var command = new SplitBill(Cashier, Items: [new(ChaiLine.Id)]);
        Assert.Equal("bill-line-not-found", voided.Split(command, Ids(600), Sales.Later).Code());
    }

    public static TheoryData<string, string, SplitBill> BrokenRules => new()
    {
        { "split-unclear", "", new(Cashier) },
        { "split-unclear", "", new(Cashier, Items: [new(Id(1))], Shares: 2) },
        { "split-unclear", "", new(Cashier, Items: [new(Id(1))], Amounts: [new(new Money(1))]) },
        { "split-unclear", "", new(Cashier, Shares: 2, Amounts: [new(new Money(1))]) },
        { "split-unclear", "", new(Cashier, Items: []) },
        { "split-unclear", "", new(Cashier, Amounts: []) },
        { "shares-out-of-range", "/shares", new(Cashier, Shares: int.MinValue) },
        { "shares-out-of-range", "/shares", new(Cashier, Shares: 1) },
        { "shares-out-of-range", "/shares", new(Cashier, Shares: 51) },
        { "shares-out-of-range", "/shares", new(Cashier, Shares: int.MaxValue) },
        { "too-many-amounts", "/amounts", Into([.. Enumerable.Repeat(1L, 50)]) },
        { "amount-out-of-range", "/amounts/1/amount", Into(1, 0) },
        { "amount-out-of-range", "/amounts/0/amount", Into(-1) },
        { "amount-out-of-range", "/amounts/0/amount", Into(1_000_000_000_001) },
        { "amount-out-of-range", "/amounts/1/amount", Into(1, long.MaxValue) },
        { "too-many-items", "/items", Taking(1_001) },
        { "quantity-out-of-range", "/items/1/quantity", new(Cashier, Items: [new(Id(1)), new(Id(1), 0)]) },
        { "quantity-out-of-range", "/items/0/quantity", new(Cashier, Items: [new(Id(1), 1_000)]) },
    };

    [Theory, MemberData(nameof(BrokenRules))]
    public void A_split_that_breaks_a_rule_is_refused_and_asks_for_few_ids(
        string code, string pointer, SplitBill command)
    {
        var refusal = Owing.Split(command, [], Sales.Later).Refusals()[0];

        Assert.Equal((code, pointer), (refusal.Code, refusal.Pointer));
        Assert.InRange(command.IdsNeeded, 1, 1_002);
    }

    public static TheoryData<SplitBill, int> KeptRules => new()
    {
        { new(Cashier, Shares: 2), 3 },
        { new(Cashier, Shares: 50), 51 },
        { Into([.. Enumerable.Repeat(1L, 49)]), 50 },
        { Into(1_000_000_000_000), 2 },
        { Taking(1_000), 1_001 },
        { new(Cashier, Items: [new(Id(1), 999)]), 2 },
    };

    [Theory, MemberData(nameof(KeptRules))]
    public void A_split_at_the_edge_of_the_rules_has_an_id_for_each_bill_and_line_that_it_may_need(
        SplitBill command, int ids)
    {
        Assert.Empty(command.Broken());
        Assert.Equal(ids, command.IdsNeeded);
    }

    // Each row breaks its own rule and those after it.
    [Fact]
    public void Refusals_come_in_the_order_of_the_stages()
    {
        var paid = Owing with { Status = BillStatus.Paid };
        var command = Into(9_500);
        var done = Owing.Split(Into(1) with { Operation = Op(1) }, Ids(600), Sales.Later).Bill;

        Assert.Equal("split-unclear", paid.Split(new SplitBill(Stranger), [], Sales.Later).Code());
        Assert.Equal("not-found", paid.Split(command with { By = Stranger }, [], Sales.Later).Code());
        Assert.Equal("not-found", Bill.Initial.Split(command, [], Sales.Later).Code());
        Assert.Equal(
            "idempotency-key-reused",
            (done with { Status = BillStatus.Paid }).Split(
                new SplitBill(Cashier, Operation: Op(1) with { Fingerprint = Op(2).Fingerprint }), [], Sales.Later)
            .Code());
        Assert.Equal("split-unclear", paid.Split(new SplitBill(Cashier), [], Sales.Later).Code());
        Assert.Equal("bill-not-open", paid.Split(command, [], Sales.Later).Code());
        Assert.Equal("split-exceeds-balance", Owing.Split(command, [], Sales.Later).Code());
    }

    [Fact]
    public void The_same_split_twice_is_one()
    {
        var command = Into(1) with { Operation = Op(1) };
        var done = Owing.Split(command, Ids(600), Sales.Later).Bill;

        Assert.Equal(new Decision<Bill>.Replay(Op(1).Id), done.Split(command, Ids(700), Sales.Later));
    }

    private static SplitBill Into(params long[] amounts) => new(
        Cashier, Amounts: amounts.Select(amount => new AmountToSplit(new Money(amount))).ToSequence());

    private static SplitBill Taking(int items) => new(
        Cashier, Items: Enumerable.Repeat(new ItemToSplit(Id(1)), items).ToSequence());

    private static IReadOnlyList<Bill.Opened> Parts(Decision<Bill> decision) =>
        [.. decision.Commit().Effects.Select(effect => Assert.IsType<Effect.KeepBill>(effect).Bill)];
}
