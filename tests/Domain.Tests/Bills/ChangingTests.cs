using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Tests.Orders;

namespace JikoXpress.Domain.Tests.Bills;

/// <summary>What staff change on an open bill, and what refuses it.</summary>
public sealed class ChangingTests
{
    private static readonly Bill.Opened Owing = Rounds.Opened.Bill;
    private static readonly Session.Confirmed Round = Rounds.Opened.Session;

    private static readonly Bill.Opened Neighbour = Owing with
    {
        Id = Id(502),
        TableNumber = "06",
        Lines = Owing.Lines.Select((line, place) => line with { Id = Id(560 + place), OrderId = Id(201) }).ToSequence(),
        Shares = [new BillShare(Id(503), new Money(-500), [])],
    };

    [Fact]
    public void A_table_that_moves_takes_its_bill_along_and_the_old_number_stays_on_the_timeline()
    {
        var (next, effects) = Owing.Transfer(new TransferBill(Cashier, "12"), [], Sales.Later).Commit();

        Assert.Equal(
            Owing with
            {
                TableNumber = "12",
                Timeline = Owing.Timeline.With(
                    new BillTimelineEntry(BillTimelineEntryKind.Transferred, Sales.Later, Cashier, Reason: "05")),
            },
            next);
        Assert.Empty(effects);
    }

    [Fact]
    public void A_merged_bill_has_the_lines_and_shares_of_both_and_the_other_one_is_over()
    {
        var decision = Owing.Merge(new MergeBill(Cashier, Neighbour.Id), new KnownBill(Neighbour, 4), [], Sales.Later);

        var merged = decision.Bill;
        Assert.Equal([.. Owing.Lines, .. Neighbour.Lines], merged.Lines);
        Assert.Equal(Neighbour.Shares, merged.Shares);
        Assert.Equal((new Money(18_500), BillStatus.Open), (merged.Balance, merged.Status));
        Assert.Equal(
            new BillTimelineEntry(BillTimelineEntryKind.MergedIn, Sales.Later, Cashier, Neighbour.Id),
            merged.Timeline[^1]);
        Assert.Equal(
            new Effect.KeepBill(
                Neighbour with
                {
                    Status = BillStatus.Merged,
                    Lines = [],
                    Shares = [],
                    MergedInto = Owing.Id,
                    Timeline = Neighbour.Timeline.With(
                        new BillTimelineEntry(BillTimelineEntryKind.MergedAway, Sales.Later, Cashier, Owing.Id)),
                },
                4),
            Assert.Single(decision.Commit().Effects));
    }

    [Theory]
    [InlineData(998, null)]
    [InlineData(999, "too-many-items")]
    public void A_merged_bill_has_at_most_1000_lines(int others, string? code)
    {
        var many = Neighbour with { Lines = Enumerable.Repeat(Owing.Lines[0], others).ToSequence() };

        var decision = Owing.Merge(new MergeBill(Cashier, many.Id), new KnownBill(many, 4), [], Sales.Later);

        if (code is null) Assert.Equal(BillRules.MostLines, decision.Bill.Lines.Count);
        else Assert.Equal(code, decision.Code());
    }

    [Fact]
    public void Of_another_bill_nothing_may_be_paid_and_it_has_to_be_open()
    {
        var partPaid = (Neighbour with { Shares = [] }).Paying(BillsAtTheTill.InParts(true), Cash(1)).Bill;
        var waiting = (Neighbour with { Shares = [] }).Paying(Mobile(9_500)).Bill;
        var command = new MergeBill(Cashier, Neighbour.Id);

        Assert.Equal("bill-part-paid", Owing.Merge(command, new KnownBill(partPaid, 4), [], Sales.Later).Code());
        Assert.Equal("bill-payment-in-progress", Owing.Merge(command, new KnownBill(waiting, 4), [], Sales.Later).Code());
        Assert.Equal(
            "bill-not-open",
            Owing.Merge(command, new KnownBill(partPaid with { Status = BillStatus.Paid }, 4), [], Sales.Later).Code());
        Assert.Equal("not-found", Owing.Merge(command, from: null, [], Sales.Later).Code());
        Assert.Equal(
            "bill-merged-with-itself", Owing.Merge(new MergeBill(Cashier, Owing.Id), null, [], Sales.Later).Code());
        // Into the one of which something was paid the other can be merged.
        Assert.Equal(
            new Money(18_999),
            partPaid.Merge(new MergeBill(Cashier, Owing.Id), new KnownBill(Owing, 1), [], Sales.Later).Bill.Balance);
    }

