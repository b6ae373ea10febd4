using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;

namespace JikoXpress.Domain.Tests.Orders;

/// <summary>What the kitchen hears where a bill lets a dish go.</summary>
public sealed class VoidTests
{
    private static readonly (Bill.Opened Bill, Session.Confirmed Session) Round = Rounds.Opened;

    private static BillLine PilauLine => Round.Bill.Lines[0];
    private static BillLine ChaiLine => Round.Bill.Lines[1];

    [Fact]
    public void What_is_not_begun_can_be_sold_again()
    {
        var voided = Round.Bill.Void(PilauLine, Round.Session);

        Assert.Equal(
            [
                new Effect.KeepSession(voided.Round, Rounds.Version),
                new Effect.ReturnStock(MamaNtilie.Id, SessionId, [new StockLine(Pilau.Id, 2)]),
                new Effect.Publish(MamaNtilie.Id, new KitchenEvent.TicketLineVoided(OrderId, 0, 2, TicketStatus.New)),
                Listed(PilauLine),
            ],
            voided.Commit().Effects);
        Assert.Equal(
            OrderState.AtBirth with { Voids = [new VoidedItems(0, 2, Restocked: true)] }, voided.Round.OrderState);
        Assert.Equal(
            new VoidedLine("Cold", Sales.Manager, Sales.Later, Restocked: true),
            voided.Bill.Line(PilauLine.Id)?.Voided);
        Assert.Equal(
            new TimelineEntry(TimelineEntryKind.LineVoided, Sales.Later, Sales.Manager), voided.Round.Timeline[^1]);
        Assert.Equal(Chai.Price, voided.Bill.Balance);
    }

    [Theory]
    [InlineData(TicketStatus.Preparing)]
    [InlineData(TicketStatus.Ready)]
    [InlineData(TicketStatus.Served)]
    [InlineData(TicketStatus.Cancelled)]
    public void What_is_begun_stays_sold_and_the_kitchen_is_told(TicketStatus ticket)
    {
        var voided = Round.Bill.Void(PilauLine, Round.Session.With(ticket));

        Assert.Equal(
            [
                new Effect.KeepSession(voided.Round, Rounds.Version),
                new Effect.Publish(MamaNtilie.Id, new KitchenEvent.TicketLineVoided(OrderId, 0, 2, ticket)),
                Listed(PilauLine),
            ],
            voided.Commit().Effects);
        var after = voided.Round.After;
        Assert.Equal((ticket, 2, 0), (after.Ticket, after.Voided(0), after.Voided(1)));
        Assert.False(voided.Bill.Line(PilauLine.Id)?.Voided?.Restocked);
    }

    [Fact]
    public void A_ticket_of_which_nothing_is_left_is_cancelled()
    {
        var first = Round.Bill.Void(PilauLine, Round.Session);

        var last = first.Bill.Void(ChaiLine, first.Round);

        Assert.Equal(TicketStatus.Cancelled, last.Round.After.Ticket);
        Assert.Equal(
            [
                new Effect.KeepSession(last.Round, Rounds.Version),
                new Effect.ReturnStock(MamaNtilie.Id, SessionId, [new StockLine(Chai.Id, 1)]),
                new Effect.Publish(
                    MamaNtilie.Id, new KitchenEvent.TicketLineVoided(OrderId, 1, 1, TicketStatus.Cancelled)),
                new Effect.MoveOrder(OrderId, OrderStatus.Placed, TicketStatus.Cancelled),
                new Effect.Publish(MamaNtilie.Id, new KitchenEvent.TicketMoved(OrderId, TicketStatus.Cancelled)),
                Listed(ChaiLine),
                new Effect.Publish(MamaNtilie.Id, new KitchenEvent.BillClosed(Rounds.BillId, BillStatus.Void)),
            ],
            last.Commit().Effects);
    }

