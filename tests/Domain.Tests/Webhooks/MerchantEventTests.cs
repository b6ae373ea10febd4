using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Webhooks;

namespace JikoXpress.Domain.Tests.Webhooks;

/// <summary>What merchants are told: a promise, so each body is here letter by letter.</summary>
public sealed class MerchantEventTests
{
    private const string Session = "\"sessionId\":\"00000064-0000-0000-0000-000000000000\"";
    private const string Order = "\"orderId\":\"000000c8-0000-0000-0000-000000000000\"";
    private const string Reference = "JX0123456789ABCDEFGJ";

    public static TheoryData<string, string, KitchenEvent> Told => new()
    {
        { "checkout_session.confirmed", $"{Session},{Order}", new KitchenEvent.SessionConfirmed(SessionId, OrderId) },
        { "checkout_session.confirmed", Session, new KitchenEvent.SessionConfirmed(SessionId, OrderId: null) },
        {
            "checkout_session.expired", $"{Session},\"status\":\"EXPIRED\",\"reason\":\"PAYMENT_TIMEOUT\"",
            new KitchenEvent.SessionEnded(SessionId, SessionStatus.Expired, "PAYMENT_TIMEOUT")
        },
        {
            "checkout_session.cancelled", $"{Session},\"status\":\"CANCELLED\",\"reason\":\"CANCELLED_BY_CALLER\"",
            new KitchenEvent.SessionEnded(SessionId, SessionStatus.Cancelled, "CANCELLED_BY_CALLER")
        },
        {
            "checkout_session.failed", $"{Session},\"status\":\"FAILED\",\"reason\":\"PAYMENT_DECLINED\"",
            new KitchenEvent.SessionEnded(SessionId, SessionStatus.Failed, "PAYMENT_DECLINED")
        },
        {
            "payment.started", $"{Session},\"paymentId\":\"0000012d-0000-0000-0000-000000000000\"",
            new KitchenEvent.PaymentStarted(SessionId, Id(301))
        },
        {
            "payment.failed", $"{Session},\"paymentId\":\"0000012d-0000-0000-0000-000000000000\",\"reason\":\"No\"",
            new KitchenEvent.PaymentFailed(SessionId, Id(301), "No")
        },
        {
            "payment.refunded", $"{Session},\"reference\":\"{Reference}\",\"amount\":100",
            new KitchenEvent.PaymentRefunded(SessionId, Reference, new Money(100))
        },
        {
            "order.refunded", $"{Session},{Order},\"number\":1,\"amount\":100",
            new KitchenEvent.OrderRefunded(SessionId, OrderId, 1, new Money(100))
        },
        { "ticket.moved", $"{Order},\"status\":\"READY\"", new KitchenEvent.TicketMoved(OrderId, TicketStatus.Ready) },
        {
            "bill.closed", "\"billId\":\"000001f5-0000-0000-0000-000000000000\",\"status\":\"PAID\"",
            new KitchenEvent.BillClosed(Id(501), BillStatus.Paid)
        },
        {
            "stock.low", "\"menuId\":\"0000000b-0000-0000-0000-000000000000\",\"available\":3,\"threshold\":5",
            new KitchenEvent.StockLow(Pilau.Id, 3, 5)
        },
    };

    [Theory, MemberData(nameof(Told))]
    public void The_envelope_is_the_same_for_all_and_the_data_are_the_events(
        string type, string data, KitchenEvent told)
    {
        var each = new MerchantEvent(147, Id(1), Noon.AddMilliseconds(5), LiveMode: true, told);

        Assert.Equal(type, each.Type);
        Assert.Contains(type, MerchantEvent.Types);
        Assert.Equal(
            $$$"""{"id":"evt_147","object":"event","type":"{{{type}}}","created":"2026-03-12T09:00:00.005Z",""" +
            "\"livemode\":true,\"storeId\":\"00000001-0000-0000-0000-000000000000\",\"sequence\":147," +
            $"\"data\":{{{data}}}}}",
            each.Body());
    }

    [Fact]
    public void Every_kind_of_event_has_a_type_that_can_be_subscribed_to()
    {
        var kinds = typeof(KitchenEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(KitchenEvent)));
        var named = typeof(KitchenEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().ToList();

        Assert.Equivalent(kinds, named.Select(kind => kind.DerivedType), strict: true);
        // The end of a session is three types.
        Assert.Equal(named.Count + 2, MerchantEvent.Types.Count);
        Assert.DoesNotContain("checkout_session.ended", MerchantEvent.Types);
        Assert.All(MerchantEvent.Types, type => Assert.Matches("^[a-z_]+[.][a-z_]+$", type));
    }

    [Fact]
    public void No_event_has_a_member_for_a_phone_or_a_name()
    {
        var members = typeof(KitchenEvent).GetNestedTypes().SelectMany(kind => kind.GetProperties());
        Assert.DoesNotContain(
            members,
            member => member.Name.Contains("Phone", StringComparison.Ordinal)
                || member.Name.Contains("Email", StringComparison.Ordinal)
                || member.Name.Contains("Customer", StringComparison.Ordinal) && member.PropertyType == typeof(string));
    }

    [Fact]
    public void An_id_names_its_position_and_nothing_else_does()
    {
        Assert.Equal(147, MerchantEvent.PositionOf("evt_147"));
        Assert.Equal(0, MerchantEvent.PositionOf("evt_0"));
        foreach (var other in (string[])["evt_", "evt_-1", "evt_01", "evt_ 1", "147", "evt_1a", "evt_99999999999999999999"])
            Assert.Null(MerchantEvent.PositionOf(other));
    }

    [Fact]
    public void It_says_which_session_it_is_about()
    {
        Assert.Equal(SessionId, Of(new KitchenEvent.PaymentStarted(SessionId, Id(301))).SessionId);
        Assert.Null(Of(new KitchenEvent.StockSoldOut(Pilau.Id)).SessionId);
    }

    [Fact]
    public void A_test_event_says_nothing()
    {
        var body = JsonElement.Parse(MerchantEvent.TestBody("evt_test_1", Noon, liveMode: false));
        Assert.Equal("webhook.test", body.GetProperty("type").GetString());
        Assert.Empty(body.GetProperty("data").EnumerateObject());
    }

    private static MerchantEvent Of(KitchenEvent told) => new(1, Id(1), Noon, LiveMode: true, told);
}