    [Fact]
    public void What_is_written_off_is_over_and_says_why()
    {
        var (next, effects) = Owing.WriteOff(new WriteOffBill(Sales.Manager, "Ran away"), Sales.Later).Commit();

        Assert.Equal(
            Owing with
            {
                Status = BillStatus.WrittenOff,
                Timeline = Owing.Timeline.With(new BillTimelineEntry(
                    BillTimelineEntryKind.WrittenOff, Sales.Later, Sales.Manager, Reason: "Ran away")),
            },
            next);
        Assert.Equal(
            [
                new Effect.RecordSaleChange(new SaleChange(
                    SaleChangeKind.WriteOff, Owing.Id, 0, MamaNtilie.Id, SessionId: null, MenuId: null, Name: null,
                    Quantity: 0, Owing.Balance)),
                new Effect.Publish(MamaNtilie.Id, new KitchenEvent.BillClosed(Owing.Id, BillStatus.WrittenOff)),
            ],
            effects);
    }

    // A part of the bill is paid: what is voided is never more than what is still owed.
    [Theory]
    [InlineData(8_000, null)]
    [InlineData(8_001, "void-exceeds-balance")]
    public void No_more_is_voided_than_is_owed(long paid, string? code)
    {
        var owing = Owing.Paying(BillsAtTheTill.InParts(true), Cash(paid)).Bill;
        var chai = Owing.Lines[1];

        var decision = owing.Void(chai, Round);

        if (code is null)
        {
            Assert.Equal((BillStatus.Paid, Money.Zero), (decision.Bill.Status, decision.Bill.Balance));
            return;
        }

        Assert.Equal(code, decision.Code());
        Assert.Equal([RefusalDetail.Of("balance", new Money(9_500 - paid))], decision.Refusals()[0].Details!);
    }

    [Fact]
    public void What_is_voided_while_more_is_owed_leaves_the_bill_open_and_says_why()
    {
        var decision = Owing.Void(Owing.Lines[1], Round);

        Assert.Equal((BillStatus.Open, new Money(8_000)), (decision.Bill.Status, decision.Bill.Balance));
        Assert.Equal(
            new BillTimelineEntry(
                BillTimelineEntryKind.LineVoided, Sales.Later, Sales.Manager, Owing.Lines[1].Id, "Cold"),
            decision.Bill.Timeline[^1]);
        Assert.DoesNotContain(
            decision.Commit().Effects, effect => effect is Effect.Publish { Event: KitchenEvent.BillClosed });
    }

    /// <summary>Every change of a bill, as it is asked for by somebody, with the key of another request if need be.</summary>
    private static readonly (string What, Func<Bill, Caller, Operation?, string, Decision<Bill>> Ask)[] Changes =
    [
        ("transfer", (bill, by, operation, text) =>
            bill.Transfer(new TransferBill(by, text, operation), [], Sales.Later)),
        ("void", (bill, by, operation, text) => bill.VoidLine(
            new VoidBillLine(by, Owing.Lines[1].Id, text, Operation: operation), new KnownSale(Round, 7), [],
            Rounds.Rest, Sales.Later)),
        ("write off", (bill, by, operation, text) =>
            bill.WriteOff(new WriteOffBill(by, text, operation), Sales.Later)),
    ];

    public static TheoryData<string> Names => [.. Changes.Select(change => change.What)];