    /// <summary>As the list of the day counts it.</summary>
    private static Effect.RecordSaleChange Listed(BillLine line) => new(new SaleChange(
        SaleChangeKind.Void, line.Id, 0, MamaNtilie.Id, SessionId, line.Dish.MenuId, line.Dish.Name, line.Dish.Quantity,
        line.Dish.Total));

    [Fact]
    public void A_ticket_that_is_begun_is_not_cancelled_for_its_cooks()
    {
        var first = Round.Bill.Void(PilauLine, Round.Session);

        var last = first.Bill.Void(ChaiLine, first.Round.With(TicketStatus.Preparing));

        Assert.Equal(TicketStatus.Preparing, last.Round.After.Ticket);
        Assert.Equal(
            [new VoidedItems(0, 2, Restocked: true), new VoidedItems(1, 1, Restocked: false)],
            last.Round.After.Voids);
        Assert.DoesNotContain(last.Commit().Effects, effect => effect is Effect.MoveOrder);
    }

    [Fact]
    public void Items_of_one_line_on_two_bills_are_voided_one_by_one()
    {
        var split = Round.Bill.Split(
            new SplitBill(Cashier, Items: [new ItemToSplit(PilauLine.Id, 1)]), Ids(600), Noon).Commit();
        var part = split.Effects.OfType<Effect.KeepBill>().Single().Bill;

        var here = ((Bill.Opened)split.Next).Void(PilauLine, Round.Session);
        var tea = here.Bill.Void(ChaiLine, here.Round);
        Assert.Equal((1, TicketStatus.New), (here.Round.After.Voided(0), tea.Round.After.Ticket));

        var there = part.Void(part.Lines[0], tea.Round);
        Assert.Equal((2, TicketStatus.Cancelled), (there.Round.After.Voided(0), there.Round.After.Ticket));
        Assert.Contains(
            new Effect.ReturnStock(MamaNtilie.Id, SessionId, [new StockLine(Pilau.Id, 1)]), there.Commit().Effects);
    }

    [Fact]
    public void Two_lines_of_one_dish_are_told_apart()
    {
        var (bill, session) = Rounds.Order(new(Chai.Id, 3), new(Chai.Id, 1, "No sugar"));

        var voided = bill.Void(bill.Lines[1], session);

        Assert.Equal((0, 1), (voided.Round.After.Voided(0), voided.Round.After.Voided(1)));
        Assert.Equal(TicketStatus.New, voided.Round.After.Ticket);
    }

    [Fact]
    public void Some_items_of_a_line_are_voided_as_a_line_of_their_own()
    {
        var command = Rounds.Void(PilauLine) with { Quantity = 1 };

        var voided = Round.Bill.VoidLine(
            command, new KnownSale(Round.Session, 1), [], Rounds.Rest, Sales.Later);

        Assert.Equal(
            [(PilauLine.Id, 1, false), (Rounds.Rest, 1, true), (ChaiLine.Id, 1, false)],
            voided.Bill.Lines.Select(line => (line.Id, line.Dish.Quantity, line.Voided is not null)));
        Assert.Equal((1, TicketStatus.New), (voided.Round.After.Voided(0), voided.Round.After.Ticket));
        Assert.Equal(Round.Bill.Balance - Pilau.Price, voided.Bill.Balance);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(1_000)]
    public void No_more_than_the_line_has_is_voided(int quantity) => Assert.Equal(
        "quantity-out-of-range",
        Round.Bill.VoidLine(
            Rounds.Void(PilauLine) with { Quantity = quantity }, new KnownSale(Round.Session, 1), [], Rounds.Rest,
            Sales.Later).Code());

