using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Tests.Payments;

namespace JikoXpress.Domain.Tests.Carts;

/// <summary>What is left in a cart after it was bought, and how a guest sees what was paid for it.</summary>
public sealed class BuyingTests
{
    [Fact]
    public void A_cart_that_is_paid_at_once_is_empty_and_all_its_kitchens_cook()
    {
        var party = new Party();
        party.Put(0, 2);
        party.Put(1, 1);

        Assert.Null(party.CheckOut(AppWallet(12_000)));

        Assert.Equal(Cart.Initial, party.Cart);
        Assert.All(party.Sessions, session => Assert.IsType<Session.Confirmed>(session));
        Assert.Equal(2, party.Committed[0].OfType<Effect.PlaceOrder>().Count());
        Assert.Empty(party.Committed[0].OfType<Effect.ReserveStock>());
    }

    [Fact]
    public void What_was_put_into_the_cart_during_its_checkout_stays_in_it()
    {
        var party = new Party();
        party.Put(0, 2);
        party.Put(1, 1);
        Assert.Null(party.CheckOut(Mobile(12_000)));
        Assert.Equal((party.Leading.Id, 2), (party.Cart.Pending!.GroupId, party.Cart.Pending!.Lines.Count));

        party.Put(0, 3);
        party.Put(2, 4);
        Paid(party, 12_000);

        Assert.Null(party.Cart.Pending);
        Assert.Equal(
            [(Party.DishOf(0).Id, 1), (Party.DishOf(2).Id, 4)],
            party.Cart.Lines.Select(line => (line.MenuId, line.Quantity)));
    }

    [Fact]
    public void What_was_not_paid_stays_in_the_cart_and_can_be_checked_out_again()
    {
        var party = new Party();
        party.Put(0, 2);
        Assert.Null(party.CheckOut(Mobile(8_000)));
        var before = party.Cart.Lines;

        party.Do(Noon + 6.Minutes, session => session.Expire(Noon + 6.Minutes));

        Assert.Equal(new Cart(before), party.Cart);
        Assert.Null(party.CheckOut(Noon + 7.Minutes, Mobile(8_000)));
    }

    [Fact]
    public void A_dish_that_is_put_again_has_another_quantity_and_the_others_stay()
    {
        var party = new Party();
        party.Put(0, 2);
        party.Put(1, 1);

        party.Put(0, 5);

        Assert.Equal(
            [(Party.DishOf(0).Id, 5), (Party.DishOf(1).Id, 1)],
            party.Cart.Lines.Select(line => (line.MenuId, line.Quantity)));
        Assert.Equal(
            [Party.DishOf(1).Id], party.Cart.Remove(Party.DishOf(0).Id).Next().Lines.Select(line => line.MenuId));
        Assert.Equal(Cart.Initial, party.Cart.Clear().Next());
    }

    [Theory]
    [InlineData(9, null)]
    [InlineData(10, "too-many-kitchens")]
    public void A_cart_has_dishes_of_at_most_ten_kitchens(int others, string? code)
    {
        var cart = new Cart(
            [.. Enumerable.Range(0, others).Select(place => new CartLine(Id(6_000 + place), Id(7_000 + place), 1))]);

        var decision = cart.Put(new PutCartItem(Pilau.Id, 1), new KnownDish(MamaNtilie, Pilau));

        if (code is null) Assert.Equal(10, decision.Next().Kitchens.Count());
        else Assert.Equal(code, decision.Code());
    }

    [Theory]
    [InlineData("no salt\nplease", null)]
    [InlineData("a\u001bb", "invalid-text")]
    public void What_is_said_to_the_cooks_may_have_several_lines(string instructions, string? code) => Assert.Equal(
        code is null ? [] : [code],
        new PutCartItem(Pilau.Id, 1, instructions).Broken().Select(refusal => refusal.Code));

    [Fact]
    public void A_quantity_that_cannot_be_is_told_in_a_sentence() => Assert.All(
        new PutCartItem(Pilau.Id, 0).Broken(), refusal => Assert.Equal("A quantity is 1 to 999.", refusal.Sentence));

