using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Tests.Carts;
using JikoXpress.Domain.Tests.Orders;
using JikoXpress.Domain.Tests.Payments;

namespace JikoXpress.Domain.Tests.Sessions;

/// <summary>When nothing can change a session any more, who pays for it, and who may end it.</summary>
public sealed class SettledTests
{
    private static readonly Session Waiting = Open(PayNow(Cash(3_000), Mobile(5_000))).Next();

    public static TheoryData<string, Session, bool> Sessions => new()
    {
        { "paid in cash", Sales.InCash, true },
        {
            "paid by phone",
            Phones.Ringing(Mobile(8_000)).Hears(Phones.Says(PaymentOutcome.Succeeded, 8_000)).Next(), false
        },
        { "a slip that waits", Slip, false },
        { "a slip that has expired", Slip.AsOf(Noon + 15.Minutes), true },
        { "cash to hand back beside a phone", Waiting.Cancel(new CancelSession(Cashier), Noon).Next(), false },
        {
            "cash to hand back",
            SlipBeingPaidByWallet.Cancel(new CancelSession(Cashier), Noon + 3.Minutes).Next(), false
        },
        {
            "cash handed back",
            SlipBeingPaidByWallet.Cancel(new CancelSession(Cashier), Noon + 3.Minutes).Next()
                .ReturnMoney(new ReturnMoney(Cashier), Noon + 4.Minutes).Next(),
            true
        },
        { "a round", Rounds.Opened.Session, false },
    };

    private static Session SlipBeingPaidByWallet =>
        Pay(Slip, PaySlip(Cash(3_000), AppWallet(5_000)), Noon + 2.Minutes).Next();

    [Theory, MemberData(nameof(Sessions))]
    public void Nothing_changes_a_session_any_more(string what, Session session, bool settled)
    {
        Assert.NotEmpty(what);
        Assert.Equal(settled, Assert.IsAssignableFrom<Session.Opened>(session).IsSettled);
    }

    [Fact]
    public void A_group_is_ended_as_a_whole_by_the_session_that_takes_its_payment()
    {
        var command = new CancelSession(Party.Shopper, WholeGroup: true);
        var waiting = Party.Waiting;

        Assert.IsType<Session.Ended>(waiting[0].Cancel(command, Noon).Next());
        Assert.Equal("session-in-group", waiting[1].Cancel(command, Noon).Code());
        Assert.Equal("session-in-group", waiting[0].Cancel(command with { WholeGroup = false }, Noon).Code());
        Assert.IsType<Session.Ended>(Slip.Cancel(new CancelSession(Cashier, WholeGroup: true), Noon).Next());
        Assert.Equal((true, false), (waiting[0].Leads, waiting[0].Follows));
        Assert.Equal((false, true), (waiting[1].Leads, waiting[1].Follows));
        Assert.Equal((false, false), (Sales.InCash.Leads, Sales.InCash.Follows));
    }

    [Fact]
    public void A_follower_is_paid_by_the_session_that_leads_and_rings_no_phone_itself()
    {
        var follower = Party.Waiting[1];

        Assert.Equal(
            "session-in-group",
            follower.Initiate(
                new InitiatePayment(Party.Shopper, follower.Payments[0].Id, "+255754000111"), Phones.Pushes, Noon)
                .Code());
    }

    [Fact]
    public void Only_what_staff_took_lies_at_their_till_and_only_a_user_s_own_wallet_is_known()
    {
        var split = (Session.Opened)Open(
            PayNow(Cash(1_000), Card(1_000), Wallet(1_000), AppWallet(2_000), Mobile(3_000))).Next();
        var onTheApp = (Session.Opened)Open(OnTheApp(AppWallet(3_000), Mobile(5_000))).Next();

        Assert.Equal([Till, Till, null, null, null], split.Payments.Select(payment => payment.DeviceId));
        Assert.All(split.Payments, payment => Assert.Null(payment.AccountId));
        Assert.Equal([Neema.Id, null], onTheApp.Payments.Select(payment => payment.AccountId));
    }

    [Theory]
    [InlineData(CallerKind.Aggregator, true)]
    [InlineData(CallerKind.Till, false)]
    public void The_aggregator_sees_what_it_tells_of_and_a_till_without_staff_sees_nothing(
        CallerKind kind, bool sees) =>
        Assert.Equal(sees, new Caller(kind, Id(77), MamaNtilie.Id).MaySee(Sales.InCash.Opening));

    [Fact]
    public void The_same_approval_of_a_wallet_twice_is_one()
    {
        var command = new AuthorizePayment(Neema, LiveMode: true, Id(300), Op(5));
        var paid = Open(PayNow(AppWallet(8_000))).Next().Authorize(command, OrderId, Noon).Next();

        Assert.Equal(new Decision<Session>.Replay(Op(5).Id), paid.Authorize(command, OrderId, Noon));
        Assert.Equal("not-found", Session.Initial.Authorize(command, OrderId, Noon).Code());
    }

    // Earlier builds stored a fingerprint over the bytes of the body.
    [Fact]
    public void A_request_is_known_by_the_fingerprint_of_an_earlier_build_which_is_not_stored_again()
    {
        var today = new Operation(Op(1).Id, Id(9_001), Formerly: Op(1).Fingerprint);
        var before = Open(AskForSlip with { Operation = Op(1) }).Next();

        Assert.Equal(new Decision<Session>.Replay(Op(1).Id), before.AnswerTo(today));
        Assert.IsType<Decision<Session>.Refuse>(before.AnswerTo(today with { Formerly = Id(9_002) }));
        var kept = new Operation(Op(1).Id, Id(9_001));
        Assert.Equal([kept], ((Session.Opened)Open(AskForSlip with { Operation = today }).Next()).Operations);
        Assert.Equal(
            [kept], ((Session.Opened)Slip.Cancel(new CancelSession(Cashier, today), Noon).Next()).Operations);
    }
}
