using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Tests.Bills;
using JikoXpress.Domain.Tests.Payments;
using static JikoXpress.Domain.Ledger.AccountKind;

namespace JikoXpress.Domain.Tests.Orders;

/// <summary>What each refund of a sale leaves in the books, and under which number.</summary>
public sealed class RefundBooksTests
{
    private static readonly Caller Operator = new(CallerKind.Operator, Id(90));

    [Fact]
    public void Each_refund_has_parts_of_its_own_in_the_books()
    {
        var first = Sales.SixWays.Give(Sales.Refund(2_100)).Commit();
        var second = first.Next.Give(Sales.Refund(100)).Commit();
        var third = second.Next.Give(Sales.Refund(100)).Commit();

        Assert.Equal(
            [
                (PaymentMethod.PlatformWallet, 0), (PaymentMethod.PlatformWallet, 1), (PaymentMethod.Card, 0),
                (PaymentMethod.Cash, 0),
            ],
            Parts(first));
        Assert.Equal([(PaymentMethod.PlatformWallet, 2), (PaymentMethod.PlatformWallet, 3)], Parts(second));
        Assert.Equal([(PaymentMethod.PlatformWallet, 4), (PaymentMethod.PlatformWallet, 5)], Parts(third));
        Assert.Contains(
            new Effect.Publish(
                MamaNtilie.Id, new KitchenEvent.OrderRefunded(SessionId, OrderId, 2, new Money(100))), second.Effects);
    }

    [Fact]
    public void A_refund_names_the_payments_that_gave_and_the_phone_s_reference()
    {
        var given = Sales.SixWays.Give(Sales.Refund(5_000)).Commit();
        var refund = Assert.Single(((Session.Confirmed)given.Next).After.Refunds);
        var reference = Assert.Single(given.Effects.OfType<Effect.StartRefund>()).Refund.Reference;

        Assert.Equal(
            [
                GivenBack(1, 500) with { Reference = reference }, GivenBack(2, 1_000), GivenBack(3, 1_500),
                GivenBack(4, 500), GivenBack(5, 1_500),
            ],
            refund.Payments);
        Assert.Equal((new Money(5_000), "Cold", Sales.Manager), (refund.Amount, refund.Reason, refund.By));
    }

    // Nobody is at a till: what staff took they have still to hand back, and a wallet has it at once.
    [Fact]
    public void What_nobody_of_the_staff_refunds_waits_to_be_handed_back()
    {
        var sale = (Session.Confirmed)Open(PayNow(Wallet(3_000), Cash(5_000))).Next();

        var given = sale.Give(Sales.Refund(6_000) with { By = Operator }).Commit();

        Assert.Equal(-5_000, given.Effects.Balance(ToReturn));
        Assert.Equal(0, given.Effects.Balance(Drawer));
        Assert.Equal(-1_000, given.Effects.Balance(KitchenWallet));
        Assert.Equal([PaymentStatus.Paid, PaymentStatus.ToReturn], given.Next.PaymentStatuses);
        Assert.Equal(
            [PaymentStatus.Paid], sale.Give(Sales.Refund(1)).Next().PaymentStatuses.Distinct());
    }

    [Fact]
    public void Cash_of_a_manager_without_a_till_comes_out_of_the_kitchen_s_drawer() => Assert.Equal(
        new Account(Drawer, MamaNtilie.Id),
        Assert.Single(
            Sales.InCash.Give(Sales.Refund(1) with { By = Sales.Manager with { DeviceId = null } })
                .Commit().Effects.OfType<Effect.Transfer>()).Movement.Credit);

    [Fact]
    public void Items_of_one_refund_are_listed_one_by_one_and_those_of_the_next_after_them()
    {
        var sale = (Session.Confirmed)Open(
            PayNow(Cash(9_500)) with { Items = [new(Pilau.Id, 2), new(Chai.Id, 1)] }).Next();

        var first = sale.Give(Items(new(Chai.Id, 1), new(Pilau.Id, 1))).Commit();
        var second = first.Next.Give(Sales.Refund(Pilau.Id)).Commit();

        Assert.Equal(5_500, first.Effects.Balance(AccountKind.Sales));
        Assert.Equal(
            [(0, "Chai", 1, new Money(1_500)), (1, "Pilau", 1, new Money(4_000))], Listed(first));
        Assert.Equal([(100, "Pilau", 1, new Money(4_000))], Listed(second));
        Assert.Equal(
            [("refund-exceeds-items", "/items/1/quantity")],
            first.Next.Give(Items(new(Pilau.Id, 1), new(Chai.Id, 1))).Refusals()
                .Select(refusal => (refusal.Code, refusal.Pointer)));
    }

