using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Tests.Payments;
using static JikoXpress.Domain.Ledger.AccountKind;

namespace JikoXpress.Domain.Tests.Orders;

/// <summary>What a refund gives back, from where, and to whom.</summary>
public sealed class RefundTests
{
    [Fact]
    public void Each_payment_gives_back_what_it_paid_the_last_one_first()
    {
        var first = Sales.SixWays.Give(Sales.Refund(2_100)).Next();
        Assert.Equal(
            [(PaymentMethod.PlatformWallet, 100), (PaymentMethod.Card, 500), (PaymentMethod.Cash, 1_500)],
            first.GivenBack());

        var all = first.Give(Sales.Refund(5_900)).Commit();
        Assert.Equal(
            [
                (PaymentMethod.KitchenWallet, 1_000), (PaymentMethod.MobileMoney, 2_500),
                (PaymentMethod.KitchenChannel, 1_000), (PaymentMethod.PlatformWallet, 1_500),
                (PaymentMethod.Card, 500), (PaymentMethod.Cash, 1_500),
            ],
            all.Next.GivenBack());
        Assert.Equal("refund-exceeds-paid", all.Next.Give(Sales.Refund(1)).Code());
    }

    [Fact]
    public void It_goes_back_to_where_it_came_from()
    {
        var effects = Sales.SixWays.Give(Sales.Refund(8_000)).Commit().Effects;

        Assert.Equal(8_000, effects.Balance(AccountKind.Sales));
        Assert.Equal(-1_500, effects.Balance(Drawer));
        Assert.Equal(-500, effects.Balance(CardTerminal));
        Assert.Equal(-1_000, effects.Balance(AccountKind.KitchenChannel));
        Assert.Equal(-1_000, effects.Balance(AccountKind.KitchenWallet));
        Assert.Equal(-1_500, effects.Balance(AccountKind.PlatformWallet));
        Assert.Equal(-1_500, effects.Balance(PlatformReceivable));
        Assert.Equal(1_500, effects.Balance(KitchenPayable));
        Assert.Equal(-2_500, effects.Balance(Suspense));
        var started = Assert.Single(effects.OfType<Effect.StartRefund>());
        Assert.Equal((new Money(2_500), Refund.OfOrder), (started.Refund.Amount, started.Refund.Part));
        Assert.Contains(
            new Effect.Publish(MamaNtilie.Id, new KitchenEvent.OrderRefunded(SessionId, OrderId, 1, new Money(8_000))),
            effects);
    }

    [Fact]
    public void The_list_of_the_day_has_it_item_by_item_or_as_an_amount()
    {
        var first = Sales.InCash.Give(Sales.Refund(Pilau.Id, 1)).Commit();
        var second = first.Next.Give(Sales.Refund(1_000)).Commit();

        Assert.Equal(
            new SaleChange(SaleChangeKind.Refund, SessionId, 0, MamaNtilie.Id, SessionId, Pilau.Id, "Pilau", 1, new Money(4_000)),
            Assert.Single(first.Effects.OfType<Effect.RecordSaleChange>()).Change);
        Assert.Equal(
            new SaleChange(SaleChangeKind.Refund, SessionId, 100, MamaNtilie.Id, SessionId, null, null, 0, new Money(1_000)),
            Assert.Single(second.Effects.OfType<Effect.RecordSaleChange>()).Change);
    }

    [Fact]
    public void Cash_comes_out_of_the_drawer_at_which_the_manager_stands()
    {
        var effects = Sales.InCash.Give(Sales.Refund(1_000) with { By = SecondCashier }).Commit().Effects;

        Assert.Equal(
            new Account(Drawer, OtherTill), Assert.Single(effects.OfType<Effect.Transfer>()).Movement.Credit);
    }

    [Fact]
    public void Each_part_that_goes_back_to_a_phone_has_a_name_of_its_own()
    {
        Session sale = Sales.SixWays;
        var names = new HashSet<string>();
        for (var refund = 0; refund < OrderRules.MostRefunds; refund++)
        {
            var next = sale.Give(Sales.Refund(refund == 0 ? 4_501 : 1)).Commit();
            Assert.True(names.Add(Assert.Single(next.Effects.OfType<Effect.StartRefund>()).Refund.Reference));
            sale = next.Next;
        }

        Assert.All(names, name => Assert.Equal(PaymentReference.Length, name.Length));
        Assert.Equal("too-many-refunds", sale.Give(Sales.Refund(1)).Code());
    }

    [Fact]
    public void What_the_aggregator_paid_back_leaves_suspense_once()
    {
        var given = Sales.SixWays.Give(Sales.Refund(5_000)).Commit();
        var name = Assert.Single(given.Effects.OfType<Effect.StartRefund>()).Refund.Reference;

        var repaid = given.Next.Refunded(name, Sales.Later).Commit();
        Assert.Equal(500, repaid.Effects.Balance(Suspense));
        Assert.Equal(-500, repaid.Effects.Balance(AccountKind.MobileMoney));
        Assert.Equal(PaymentStatus.Paid, ((Session.Confirmed)repaid.Next).Payments[1].Status);
        Assert.IsType<Decision<Session>.Unchanged>(repaid.Next.Refunded(name, Sales.Later));
    }

