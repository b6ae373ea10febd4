using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;

namespace JikoXpress.Domain.Tests.Orders;

/// <summary>The guests of a bill move to another table, and the kitchen's tickets with them.</summary>
public sealed class SeatingTests
{
    private static readonly (Bill.Opened Bill, Session.Confirmed Session) Round = Rounds.Opened;

    [Theory]
    [InlineData(TicketStatus.New)]
    [InlineData(TicketStatus.Preparing)]
    [InlineData(TicketStatus.Served)]
    public void A_ticket_follows_its_bill_and_stays_what_it_is(TicketStatus ticket)
    {
        var moved = Move(Round.Bill, Round.Session.With(ticket));

        Assert.Equal(("12", ticket), (moved.Round.After.TableNumber, moved.Round.After.Ticket));
        Assert.Equal(
            [
                new Effect.KeepSession(moved.Round, Rounds.Version),
                new Effect.Publish(MamaNtilie.Id, new KitchenEvent.TicketTableChanged(OrderId, "12", ticket)),
            ],
            moved.Commit().Effects);
    }

    [Fact]
    public void Nothing_is_told_where_the_table_is_the_same() => Assert.Empty(
        Round.Bill.Transfer(new TransferBill(Cashier, "05"), [new KnownSale(Round.Session, 1)], Noon).Commit().Effects);

    [Fact]
    public void A_round_that_two_bills_share_stays_at_its_table()
    {
        var rest = (Bill.Opened)Round.Bill.Split(
            new SplitBill(Cashier, Items: [new ItemToSplit(Round.Bill.Lines[0].Id, 1)]), Ids(600), Noon).Next();

        Assert.Empty(Move(rest, Round.Session).Commit().Effects);
    }

    [Fact]
    public void A_merged_bill_brings_its_tickets_to_the_table_of_the_other()
    {
        var other = Round.Bill with { Id = Id(502), TableNumber = "12", Lines = [] };

        var merged = other.Merge(
            new MergeBill(Cashier, Rounds.BillId), new KnownBill(Round.Bill, 3),
            [new KnownSale(Round.Session, Rounds.Version)], Noon);

        Assert.Equal("12", merged.Round.After.TableNumber);
    }

    private static Decision<Bill> Move(Bill.Opened bill, Session.Confirmed round) =>
        bill.Transfer(new TransferBill(Cashier, "12"), [new KnownSale(round, Rounds.Version)], Noon);
}