    [Theory, MemberData(nameof(Names))]
    public void Refusals_come_in_the_order_of_the_stages(string what)
    {
        var ask = Changes.Single(change => change.What == what).Ask;
        var other = Op(1) with { Fingerprint = Op(2).Fingerprint };
        var paid = Owing with { Status = BillStatus.Paid, Operations = [Op(1)] };
        var waiting = Owing with { Status = BillStatus.PaymentPending };

        var first = ask(paid, Stranger, other, "").Refusals()[0];
        Assert.Equal(("invalid-text", what == "transfer" ? "/tableNumber" : "/reason"), (first.Code, first.Pointer));
        Assert.Equal("not-found", ask(paid, Stranger, other, "a").Code());
        Assert.Equal("invalid-text", ask(Bill.Initial, Cashier, null, "").Code());
        Assert.Equal("not-found", ask(Bill.Initial, Cashier, null, "a").Code());
        Assert.Equal("idempotency-key-reused", ask(paid, Cashier, other, "").Code());
        Assert.Equal(new Decision<Bill>.Replay(Op(1).Id), ask(paid, Cashier, Op(1), ""));
        Assert.Equal("invalid-text", ask(paid, Cashier, Op(3), "").Code());
        Assert.Equal("bill-not-open", ask(paid, Cashier, Op(3), "a").Code());
        Assert.Equal("bill-payment-in-progress", ask(waiting, Cashier, null, "a").Code());
        Assert.Equal([Op(3)], ((Bill.Opened)ask(Owing, Cashier, Op(3), "a").Next()).Operations);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void A_reason_has_at_most_200_characters(int length, bool accepted) =>
        Assert.Equal(accepted, new WriteOffBill(Cashier, new string('a', length)).Broken().Count == 0);

    public static TheoryData<CallerKind, bool> Seeing => new()
    {
        { CallerKind.Staff,      true  },
        { CallerKind.Operator,   true  },
        { CallerKind.Clock,      true  },
        { CallerKind.Aggregator, true  },
        { CallerKind.Till,       false },
        { CallerKind.Kiosk,      false },
        { CallerKind.TableGuest, false },
        { CallerKind.AppUser,    false },
        { CallerKind.Bot,        false },
        { CallerKind.Merchant,   false },
        { CallerKind.KitchenDisplay, false },
        { CallerKind.HostedPage, false },
    };

    [Theory, MemberData(nameof(Seeing))]
    public void Staff_see_the_bills_of_their_kitchen(CallerKind kind, bool sees)
    {
        Assert.Equal(sees, new Caller(kind, Id(31), MamaNtilie.Id).MaySee(Owing.Opening));
        Assert.Equal(
            sees && kind is not CallerKind.Staff, new Caller(kind, Id(31), Id(2)).MaySee(Owing.Opening));
    }

    [Fact]
    public void Money_for_a_bill_goes_back_once_the_bill_is_over()
    {
        var part = Owing.Paying(BillsAtTheTill.InParts(true), Cash(1)).Bill;
        var command = new RefundBillPayment(Id(600), Sales.Refund(1));

        Assert.Equal("not-found", Bill.Initial.NotRefundable(command)?.Code);
        Assert.Equal(
            "not-found",
            part.NotRefundable(command with { Refund = command.Refund with { By = Stranger } })?.Code);
        Assert.Equal(BillRefusals.PaymentNotFound, part.NotRefundable(command with { PaymentId = Id(999) }));
        Assert.Equal("bill-not-closed", part.NotRefundable(command)?.Code);
        Assert.Equal(
            "bill-not-closed", (part with { Status = BillStatus.PaymentPending }).NotRefundable(command)?.Code);
        var two = part with { Payments = part.Payments.With(part.Payments[0] with { SessionId = Id(601) }) };
        Assert.Equal("bill-not-closed", two.NotRefundable(command)?.Code);
        Assert.Equal(
            "bill-not-closed", two.NotRefundable(command with { PaymentId = Id(601) })?.Code);
        foreach (var over in new[] { BillStatus.Paid, BillStatus.WrittenOff })
            Assert.Null((part with { Status = over }).NotRefundable(command));
    }
}