    [Fact]
    public void Only_the_phone_that_pays_for_others_is_asked_for_more_than_its_own_share()
    {
        var waiting = Party.Waiting;
        var alone = new Party();
        alone.Put(0, 1);
        alone.Put(1, 2);
        Assert.Null(alone.CheckOut(AppWallet(5_000), Mobile(7_000)));

        Assert.Equal(
            [new Money(12_000), null], waiting.Select(session => Assert.Single(session.Payments).Asked));
        Assert.All(alone.Sessions.SelectMany(session => session.Payments), payment => Assert.Null(payment.Asked));
    }

    [Fact]
    public void A_guest_sees_each_payment_of_a_group_as_a_whole()
    {
        var party = new Party();
        party.Put(0, 2);
        party.Put(1, 1);
        Assert.Null(party.CheckOut(AppWallet(3_000), Mobile(9_000)));

        var waiting = Seen(party);
        Assert.Equal(
            [(PaymentMethod.PlatformWallet, new Money(3_000)), (PaymentMethod.MobileMoney, new Money(9_000))],
            waiting.Payments.Select(payment => (payment.Method, payment.Amount)));
        Assert.Equal((party.Leading.Id, new Money(12_000)), (waiting.Leading.Id, waiting.Total));
        Assert.Equal(party.Attempt, Assert.Single(waiting.Payments.Last().Attempts!));

        Paid(party, 9_100);

        var attempt = Assert.Single(Seen(party).Payments.Last().Attempts!);
        Assert.Equal((party.Attempt.Reference, new Money(9_100)), (attempt.Reference, attempt.Received));
        Assert.Equal(new Money(100), Assert.Single(attempt.Refunds!).Amount);

        // What one kitchen gives back is a refund of the one payment that the guest has made.
        party.Sessions[1] = (Session.Opened)party.Sessions[1].RefundOrder(
            new RefundOrder(new Caller(CallerKind.Operator, Id(1)), Items: null, new Money(1_000), "Cold"),
            Noon + 2.Minutes).Next();

        Assert.Equal(
            [new Money(1_000), new Money(100)],
            Assert.Single(Seen(party).Payments.Last().Attempts!).Refunds!.Select(refund => refund.Amount));
    }

    [Fact]
    public void Each_kitchen_has_its_own_sale_its_order_and_its_share_of_the_phone_s_money()
    {
        var party = new Party();
        party.Put(0, 2);
        party.Put(1, 1);
        Assert.Null(party.CheckOut(AppWallet(9_000), Mobile(3_000)));
        var follower = party.Sessions[1];

        Paid(party, 3_000);

        var effects = party.Committed[^1];
        var sold = (Session.Confirmed)party.Sessions[1];
        Assert.Equal(
            party.Sessions.Select(session => session.Id),
            effects.OfType<Effect.SellReserved>().Select(sell => sell.SessionId));
        Assert.Equal(2, effects.OfType<Effect.PlaceOrder>().Count());
        Assert.Equal(-12_000, effects.Balance(AccountKind.Sales));
        Assert.Equal(9_000, effects.Balance(AccountKind.PlatformWalletHold));
        Assert.Equal(3_000, effects.Balance(AccountKind.MobileMoney));
        Assert.All(
            effects.OfType<Effect.Transfer>().Where(transfer => transfer.Movement.SessionId is not null),
            transfer => Assert.Equal(
                (follower.Id, follower.Opening.KitchenId), (transfer.Movement.SessionId, transfer.Movement.KitchenId)));
        Assert.Equal(sold.At, ((Session.Confirmed)party.Leading).At);
        Assert.Equal(Caller.Aggregator, sold.Timeline[^1].By);
    }

    private static CheckoutGroup Seen(Party party) =>
        new(party.Sessions.Select(session => new GroupMember(session, 1)).ToSequence());

    private static void Paid(Party party, long amount)
    {
        var report = new PaymentReport(
            party.Attempt.Reference, PaymentOutcome.Succeeded, Proof.Queried, new Money(amount), "TZS");
        party.Do(
            Noon + 1.Minutes,
            session => session.Report(report, party.Next(), LateMoney.GoesBack, Noon + 1.Minutes));
    }
}
