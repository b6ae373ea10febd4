using JikoXpress.Scenarios.Orders;
using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Reference;

/// <summary>The reference's matrix of channels and ways to serve, asked by whoever orders on each channel.</summary>
public sealed class Matrix(MobileRestaurant mobile) : TableGuestScenario(mobile)
{
    [Theory(DisplayName = "Channel & Fulfillment Matrix")]
    [InlineData("POS", "DINE_IN, PICKUP, DRIVE_THROUGH")]
    [InlineData("KIOSK", "DINE_IN, PICKUP")]
    [InlineData("TABLE_QR", "DINE_IN")]
    [InlineData("APP", "PICKUP, DELIVERY")]
    [InlineData("WHATSAPP", "PICKUP, DELIVERY")]
    public async Task Server_rejects_any_combination_not_in_this_matrix(string channel, string allowed)
    {
        var (caller, table) = await WhoOrdersOn(channel);
        foreach (var fulfilment in new[] { "DINE_IN", "PICKUP", "DELIVERY", "DRIVE_THROUGH" })
        {
            // The guest is silent until the order has been cancelled.
            var answer = await caller.Post("/checkout-sessions", $$"""
                {
                  "sessionType": "IMMEDIATE", "channel": "{{channel}}", "fulfillmentType": "{{fulfilment}}",
                  {{(channel is "APP" or "WHATSAPP" ? $"\"kitchenId\": \"{Kitchen.Id}\"," : "")}}
                  "customerPhone": "{{Mobile.Phone("036")}}",
                  {{PlaceOf(fulfilment, table)}}
                  "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }],
                  "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000 }]
                }
                """);

            if (allowed.Split(", ").Contains(fulfilment))
            {
                answer.Is(201, $$"""{ "channel": "{{channel}}", "fulfillmentType": "{{fulfilment}}" }""");
                await caller.Post($"/checkout-sessions/{answer.Id}/cancel").Is(200, """{ "status": "CANCELLED" }""");
                continue;
            }

            answer.Is(422, $$"""
                {
                  "code": "channel-fulfillment-not-allowed", "status": 422, "allowed": "{{allowed}}",
                  "errors": [{ "pointer": "/fulfillmentType", "code": "channel-fulfillment-not-allowed" }]
                }
                """);
            Assert.Contains($"{channel} does not serve {fulfilment}", answer["detail"], StringComparison.Ordinal);
        }
    }

    private static string PlaceOf(string fulfilment, string table) => fulfilment switch
    {
        "DINE_IN" => $$""" "tableNumber": "{{table}}", """,
        "DRIVE_THROUGH" => """ "laneNumber": "1", """,
        "DELIVERY" => """ "deliveryAddress": { "street": "Lumumba St", "area": "Mbeya", "city": "Mbeya" }, """,
        _ => "",
    };

    private async Task<(Caller Caller, string Table)> WhoOrdersOn(string channel) => channel switch
    {
        "POS" => (Till, "05"),
        "KIOSK" => (Kiosk, "05"),
        "TABLE_QR" => await Seated(),
        "APP" => (Restaurant.AppUser, "05"),
        _ => (await Bot(), "05"),
    };

    private async Task<Caller> Bot()
    {
        var key = await (await Restaurant.Operator())
            .Post("/operator/bot-keys", $$"""{ "name": "Bot", "kitchenIds": ["{{Kitchen.Id}}"] }""").Is(201);
        return new Caller(Restaurant, key["token"]);
    }
}
