using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Tests.Carts;

/// <summary>What a cart holds against a checkout, and how its payment is shared.</summary>
public sealed class CheckingOutTests
{
    [Theory]
    [InlineData(new long[] { 12_000 }, new long[] { 4_000, 8_000 }, "4000 | 8000")]
    [InlineData(new long[] { 4_000, 8_000 }, new long[] { 4_000, 8_000 }, "4000 | 8000")]
    [InlineData(new long[] { 3_999, 8_001 }, new long[] { 4_000, 8_000 }, "3999, 1 | 8000")]
    [InlineData(new long[] { 4_001, 7_999 }, new long[] { 4_000, 8_000 }, "4000 | 1, 7999")]
    [InlineData(new long[] { 11_999, 1 }, new long[] { 4_000, 4_000, 4_000 }, "4000 | 4000 | 3999, 1")]
    public void Each_kitchen_takes_what_the_ones_before_have_left(long[] payments, long[] totals, string expected)
    {
        var shares = SessionGroups.Shares(
            payments.Select(amount => AppWallet(amount)).ToSequence(), totals.Select(total => new Money(total)));

        Assert.Equal(expected, string.Join(
            " | ", shares.Select(share => string.Join(", ", share.Select(payment => payment.Amount.Shillings)))));
    }

    [Theory]
    [InlineData("cart-empty", 0, 0, 8_000)]
    [InlineData("payments-total-mismatch", 1, 1, 7_999)]
    [InlineData("payments-total-mismatch", 1, 1, 8_001)]
    public void What_is_wrong_with_a_cart_is_said(string code, int here, int there, long payment)
    {
        var party = new Party();
        if (here > 0) party.Put(0, here);
        if (there > 0) party.Put(1, there);

        Assert.Equal(code, party.CheckOut(AppWallet(payment))![0].Code);
    }

    [Fact]
    public void Two_payments_of_one_method_are_one_too_many()
    {
        var party = new Party();
        party.Put(0, 2);

        var refusal = Assert.Single(party.CheckOut(Mobile(4_000), AppWallet(3_000), Mobile(1_000))!);
        Assert.Equal(("too-many-payments", "/payments/2/paymentMethod"), (refusal.Code, refusal.Pointer));
        Assert.Null(party.CheckOut(Mobile(4_000), AppWallet(4_000)));
    }

    [Fact]
    public void Amounts_that_are_too_large_to_add_are_refused_one_by_one()
    {
        var party = new Party();
        party.Put(0, 2);

        var refusals = party.CheckOut(Mobile(long.MaxValue), AppWallet(long.MaxValue))!;
        Assert.Equal(["amount-out-of-range", "amount-out-of-range"], refusals.Select(refusal => refusal.Code));
    }

    [Fact]
    public void A_dish_that_was_switched_off_since_keeps_all_from_being_bought()
    {
        var party = new Party();
        party.Put(0, 1);
        var facts = new SessionFacts(
            MamaNtilie, new Dictionary<Guid, Domain.Kitchens.MenuItem>
            {
                [Party.DishOf(0).Id] = Party.DishOf(0) with { Available = false },
            },
            Facts.Wallets, Facts.PaymentMethods);

        Assert.Equal(
            "menu-item-unavailable",
            Assert.Single(party.Cart.Price(Party.Command(AppWallet(4_000)), [facts]).Refusals).Code);
        var gone = facts with { Menu = new Dictionary<Guid, Domain.Kitchens.MenuItem>() };
        Assert.Equal(
            "menu-item-not-found", party.Cart.Price(Party.Command(AppWallet(4_000)), [gone]).Refusals[0].Code);
    }

    [Fact]
    public void A_kitchen_without_an_account_keeps_the_phone_from_being_asked()
    {
        var party = new Party();
        party.Put(0, 1);
        var facts = new SessionFacts(
            MamaNtilie, new Dictionary<Guid, Domain.Kitchens.MenuItem> { [Party.DishOf(0).Id] = Party.DishOf(0) },
            Facts.Wallets, Facts.PaymentMethods, TakesMobileMoney: false);

        Assert.Equal(
            "mobile-money-unavailable",
            Assert.Single(party.Cart.Price(Party.Command(Mobile(4_000)), [facts]).Refusals).Code);
        Assert.Empty(party.Cart.Price(Party.Command(AppWallet(4_000)), [facts]).Refusals);
    }

    [Fact]
    public void A_second_checkout_is_told_of_the_first()
    {
        var party = new Party();
        party.Put(0, 1);
        Assert.Null(party.CheckOut(Mobile(4_000)));
        var first = party.Leading.Id;

        var refusal = Assert.Single(party.CheckOut(Mobile(4_000))!);
        Assert.Equal("cart-checkout-in-progress", refusal.Code);
        Assert.Equal($"{first}", Assert.Single(refusal.Details!).Text);
    }

