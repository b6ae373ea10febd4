using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Tests.Sessions;

public sealed class ReissuingASlipTests
{
    [Fact]
    public void An_expired_slip_is_asked_for_anew_as_it_was()
    {
        var ask = new OpenSession(
            KioskOne, SessionType.Slip, Channel.Kiosk, FulfillmentType.DineIn,
            [new(Pilau.Id, 2, "no salt"), new(Chai.Id, 1)], Payments: null, TableNumber: "03",
            Tag: "John", OrderInstructions: "Quickly", CustomerPhone: "+255700000000", ClientReference: "k-1");
        var expired = Open(ask with { Operation = Op(1) }).Next().AsOf(Noon + 15.Minutes);

        var (command, refusal) = expired.Reissue(Cashier, Op(2), Noon + 20.Minutes);

        Assert.Null(refusal);
        Assert.Equal(ask with { By = Cashier, ReissueOf = SessionId, Operation = Op(2) }, command);
    }

    [Fact]
    public void What_an_earlier_build_took_beside_the_table_is_issued_anew_with_it()
    {
        var ask = new OpenSession(
            KioskOne, SessionType.Slip, Channel.Kiosk, FulfillmentType.DineIn, [new(Pilau.Id, 2, "no salt")],
            Payments: null, TableNumber: "03", LaneNumber: "1", DeliveryAddress: GreenGate);

        Assert.Equal(
            ["lane-not-allowed", "delivery-address-not-allowed"],
            SessionRules.Broken(ask).Select(refusal => refusal.Code));
        Assert.Empty(SessionRules.Broken(ask with { By = Cashier, ReissueOf = SessionId }));
    }

    [Fact]
    public void Ended_early_a_slip_may_be_issued_anew_too()
    {
        var ended = Slip.ExpireEarly(new ExpireSession(Cashier), Noon + 1.Minutes).Next();

        Assert.NotNull(ended.Reissue(SecondCashier, null, Noon + 2.Minutes).Command);
    }
}
