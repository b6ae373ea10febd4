using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Tests.Orders;
using static JikoXpress.Domain.Tests.HostedPage.WebShop;

namespace JikoXpress.Domain.Tests.HostedPage;

/// <summary>What the customer can do on the page, in each state and on both sides of each limit.</summary>
public sealed class HostedStandTests
{
    private const string Other = "+255684000002";

    private static readonly TimeSpan Timeout = MamaNtilie.Settings.PaymentTimeout;

    [Fact]
    public void A_new_session_can_be_paid_until_its_end()
    {
        var session = Open();

        Assert.Equal(HostedStand.Payable, session.StandOnPage(Timeout, Noon));
        Assert.Equal(HostedStand.Payable, session.StandOnPage(Timeout, Noon + 9.Minutes + 59.Seconds));
        Assert.Equal(HostedStand.Over, session.StandOnPage(Timeout, Noon + 10.Minutes));
        Assert.Null(session.LastPhone);
    }

    [Fact]
    public void A_phone_that_rings_keeps_the_page_for_as_long_as_a_payment_may_take()
    {
        var ringing = Pay(Open());

        Assert.Equal(HostedStand.Asking, ringing.StandOnPage(Timeout, Noon + Timeout - 1.Seconds));
        Assert.Equal(Phone, ringing.AskedPhone(Timeout, Noon + Timeout - 1.Seconds)?.PhoneNumber);
        Assert.Equal(HostedStand.Payable, ringing.StandOnPage(Timeout, Noon + Timeout));
        Assert.Null(ringing.AskedPhone(Timeout, Noon + Timeout));
        Assert.Equal(Phone, ringing.LastPhone);
    }

    [Fact]
    public void After_its_end_only_a_phone_that_rings_is_waited_for()
    {
        var late = Pay(Open(), at: Noon + 9.Minutes);

        Assert.Equal(HostedStand.Asking, late.StandOnPage(Timeout, Noon + 10.Minutes));
        Assert.Equal(HostedStand.Over, late.StandOnPage(1.Minutes, Noon + 10.Minutes));
    }

    [Fact]
    public void A_no_frees_the_page_a_part_of_the_money_locks_it_and_all_of_it_ends_it()
    {
        var ringing = Pay(Open());

        Assert.Equal(HostedStand.Payable, Report(ringing, PaymentOutcome.Failed, 0).StandOnPage(Timeout, Noon));
        Assert.Equal(
            HostedStand.Underpaid, Report(ringing, PaymentOutcome.Succeeded, 49_999).StandOnPage(Timeout, Noon));
        Assert.Equal(HostedStand.Paid, Report(ringing, PaymentOutcome.Succeeded, 50_000).StandOnPage(Timeout, Noon));
    }

    [Fact]
    public void An_order_of_a_table_waits_for_staff_and_what_they_do_not_accept_is_given_back()
    {
        var waiting = TableOrders.Waiting;
        var accepted = (Session.Opened)waiting.Approve(TableOrders.PaidAt).Next();
        var rejected = (Session.Opened)waiting.Reject(TableOrders.PaidAt).Next();

        Assert.Equal(HostedStand.AwaitsStaff, waiting.StandOnPage(Timeout, TableOrders.PaidAt));
        Assert.Equal(HostedStand.Paid, accepted.StandOnPage(Timeout, TableOrders.PaidAt));
        Assert.Equal(HostedStand.NotAccepted, rejected.StandOnPage(Timeout, TableOrders.PaidAt));
        Assert.Equal((Money.Zero, false), (accepted.MoneyGivenBack, accepted.IsGivingBack));
        Assert.Equal((new Money(8_000), true), (rejected.MoneyGivenBack, rejected.IsGivingBack));
    }

    [Fact]
    public void Cash_that_was_handed_back_counts_as_given_back()
    {
        var sale = Assert.IsType<Session.Confirmed>(Fixtures.Open(PayNow(Cash(8_000))).Next());

        var refunded = (Session.Opened)sale.Give(Sales.Refund(3_000)).Next();

        Assert.Equal((new Money(3_000), false), (refunded.MoneyGivenBack, refunded.IsGivingBack));
        Assert.Equal(HostedStand.Paid, refunded.StandOnPage(Timeout, Noon));
    }

    [Fact]
    public void What_staff_have_cancelled_is_not_said_to_have_taken_too_long() => Assert.Equal(
        HostedStand.Cancelled,
        ((Session.Opened)Slip.Cancel(new CancelSession(Cashier), Noon).Next()).StandOnPage(Timeout, Noon));

    [Fact]
    public void What_its_shop_has_ended_is_over()
    {
        var ended = Open().ExpireEarly(new ExpireSession(new Caller(CallerKind.Merchant, Id(71))), Noon).Next();

        Assert.Equal(HostedStand.Over, ((Session.Opened)ended).StandOnPage(Timeout, Noon));
    }

    [Fact]
    public void The_network_that_was_named_for_a_phone_is_not_that_of_another_one()
    {
        var refused = Report(Pay(Open(), network: "AIRTEL"), PaymentOutcome.Failed, 0);
        Assert.Equal("AIRTEL", refused.Payments[0].Provider);

        Assert.Equal("AIRTEL", Pay(refused, push: 2).Payments[0].Provider);
        Assert.Null(Pay(refused, Other, push: 2).Payments[0].Provider);
        Assert.Equal("HALOTEL", Pay(refused, Other, "HALOTEL", push: 2).Payments[0].Provider);
    }

    private static Session.Opened Open() => (Session.Opened)WebShop.Open(Ask with { ExpiresInSeconds = 600 }).Next();

    private static Session.Opened Pay(
        Session session, string phone = Phone, string? network = null, DateTimeOffset? at = null, int push = 1) =>
        (Session.Opened)WebShop.Pay(
            session, Paying with { PhoneNumber = phone, Provider = network }, at, push).Next();

    private static Session.Opened Report(Session session, PaymentOutcome outcome, long amount) =>
        (Session.Opened)session.Report(
            new PaymentReport(Reference(1), outcome, Proof.Signed, new Money(amount), "TZS", "SIM-1"),
            OrderId, LateMoney.GoesBack, Noon).Next();
}
