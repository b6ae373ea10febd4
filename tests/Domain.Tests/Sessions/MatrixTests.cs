using JikoXpress.Domain.Sessions;
using static JikoXpress.Domain.Channel;
using static JikoXpress.Domain.FulfillmentType;
using static JikoXpress.Domain.PaymentMethod;
using static JikoXpress.Domain.SessionType;

namespace JikoXpress.Domain.Tests.Sessions;

/// <summary>The tables of the reference, written down a second time.</summary>
public sealed class MatrixTests
{
    public static TheoryData<Channel, bool, bool, bool, bool> Reference => new()
    {
        //             DINE_IN  PICKUP  DELIVERY  DRIVE_THROUGH
        { Pos,         true,    true,   false,    true  },
        { Kiosk,       true,    true,   false,    false },
        { TableQr,     true,    false,  false,    false },
        { App,         false,   true,   true,     false },
        { Whatsapp,    false,   true,   true,     false },
        { Hosted,      false,   true,   true,     false },
    };

    [Theory, MemberData(nameof(Reference))]
    public void A_channel_serves_what_the_reference_says(
        Channel channel, bool dineIn, bool pickup, bool delivery, bool driveThrough)
    {
        (bool Served, FulfillmentType How)[] row =
            [(dineIn, DineIn), (pickup, Pickup), (delivery, Delivery), (driveThrough, DriveThrough)];
        foreach (var (served, how) in row)
        {
            var refused = SessionRules.Broken(Ask(channel, how))
                .FirstOrDefault(refusal => refusal.Code == "channel-fulfillment-not-allowed");

            Assert.Equal(served, refused is null);
        }
    }

    [Fact]
    public void The_matrix_has_each_of_its_20_cells_once_and_4_of_web_shops()
    {
        var cells = FulfillmentTerms.Matrix.Select(row => (row.Channel, row.FulfillmentType)).ToList();

        Assert.Equal(20, cells.Count(cell => cell.Channel is not Hosted));
        Assert.Equivalent(
            from channel in Enum.GetValues<Channel>()
            from how in Enum.GetValues<FulfillmentType>()
            select (channel, how),
            cells, strict: true);
    }

    [Fact]
    public void A_refused_combination_names_what_is_allowed()
    {
        var refusal = SessionRefusals.ChannelFulfillmentNotAllowed(Pos, Delivery);

        Assert.Equal("POS does not serve DELIVERY; it serves DINE_IN, PICKUP, DRIVE_THROUGH.", refusal.Sentence);
        Assert.Equal([new RefusalDetail("allowed", "DINE_IN, PICKUP, DRIVE_THROUGH")], refusal.Details!);
    }

    public static TheoryData<Channel, bool, bool, bool> Types => new()
    {
        //             IMMEDIATE  SLIP   TAB
        { Pos,         true,      true,  true  },
        { Kiosk,       true,      true,  false },
        { TableQr,     true,      true,  false },
        { App,         true,      false, false },
        { Whatsapp,    true,      false, false },
        { Hosted,      true,      false, false },
    };

    [Theory, MemberData(nameof(Types))]
    public void A_channel_opens_its_types_of_session(Channel channel, bool immediate, bool slip, bool tab)
    {
        foreach (var (opened, type) in new[] { (immediate, Immediate), (slip, SessionType.Slip), (tab, Tab) })
        {
            var refused = SessionRules.Broken(Ask(channel, DineIn) with { SessionType = type })
                .Any(refusal => refusal.Code == "session-type-not-allowed");

            Assert.Equal(opened, !refused);
        }
    }

    [Theory]
    [InlineData(
        Pos, PaymentMethod.Cash, MobileMoney, PaymentMethod.Card, PlatformWallet, KitchenWallet, KitchenChannel)]
    [InlineData(Kiosk, MobileMoney)]
    [InlineData(TableQr, MobileMoney)]
    [InlineData(App, MobileMoney, PlatformWallet)]
    [InlineData(Whatsapp, MobileMoney)]
    [InlineData(Hosted, MobileMoney)]
    public void A_channel_takes_its_methods(Channel channel, params PaymentMethod[] taken)
    {
        foreach (var method in Enum.GetValues<PaymentMethod>())
        {
            var refused = SessionRules.Broken(Ask(channel, DineIn) with { Payments = [new(method, new Money(1))] })
                .Any(refusal => refusal.Code == "payment-method-not-allowed");

            Assert.Equal(taken.Contains(method), !refused);
        }
    }

    [Fact]
    public void A_cashier_takes_every_method_for_a_slip()
    {
        foreach (var method in Enum.GetValues<PaymentMethod>())
        {
            var command = PaySlip(new PaymentRequest(method, new Money(1)));
            Assert.DoesNotContain(
                command.Broken(), refusal => refusal.Code == "payment-method-not-allowed");
        }
    }

    [Fact]
    public void Every_channel_has_its_terms_once() =>
        Assert.Equal(Enum.GetValues<Channel>(), ChannelTerms.Table.Select(row => row.Channel));

    private static OpenSession Ask(Channel channel, FulfillmentType how) =>
        PayNow(Fixtures.Cash(8_000)) with { Channel = channel, FulfillmentType = how };
}
