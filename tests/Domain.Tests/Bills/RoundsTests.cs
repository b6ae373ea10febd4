using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Tests.Orders;

namespace JikoXpress.Domain.Tests.Bills;

/// <summary>A table orders again, and the round goes onto its bill.</summary>
public sealed class RoundsTests
{
    private static readonly Bill.Opened Owing = Rounds.Opened.Bill;

    private static readonly OpenSession Again = new(
        Cashier, SessionType.Tab, Channel.Pos, FulfillmentType.DineIn, [new(Chai.Id, 2)], Payments: null,
        TableNumber: "05", BillId: Rounds.BillId);

    [Fact]
    public void The_first_round_opens_the_bill() => Assert.Equal(
        new Bill.Opened(
            Rounds.BillId,
            new BillOpening(
                MamaNtilie.Id, Cashier, Noon, new DateOnly(2026, 3, 12), 147, LiveMode: true, Tag: null), "05",
            BillStatus.Open,
            [
                new BillLine(Id(510), SessionId, OrderId, 0, new Line(Pilau.Id, "Pilau", 2, Pilau.Price, null)),
                new BillLine(Id(511), SessionId, OrderId, 1, new Line(Chai.Id, "Chai", 1, Chai.Price, null)),
            ],
            [], [], [], [new BillTimelineEntry(BillTimelineEntryKind.Opened, Noon, Cashier, SessionId)]),
        Owing);

    [Fact]
    public void A_further_round_goes_onto_it_at_the_version_that_was_read()
    {
        var facts = Facts with { Bill = new KnownBill(Owing, 3) };
        var (quote, refusals) = SessionQuotes.Price(Again, facts);
        Assert.Empty(refusals);
        var ids = new OpeningIds(
            Id(101), Id(201), [], 148, new DateOnly(2026, 3, 12), SlipCode: "",
            Bill: new BillIds(Rounds.BillId, Ids(520)));

        var (next, effects) = Session.Initial.Open(Again, quote, MamaNtilie, ids, Sales.Later, facts.Bill).Commit();

        var round = Assert.IsType<Session.Confirmed>(next);
        Assert.Equal((Rounds.BillId, Id(201)), (round.Opening.BillId, round.OrderId));
        var keep = Assert.Single(effects.OfType<Effect.KeepBill>());
        Assert.Equal(3, keep.ExpectedVersion);
        Assert.Equal(
            Owing with
            {
                Lines = Owing.Lines.With(
                    new BillLine(Id(520), Id(101), Id(201), 0, new Line(Chai.Id, "Chai", 2, Chai.Price, null))),
                Timeline = Owing.Timeline.With(
                    new BillTimelineEntry(BillTimelineEntryKind.RoundAdded, Sales.Later, Cashier, Id(101))),
            },
            keep.Bill);
        Assert.Equal([OrderId, Id(201)], keep.Bill.Orders);
        Assert.Equal(
            new Effect.SellStock(MamaNtilie.Id, Id(101), [new StockLine(Chai.Id, 2)]), effects[0]);
    }

    // Each breaks its own rule and those after it.
    [Fact]
    public void A_round_that_its_bill_does_not_take_is_refused()
    {
        var full = Owing with { Lines = Enumerable.Repeat(Owing.Lines[0], 1_000).ToSequence() };
        var paid = full with { Status = BillStatus.Paid };

        Assert.Equal(
            ["bill-table-mismatch", "too-many-items"], Codes(Again with { TableNumber = "06" }, paid));
        Assert.Equal(["too-many-items"], Codes(Again, paid));
        Assert.Equal(["bill-not-open"], Codes(Again, Owing with { Status = BillStatus.Paid }));
        Assert.Equal(["bill-payment-in-progress"], Codes(Again, Owing with { Status = BillStatus.PaymentPending }));
        Assert.Equal(["not-found"], Codes(Again, bill: null));
        Assert.Empty(Codes(Again, full with { Lines = full.Lines.Skip(1).ToSequence() }));
    }

    [Fact]
    public void What_opens_no_round_is_not_held_against_a_bill() => Assert.Empty(SessionQuotes.Price(
        PayNow(Cash(8_000)) with { FulfillmentType = FulfillmentType.DineIn, TableNumber = "06" }, Facts with { Bill = new KnownBill(Owing, 3) }).Refusals);

    private static IEnumerable<string> Codes(OpenSession command, Bill.Opened? bill) => SessionQuotes
        .Price(command, Facts with { Bill = bill is null ? null : new KnownBill(bill, 3) })
        .Refusals.Select(refusal => refusal.Code);
}