    [Fact]
    public void Whoever_has_a_share_of_the_phone_s_payment_takes_it_and_one_phone_rings()
    {
        var party = new Party();
        party.Put(0, 1);
        party.Put(1, 2);
        Assert.Null(party.CheckOut(AppWallet(5_000), Mobile(7_000)));

        Assert.Equal(Party.Kitchens[1].Id, party.Leading.Opening.KitchenId);
        var start = Assert.Single(party.Committed[0].OfType<Effect.StartAttempt>());
        Assert.Equal((party.Leading.Id, new Money(7_000)), (start.SessionId, start.Amount));
        // Of one kitchen the wallet pays all, and it waits all the same.
        Assert.Equal(PaymentStatus.Held, Assert.Single(party.Sessions[1].Payments).Status);
        Assert.IsType<Session.Pending>(party.Sessions[1]);
    }

    // The kitchen whose part the wallet pays alone waits for the phone as the other one does.
    [Fact]
    public void Every_kitchen_keeps_its_items_until_the_group_s_end()
    {
        var party = new Party();
        party.Put(0, 1);
        party.Put(1, 2);
        Assert.Null(party.CheckOut(AppWallet(5_000), Mobile(7_000)));

        var kept = party.Committed[0].OfType<Effect.ReserveStock>().ToList();

        Assert.Equal(
            party.Sessions.Select(session => session.Id).Order(), kept.Select(reserve => reserve.SessionId).Order());
        Assert.All(kept, reserve => Assert.Equal(Noon + 3.Minutes + SessionDeadlines.Grace, reserve.ExpiresAt));
    }

    [Fact]
    public void All_have_the_time_of_the_kitchen_that_gives_the_least()
    {
        var waiting = Party.Waiting;

        Assert.All(waiting, session => Assert.Equal(Noon + 3.Minutes, ((Session.Pending)session).ExpiresAt));
        Assert.Equal(Noon + 3.Minutes + SessionDeadlines.Grace, waiting[0].Deadline);
        // The clock looks at the one that takes the payment; the other does as that one does.
        Assert.Null(waiting[1].Deadline);
        Assert.Same(waiting[1], waiting[1].AsOf(Noon + 1.Minutes * 600));
    }

    [Fact]
    public void What_a_phone_pays_too_much_is_given_back_once_and_shared_by_nobody()
    {
        var party = new Party();
        party.Put(0, 1);
        party.Put(1, 1);
        Assert.Null(party.CheckOut(Mobile(8_000)));
        var paid = new PaymentReport(
            party.Attempt.Reference, PaymentOutcome.Succeeded, Proof.Queried, new Money(8_100), "TZS");

        party.Do(Noon + 1.Minutes, session => session.Report(paid, party.Next(), LateMoney.GoesBack, Noon + 1.Minutes));

        Assert.All(party.Sessions, session => Assert.IsType<Session.Confirmed>(session));
        Assert.Equal([4_100, 4_000], party.Sessions.Select(session =>
            session.Payments[0].Attempts![^1].Received!.Value.Shillings));
        Assert.All(
            party.Sessions, session => Assert.Equal(paid.Reference, session.Payments[0].Attempts![^1].KnownAs));
        Assert.Equal(new Money(100), Assert.Single(party.Committed[^1].OfType<Effect.StartRefund>()).Refund.Amount);
    }

    [Fact]
    public void Underpaid_the_whole_of_it_goes_back_when_the_group_ends()
    {
        var party = new Party();
        party.Put(0, 1);
        party.Put(1, 1);
        Assert.Null(party.CheckOut(Mobile(8_000)));
        var short_ = new PaymentReport(
            party.Attempt.Reference, PaymentOutcome.Succeeded, Proof.Queried, new Money(7_999), "TZS");
        party.Do(Noon, session => session.Report(short_, party.Next(), LateMoney.GoesBack, Noon));
        Assert.All(party.Sessions, session => Assert.IsType<Session.Pending>(session));

        party.Do(Noon + 3.Minutes, session => session.Expire(Noon + 3.Minutes));

        Assert.All(party.Sessions, session => Assert.IsType<Session.Ended>(session));
        Assert.Equal(new Money(7_999), Assert.Single(party.Committed[^1].OfType<Effect.StartRefund>()).Refund.Amount);
    }

    [Fact]
    public void The_till_of_one_kitchen_does_not_take_the_rest_of_a_group()
    {
        var party = new Party();
        party.Put(0, 1);
        party.Put(1, 1);
        Assert.Null(party.CheckOut(Mobile(8_000)));
        var short_ = new PaymentReport(
            party.Attempt.Reference, PaymentOutcome.Succeeded, Proof.Queried, new Money(3_000), "TZS");
        party.Do(Noon, session => session.Report(short_, party.Next(), LateMoney.GoesBack, Noon));
        var rest = new ResolveSuspense(
            new Caller(CallerKind.Operator, Id(1)), party.Attempt.Reference, SuspenseDecision.TakeRest, null,
            [Cash(1_000)]);

        Assert.Equal("payment-not-pending", party.Do(Noon, session => session.ResolveSuspense(
            rest, null, Facts, new PaymentIds(Id(1), Ids(300)), Noon)).Code());
    }
}
