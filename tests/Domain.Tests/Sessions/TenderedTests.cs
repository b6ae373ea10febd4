using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Tests.Sessions;

/// <summary>What the guest puts down, and what the drawer keeps of it.</summary>
public sealed class TenderedTests
{
    [Theory]
    [InlineData(7_999, "tendered-too-little")]
    [InlineData(8_000, null)]
    [InlineData(8_001, null)]
    [InlineData(1_000_000_000_000, null)]
    [InlineData(1_000_000_000_001, "amount-out-of-range")]
    public void At_least_the_amount_is_put_down(long tendered, string? code) => Assert.Equal(
        code is null ? [] : [code],
        SessionRules.Broken(PayNow(Cash(8_000) with { Tendered = new Money(tendered) })).Select(refusal => refusal.Code));

    [Fact]
    public void The_drawer_keeps_the_amount_and_the_guest_gets_the_change()
    {
        var (next, effects) = Open(PayNow(Cash(8_000) with { Tendered = new Money(10_000) })).Commit();

        var payment = Assert.Single(Assert.IsType<Session.Confirmed>(next).Payments);
        Assert.Equal((new Money(10_000), new Money(2_000)), (payment.Tendered, payment.Change));
        Assert.Contains(
            Moved(
                Id(300), LedgerStep.Pay, PaymentMethod.Cash, new(AccountKind.Drawer, Till),
                new(AccountKind.Sales, MamaNtilie.Id), 8_000),
            effects);
    }

    [Fact]
    public void Nobody_has_to_say_what_was_put_down()
    {
        var payment = Assert.Single(Assert.IsType<Session.Confirmed>(Open(PayNow(Cash(8_000))).Next()).Payments);

        Assert.Equal((null, null), (payment.Tendered, payment.Change));
    }
}
