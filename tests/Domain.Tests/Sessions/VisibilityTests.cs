using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Tests.Sessions;

/// <summary>What is not a caller's is not there for them.</summary>
public sealed class VisibilityTests
{
    [Fact]
    public void Staff_see_every_session_of_their_kitchen_and_no_other()
    {
        foreach (var session in new[] { OpenedBy(Cashier), OpenedBy(KioskOne), OpenedBy(Neema) })
        {
            Assert.True(SecondCashier.MaySee(session));
            Assert.False(Stranger.MaySee(session));
            Assert.False((Cashier with { KitchenId = null }).MaySee(session));
        }
    }

    [Fact]
    public void A_kitchen_display_sees_what_its_kitchen_cooks()
    {
        var display = new Caller(CallerKind.KitchenDisplay, Id(77), MamaNtilie.Id, Id(77));

        Assert.True(display.MaySee(OpenedBy(Cashier)));
        Assert.False((display with { KitchenId = Stranger.KitchenId }).MaySee(OpenedBy(Cashier)));
    }

    [Theory]
    [InlineData(CallerKind.Kiosk)]
    [InlineData(CallerKind.TableGuest)]
    [InlineData(CallerKind.AppUser)]
    [InlineData(CallerKind.Bot)]
    [InlineData(CallerKind.Merchant)]
    public void Others_see_what_they_opened(CallerKind kind)
    {
        var caller = new Caller(kind, Id(77), MamaNtilie.Id);

        Assert.True(caller.MaySee(OpenedBy(caller)));
        Assert.False(caller.MaySee(OpenedBy(caller with { Id = Id(78) })));
        Assert.False(caller.MaySee(OpenedBy(Cashier)));
        Assert.False(caller.MaySee(OpenedBy(Cashier with { Id = caller.Id })));
    }

    [Fact]
    public void An_app_token_sees_what_it_opened_and_its_merchants_key_sees_that_too()
    {
        var app = new Caller(CallerKind.Merchant, Id(77), DeviceId: Id(90));

        Assert.True(app.MaySee(OpenedBy(app)));
        Assert.False(app.MaySee(OpenedBy(app with { DeviceId = Id(91) })));
        Assert.False(app.MaySee(OpenedBy(app with { DeviceId = null })));
        Assert.True((app with { DeviceId = null }).MaySee(OpenedBy(app)));
    }

    [Theory]
    [InlineData(CallerKind.Operator)]
    [InlineData(CallerKind.Clock)]
    public void The_operator_and_the_clock_see_all(CallerKind kind) =>
        Assert.True(new Caller(kind, Id(77)).MaySee(OpenedBy(Neema)));

    private static SessionOpening OpenedBy(Caller caller) =>
        ((Session.Opened)Slip).Opening with { OpenedBy = caller };
}
