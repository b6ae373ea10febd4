using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Reference;

/// <summary>
/// The reference's matrix of channels and ways to serve, over HTTP for the channels that kitchens run.
/// </summary>
public sealed class Matrix(Restaurant restaurant) : Scenario(restaurant)
{
    public static TheoryData<string, string, bool> Cells => new()
    {
        // channel, fulfilment, served
        { "POS",   "DINE_IN",       true  },
        { "POS",   "PICKUP",        true  },
        { "POS",   "DELIVERY",      false },
        { "POS",   "DRIVE_THROUGH", true  },
        { "KIOSK", "DINE_IN",       true  },
        { "KIOSK", "PICKUP",        true  },
        { "KIOSK", "DELIVERY",      false },
        { "KIOSK", "DRIVE_THROUGH", false },
    };

    [Theory, MemberData(nameof(Cells))]
    public async Task Server_rejects_any_combination_not_in_this_matrix(string channel, string fulfilment, bool served)
    {
        var caller = channel is "POS" ? Till : Kiosk;
        var answer = await caller.Post("/checkout-sessions", $$"""
            {
              "sessionType": "SLIP", "channel": "{{channel}}", "fulfillmentType": "{{fulfilment}}",
              "tableNumber": "05", "laneNumber": "1",
              "deliveryAddress": { "street": "Lumumba St", "area": "Mbeya", "city": "Mbeya" },
              "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }]
            }
            """);

        if (served)
        {
            answer.Is(201, $$"""{ "channel": "{{channel}}", "fulfillmentType": "{{fulfilment}}" }""");
            await Till.Post($"/checkout-sessions/{answer.Id}/cancel").Is(200, """{ "status": "CANCELLED" }""");
        }
        else
        {
            var allowed = channel is "POS" ? "DINE_IN, PICKUP, DRIVE_THROUGH" : "DINE_IN, PICKUP";
            answer.Is(422, $$"""
                {
                  "code": "channel-fulfillment-not-allowed", "status": 422, "allowed": "{{allowed}}",
                  "errors": [{ "pointer": "/fulfillmentType", "code": "channel-fulfillment-not-allowed" }]
                }
                """);
            Assert.Contains($"{channel} does not serve {fulfilment}", answer["detail"], StringComparison.Ordinal);
        }
    }
}
