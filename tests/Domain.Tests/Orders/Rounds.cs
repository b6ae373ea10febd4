using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;

namespace JikoXpress.Domain.Tests.Orders;

/// <summary>A round of two items of pilau and a tea, with the bill that it has opened.</summary>
internal static class Rounds
{
    public const long Version = 7;

    /// <summary>The line of what is voided of another one.</summary>
    public static Guid Rest { get; } = Id(699);

    public static Guid BillId { get; } = Id(501);

    public static (Bill.Opened Bill, Session.Confirmed Session) Opened { get; } =
        Order(new(Pilau.Id, 2), new(Chai.Id, 1));

    public static (Bill.Opened Bill, Session.Confirmed Session) Order(params LineRequest[] dishes) =>
        OrderAt(Facts, dishes);

    public static (Bill.Opened Bill, Session.Confirmed Session) OrderAt(
        SessionFacts facts, params LineRequest[] dishes)
    {
        var command = new OpenSession(
            Cashier, SessionType.Tab, Channel.Pos, FulfillmentType.DineIn, dishes.ToSequence(), Payments: null,
            TableNumber: "05");
        var (quote, refusals) = SessionQuotes.Price(command, facts);
        Assert.Empty(refusals);
        var ids = new OpeningIds(
            SessionId, OrderId, [], 147, MamaNtilie.Settings.BusinessDateOf(Noon), SlipCode: "",
            Bill: new BillIds(BillId, Ids(510)));
        var (session, effects) = Session.Initial.Open(command, quote, facts.Kitchen, ids, Noon).Commit();
        return (effects.OfType<Effect.KeepBill>().Single().Bill, (Session.Confirmed)session);
    }

    public static VoidBillLine Void(BillLine line) => new(Sales.Manager, line.Id, "Cold");

    extension(Bill bill)
    {
        public Decision<Bill> Void(BillLine line, Session.Confirmed session) =>
            bill.VoidLine(Void(line), new KnownSale(session, Version), [], Rest, Sales.Later);
    }

    extension(Session.Confirmed session)
    {
        public Session.Confirmed With(TicketStatus ticket) =>
            session with { OrderState = session.After with { Ticket = ticket } };
    }

    extension(Decision<Bill> decision)
    {
        public Bill.Opened Bill => (Bill.Opened)decision.Next();

        /// <summary>The round as the bill's commit keeps it.</summary>
        public Session.Confirmed Round =>
            (Session.Confirmed)Assert.Single(decision.Commit().Effects.OfType<Effect.KeepSession>()).Session;
    }
}