    [Theory]
    [InlineData(100, 1, true)]
    [InlineData(101, 1, false)]
    [InlineData(1, 99_900, true)]
    [InlineData(1, 99_901, false)]
    public void A_refund_names_at_most_100_items_and_as_many_of_each_as_a_sale_can_have(
        int items, int quantity, bool kept) => Assert.Equal(
        kept,
        Items([.. Enumerable.Range(1, items).Select(item => new ItemsToRefund(Id(item), quantity))])
            .Broken().Count == 0);

    [Fact]
    public void An_item_that_is_named_twice_is_told_where_it_is_named_again() => Assert.Equal(
        [("order-item-twice", "/items/2/menuId")],
        Items(new(Pilau.Id, 1), new(Chai.Id, 1), new(Pilau.Id, 1)).Broken()
            .Select(refusal => (refusal.Code, refusal.Pointer)));

    [Fact]
    public void The_last_of_the_refunds_of_a_sale_is_the_thirtieth()
    {
        Session sale = Sales.InCash;
        for (var refund = 1; refund <= 30; refund++) sale = sale.Give(Sales.Refund(1)).Next();

        Assert.Equal(30, ((Session.Confirmed)sale).After.Refunds.Count);
        Assert.Equal("too-many-refunds", sale.Give(Sales.Refund(1)).Code());
    }

    [Fact]
    public void A_payment_of_a_bill_that_was_refunded_thirty_times_gives_back_no_more_for_a_voided_line()
    {
        var (bill, round) = Rounds.Opened;
        var paid = bill.Paying(BillsAtTheTill.InParts(true), Cash(9_000));
        var money = (Session)paid.Session;
        for (var refund = 1; refund <= 30; refund++) money = money.Give(Sales.Refund(1)).Next();

        var decision = paid.Bill.VoidLine(
            Rounds.Void(bill.Lines[1]), new KnownSale(round, 1), [new KnownSale((Session.Confirmed)money, 4)],
            Rounds.Rest, Sales.Later);

        Assert.Equal("void-exceeds-balance", decision.Code());
    }

    [Fact]
    public void Of_an_order_s_lines_it_is_known_how_many_items_are_voided()
    {
        var (bill, round) = Rounds.Opened;
        var order = round.Opening.OrderOf(OrderId, SessionId, Noon, OrderStatus.Placed, OrderPaymentState.OnBill);
        var voided = order with { OrderState = bill.Void(bill.Lines[0], round).Round.OrderState };

        Assert.Equal(((int?)2, (int?)null), (voided.Voided(0), voided.Voided(1)));
        Assert.Null(order.Voided(0));
    }

    [Fact]
    public void Guests_that_move_back_have_their_tickets_moved_back()
    {
        var (bill, round) = Rounds.Opened;
        var there = bill.Transfer(new TransferBill(Cashier, "12"), [new KnownSale(round, 1)], Noon);

        var back = there.Bill.Transfer(new TransferBill(Cashier, "05"), [new KnownSale(there.Round, 2)], Noon);

        Assert.Equal("05", back.Round.After.TableNumber);
        Assert.Empty(there.Bill
            .Transfer(new TransferBill(Cashier, "12"), [new KnownSale(there.Round, 2)], Noon).Commit().Effects);
    }

    private static RefundOrder Items(params ItemsToRefund[] items) =>
        Sales.Refund(1) with { Amount = null, Items = items.ToSequence() };

    private static RefundedPayment GivenBack(int payment, long amount) =>
        new(Sales.SixWays.Payments[payment].Id, new Money(amount));

    private static IEnumerable<(PaymentMethod, int)> Parts(Decision<Session>.Commit refund) =>
        refund.Effects.OfType<Effect.Transfer>().Select(transfer => (transfer.Movement.Method, transfer.Movement.Part));

    private static IEnumerable<(int, string?, int, Money)> Listed(Decision<Session>.Commit refund) =>
        refund.Effects.OfType<Effect.RecordSaleChange>()
            .Select(change => (change.Change.Part, change.Change.Name, change.Change.Quantity, change.Change.Amount));
}