    [Fact]
    public void Items_are_refunded_at_their_price_and_each_of_them_once()
    {
        var one = Sales.InCash.Give(Sales.Refund(Pilau.Id, 1)).Commit();
        Assert.Equal(4_000, one.Effects.Balance(AccountKind.Sales));
        Assert.DoesNotContain(one.Effects, effect => effect is Effect.ReturnStock);

        Assert.Equal("refund-exceeds-items", one.Next.Give(Sales.Refund(Pilau.Id, 2)).Code());
        var rest = one.Next.Give(Sales.Refund(Pilau.Id, restock: true)).Commit();
        Assert.Contains(
            new Effect.ReturnStock(MamaNtilie.Id, SessionId, [new StockLine(Pilau.Id, 1)]), rest.Effects);
        Assert.Equal("refund-exceeds-items", rest.Next.Give(Sales.Refund(Pilau.Id)).Code());
    }

    [Fact]
    public void The_same_refund_twice_is_one()
    {
        var command = Sales.Refund(1_000) with { Operation = Op(7) };
        var given = Sales.InCash.Give(command).Next();

        Assert.Equal(new Decision<Session>.Replay(Op(7).Id), given.Give(command));
        Assert.Equal(
            "idempotency-key-reused",
            given.Give(command with { Operation = Op(7) with { Fingerprint = Id(9) } }).Code());
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "refund-unclear", "nothing" },
        { "refund-unclear", "both" },
        { "refund-unclear", "no items" },
        { "refund-unclear", "amount to restock" },
        { "too-many-items", "too many" },
        { "quantity-out-of-range", "none of it" },
        { "order-item-twice", "twice" },
        { "amount-out-of-range", "zero" },
        { "amount-out-of-range", "too much for anybody" },
        { "invalid-text", "without a reason" },
        { "not-found", "a stranger's" },
        { "not-found", "nobody's" },
        { "not-found", "not paid" },
        { "order-item-not-found", "another dish" },
        { "order-on-bill", "on a bill" },
        { "refund-exceeds-items", "three plates" },
        { "refund-exceeds-paid", "a shilling too much" },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void Is_refused(string code, string story)
    {
        var (sale, command) = story switch
        {
            "nothing" => (Sales.InCash, new RefundOrder(Sales.Manager, null, null, "Cold")),
            "both" => (Sales.InCash, Sales.Refund(Pilau.Id) with { Amount = new Money(1) }),
            "no items" => (Sales.InCash, Sales.Refund(1) with { Amount = null, Items = [] }),
            "amount to restock" => (Sales.InCash, Sales.Refund(1) with { Restock = true }),
            "too many" => (Sales.InCash, Sales.Refund(1) with
            {
                Amount = null,
                Items = Enumerable.Range(1, OrderRules.MostItems + 1).Select(item =>
                    new ItemsToRefund(Id(item))).ToSequence(),
            }),
            "none of it" => (Sales.InCash, Sales.Refund(Pilau.Id, 0)),
            "twice" =>
                (Sales.InCash, Sales.Refund(1) with { Amount = null, Items = [new(Pilau.Id, 1), new(Pilau.Id, 1)] }),
            "zero" => (Sales.InCash, Sales.Refund(0)),
            "too much for anybody" => (Sales.InCash, Sales.Refund(Money.Largest.Shillings + 1)),
            "without a reason" => (Sales.InCash, Sales.Refund(1) with { Reason = "" }),
            "a stranger's" => (Sales.InCash, Sales.Refund(1) with { By = Stranger }),
            "nobody's" => (Session.Initial, Sales.Refund(1)),
            "not paid" => (Slip, Sales.Refund(1)),
            "another dish" => (Sales.InCash, Sales.Refund(Chai.Id)),
            "on a bill" => (OnBill(), Sales.Refund(1)),
            "three plates" => (Sales.InCash, Sales.Refund(Pilau.Id, 3)),
            _ => ((Session)Sales.InCash, Sales.Refund(8_001)),
        };

        Assert.Equal(code, sale.Give(command).Code());
    }

    [Fact]
    public void To_the_last_shilling_is_not_too_much() =>
        Assert.Equal([(PaymentMethod.Cash, 8_000)], Sales.InCash.Give(Sales.Refund(8_000)).Next().GivenBack());

    private static Session.Confirmed OnBill() => Sales.InCash with
    {
        Opening = Sales.InCash.Opening with { SessionType = SessionType.Tab, BillId = Id(501) },
        Payments = [],
    };
}
