using FsCheck.Fluent;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Tests.Orders;
using JikoXpress.Domain.Tests.Properties;

namespace JikoXpress.Domain.Tests.Sessions;

/// <summary>The platform's commission: on which sales, how much, and how it comes back with refunds.</summary>
public sealed class CommissionTests
{
    [Theory]
    [InlineData(0, 1_000, 0)]
    [InlineData(4, 1_000, 0)]
    [InlineData(5, 1_000, 1)]
    [InlineData(14, 1_000, 1)]
    [InlineData(15, 1_000, 2)]
    [InlineData(8_000, 1_000, 800)]
    [InlineData(4_999, 1, 0)]
    [InlineData(5_000, 1, 1)]
    [InlineData(7_777, 10_000, 7_777)]
    [InlineData(7_777, 0, 0)]
    [InlineData(Money.MostShillings, 10_000, Money.MostShillings)]
    public void It_is_rounded_half_up_to_whole_units(long amount, int basisPoints, long commission) =>
        Assert.Equal(new Money(commission), Commissions.Of(new Money(amount), basisPoints));

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    [InlineData(10_000, 0)]
    [InlineData(10_001, 1)]
    public void A_rate_is_nothing_to_all(int rate, int broken)
    {
        Assert.Equal(broken, new CommissionRates(App: rate).Broken().Count);
        Assert.Equal(broken, new CommissionRates(Whatsapp: rate).Broken().Count);
        Assert.Equal(broken, new CommissionRates(Hosted: rate).Broken().Count);
    }

    [Fact]
    public void Only_channels_by_which_the_platform_brings_guests_have_one()
    {
        var rates = new CommissionRates(1_000, 500, 250);
        Assert.Equal(
            [null, null, null, 1_000, 500, 250],
            ((Channel[])[Channel.Pos, Channel.Kiosk, Channel.TableQr, Channel.App, Channel.Whatsapp, Channel.Hosted])
                .Select(rates.On));
        Assert.All(Enum.GetValues<Channel>(), channel => Assert.Null(default(CommissionRates).On(channel)));
    }

    [Fact]
    public void A_refund_gives_it_back_by_the_sides_that_have_paid_it()
    {
        var sale = Sold(1_000);
        var part = Refund(sale, 3_000);

        Assert.Equal(
            [
                (LedgerStep.Commission, 2, AccountKind.PlatformReceivable, AccountKind.Commission, 300L),
                (LedgerStep.Commission, 3, AccountKind.PlatformCommission, AccountKind.KitchenPayable, 300L),
            ],
            Commission(part).Select(moved =>
                (moved.Step, moved.Part, moved.Debit.Kind, moved.Credit.Kind, moved.Amount.Shillings)));
        Assert.Empty(Commission(Refund(Sold(rate: null), 3_000)));
    }

    [Fact]
    public void The_commission_on_a_sale_at_a_register_comes_out_of_its_wallet()
    {
        var wallet = new Account(AccountKind.SettlementWallet, Id(91));
        var sale = Sold(1_000);
        sale = sale with
        {
            Opening = sale.Opening with
            {
                Hosted = new HostedTerms(
                    "CR", "key", "key", Id(92), IsDeferred: false, "TZS", [], [], "pay", Noon,
                    Register: new RegisterTerms(1, wallet.Owner)),
            },
        };

        var back = Commission(Refund(sale, 8_000));
        Assert.Equal((wallet, 800L), (back[0].Debit, back[0].Amount.Shillings));
        Assert.Equal(AccountKind.CommissionKept, back[1].Credit.Kind);
    }

    [Fact]
    public void Any_split_of_refunds_gives_back_exactly_the_commission() => Property.Holds(
        2_000, Gen.Choose(1, 2_500), part => part > 1 ? [part / 2] : [],
        parts =>
        {
            foreach (var rate in (int[])[1, 333, 1_000, 2_505, CommissionRates.Whole])
            {
                var sale = Sold(rate);
                var whole = Commissions.Of(sale.Opening.Total, rate);
                var back = Money.Zero;
                // The last one is of all that is left.
                foreach (var part in parts.Append(int.MaxValue))
                {
                    var amount = part < sale.Refundable.Shillings ? part : sale.Refundable.Shillings;
                    if (amount == 0) break;
                    var refunded = Refund(sale, amount);
                    back += Commission(refunded).Where(moved => moved.Part % 2 == 0).Sum(moved => moved.Amount);
                    sale = (Session.Confirmed)refunded.Next;
                    Assert.Equal(whole - back, Commissions.Of(sale.Refundable, rate));
                }

                Assert.Equal((Money.Zero, whole), (sale.Refundable, back));
            }
        });

    private static Session.Confirmed Sold(int? rate)
    {
        var sale = (Session.Confirmed)Sales.SixWays;
        return sale with { Opening = sale.Opening with { CommissionRate = rate } };
    }

    private static Decision<Session>.Commit Refund(Session.Confirmed sale, long amount) =>
        sale.Give(Sales.Refund(amount)).Commit();

    private static List<LedgerTransfer> Commission(Decision<Session>.Commit commit) =>
    [
        .. commit.Effects.OfType<Effect.Transfer>().Select(effect => effect.Movement)
            .Where(moved => moved.Step is LedgerStep.Commission),
    ];
}
