using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Tests.Payments;

namespace JikoXpress.Domain.Tests.Orders;

/// <summary>Sales that are paid, and what becomes of them.</summary>
internal static class Sales
{
    public static Caller Manager { get; } = Cashier with { Id = Id(39) };

    public static DateTimeOffset Later { get; } = Noon + 10.Minutes;

    /// <summary>Two items of pilau, paid in each of the six ways; the guest's phone paid 2,500 of them.</summary>
    public static Session.Confirmed SixWays { get; } = PaidInSixWays();

    /// <summary>Two items of pilau, paid in cash.</summary>
    public static Session.Confirmed InCash { get; } = (Session.Confirmed)Open(PayNow(Cash(8_000))).Next();

    public static RefundOrder Refund(long amount) => new(Manager, null, new Money(amount), "Cold");

    public static RefundOrder Refund(Guid menuId, int? quantity = null, bool restock = false) =>
        new(Manager, [new ItemsToRefund(menuId, quantity)], null, "Cold", restock);

    public static Decision<Session> Give(this Session session, RefundOrder command, DateTimeOffset? at = null) =>
        session.RefundOrder(command, at ?? Later);

    public static IEnumerable<(PaymentMethod, long)> GivenBack(this Session session) =>
        ((Session.Confirmed)session).Payments
        .Where(payment => payment.Refunded is not null)
        .Select(payment => (payment.Method, payment.Refunded!.Value.Shillings));

    private static Session.Confirmed PaidInSixWays()
    {
        var waiting = Phones.Ringing(
            Wallet(1_000), Mobile(2_500), Lipa(1_000), AppWallet(1_500), Card(500), Cash(1_500));
        var payments = ((Session.Opened)waiting).Payments;
        var paid = waiting.Authorize(
            new AuthorizePayment(Neema, LiveMode: true, payments[3].Id), OrderId, Noon + 1.Minutes).Next();
        return (Session.Confirmed)paid
            .Hears(Phones.Says(PaymentOutcome.Succeeded, 2_500, payments[1].Attempts![0].Reference))
            .Next();
    }
}