    [Fact]
    public void What_was_paid_for_a_voided_line_is_given_back_from_the_last_payment_first()
    {
        var (bill, cash) = Pay(Round.Bill, 700, Cash(1_000));
        (bill, var card) = Pay(bill, 701, Card(5_000));

        var (next, effects) = bill.VoidLine(
            Rounds.Void(PilauLine), new KnownSale(Round.Session, 1), [new(cash, 4), new(card, 5)], Rounds.Rest,
            Sales.Later).Commit();

        // 9,500 less 6,000 leaves 3,500; of the line's 8,000 the guests have paid 4,500.
        var voided = (Bill.Opened)next;
        Assert.Equal(
            (BillStatus.Paid, Chai.Price, Chai.Price, Money.Zero),
            (voided.Status, voided.Total, voided.Paid, voided.Balance));
        Assert.Equal(new Money(4_500), voided.Line(PilauLine.Id)?.Voided?.GivenBack);
        Assert.Equal([null, new Money(4_500)], voided.Payments.Select(payment => payment.GivenBack));
        Assert.Equal(
            [(SessionId, 1L), (card.Id, 5L)],
            effects.OfType<Effect.KeepSession>().Select(keep => (keep.Session.Id, keep.ExpectedVersion)));
        var back = Assert.Single(effects.OfType<Effect.Transfer>()).Movement;
        Assert.Equal((card.Id, new Money(4_500), PaymentMethod.Card), (back.SessionId, back.Amount, back.Method));
    }

    [Fact]
    public void A_void_takes_from_the_payment_before_when_the_last_one_is_used_up()
    {
        var (bill, card) = Pay(Round.Bill, 700, Card(5_000));
        (bill, var cash) = Pay(bill, 701, Cash(1_000));

        var voided = bill.VoidLine(
            Rounds.Void(PilauLine), new KnownSale(Round.Session, 1), [new(card, 4), new(cash, 5)], Rounds.Rest,
            Sales.Later).Bill;

        Assert.Equal(
            [new Money(3_500), new Money(1_000)], voided.Payments.Select(payment => payment.GivenBack));
    }

    [Fact]
    public void What_was_split_off_is_not_given_back_here()
    {
        var bill = (Bill.Opened)Round.Bill.Split(
            new SplitBill(Cashier, Amounts: [new AmountToSplit(new Money(5_000))]), Ids(600), Noon).Next();
        (bill, var cash) = Pay(bill, 700, Cash(1_000));

        Assert.Equal(
            "void-exceeds-balance",
            bill.VoidLine(
                Rounds.Void(PilauLine), new KnownSale(Round.Session, 1), [new(cash, 4)], Rounds.Rest, Sales.Later)
                .Code());
    }

    private static (Bill.Opened Bill, Session.Confirmed Session) Pay(Bill bill, int id, PaymentRequest payment)
    {
        var facts = Facts with
        {
            Kitchen = MamaNtilie with { Settings = MamaNtilie.Settings with { AllowPartPayments = true } },
        };
        var ids = new OpeningIds(Id(id), Id(id + 20), [Id(id + 40)], id, MamaNtilie.Settings.BusinessDateOf(Noon), "");
        var (next, effects) = bill.Pay(new PayBill(Cashier, [payment]), facts, ids, Noon).Commit();
        return ((Bill.Opened)next, (Session.Confirmed)effects.OfType<Effect.KeepSession>().Single().Session);
    }

    [Fact]
    public void The_same_void_twice_is_one()
    {
        var command = Rounds.Void(PilauLine) with { Operation = Op(3) };
        var voided = Round.Bill.VoidLine(command, new KnownSale(Round.Session, 1), [], Rounds.Rest, Sales.Later);

        Assert.Equal(
            new Decision<Bill>.Replay(Op(3).Id),
            voided.Bill.VoidLine(command, new KnownSale(voided.Round, 2), [], Rounds.Rest, Sales.Later));
        Assert.Equal("bill-line-voided", voided.Bill.Void(PilauLine, voided.Round).Code());
    }

    [Fact]
    public void A_line_that_is_not_there_is_of_no_round() => Assert.Equal(
        "not-found",
        Round.Bill.VoidLine(Rounds.Void(PilauLine) with { LineId = Id(999) }, round: null, [], Rounds.Rest, Sales.Later).Code());

    [Fact]
    public void A_round_may_change_for_as_long_as_anybody_remembers_it() => Assert.False(Round.Session.IsSettled);
}
