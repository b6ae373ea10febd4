using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Tests.Payments;

namespace JikoXpress.Domain.Tests.Orders;

/// <summary>What guests order and pay at their tables, and what staff or the clock make of it.</summary>
internal static class TableOrders
{
    /// <summary>The guest's phone has paid by then.</summary>
    public static DateTimeOffset PaidAt { get; } = Noon + 1.Minutes;

    public static DateTimeOffset AlertAt { get; } = PaidAt + 5.Minutes;

    public static DateTimeOffset AnswerBy { get; } = PaidAt + 10.Minutes;

    public static Caller Guest { get; } = new(CallerKind.TableGuest, Id(37), MamaNtilie.Id, Id(61));

    /// <summary>Two items of pilau, paid with 5,000 from one phone and 3,000 from another.</summary>
    public static Decision<Session>.Commit Paid { get; } = PaidIn(MamaNtilie);

    public static Session.Confirmed Waiting { get; } = (Session.Confirmed)Paid.Next;

    /// <summary>The same in a kitchen that cooks what nobody answers.</summary>
    public static Session.Confirmed WaitingToBeCooked { get; } = (Session.Confirmed)PaidIn(MamaNtilie with
    {
        Settings = MamaNtilie.Settings with { UnansweredOrders = UnansweredOrders.Approve },
    }).Next;

    public static OpenSession AtTheTable(params PaymentRequest[] payments) => new(
        Guest, SessionType.Immediate, Channel.TableQr, FulfillmentType.DineIn, PilauForTwo, payments.ToSequence(),
        TableNumber: "05");

    public static Decision<Session> Approve(this Session session, DateTimeOffset at, Operation? operation = null) =>
        session.Approve(new ApproveOrder(Cashier, operation), at);

    public static Decision<Session> Reject(this Session session, DateTimeOffset at, Operation? operation = null) =>
        session.Reject(new RejectOrder(Cashier, "Crowded", operation), at);

    /// <summary>The session as it is opened for whoever orders.</summary>
    public static Session Opened(OpenSession command, Kitchen kitchen)
    {
        var (quote, refusals) = SessionQuotes.Price(command, Facts);
        Assert.Empty(refusals);
        var ids = new OpeningIds(
            SessionId, OrderId, Ids(300), 147, new DateOnly(2026, 3, 12), "0123456789ABC", Phones.Pushes);
        return Session.Initial.Open(command, quote, kitchen, ids, Noon).Next();
    }

    private static Decision<Session>.Commit PaidIn(Kitchen kitchen) =>
        Opened(AtTheTable(Mobile(5_000), OtherMobile(3_000)), kitchen)
            .Hears(Phones.Says(PaymentOutcome.Succeeded, 5_000), PaidAt).Next()
            .Hears(Phones.Says(PaymentOutcome.Succeeded, 3_000, Phones.Second), PaidAt).Commit();
}
