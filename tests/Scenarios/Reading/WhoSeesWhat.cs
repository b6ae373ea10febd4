using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Reading;

/// <summary>Lists show what is the caller's, and a place in a list is of use to nobody else.</summary>
public sealed class WhoSeesWhat(Restaurant restaurant) : Scenario(restaurant)
{
    [Fact]
    public async Task A_kiosk_sees_its_own_orders_the_staff_their_kitchens_and_a_neighbour_none()
    {
        var sale = await Till.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Chai}}", "quantity": 1 }], "payments": [{ "paymentMethod": "CASH",
              "amount": 1000 }]
            }
            """).Is(201);
        await Pass(1.Seconds);
        var slip = await Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Chai}}", "quantity": 1 }]
            }
            """).Is(201);

        await Kiosk.Get("/checkout-sessions").Is(200, $$"""{ "data": [{ "id": "{{slip.Id}}" }] }""");
        await Kitchen.Cook.Get("/checkout-sessions")
            .Is(200, $$"""{ "data": [{ "id": "{{slip.Id}}" }, { "id": "{{sale.Id}}" }] }""");
        await Restaurant.Neighbour.Cashier.Get("/checkout-sessions")
            .Is(200, """{ "data": [], "paging": { "hasMore": false, "after": null, "before": null } }""");
        await Restaurant.Neighbour.Cashier.Get("/orders").Is(200, """{ "data": [] }""");
        await Restaurant.AppUser.Get("/checkout-sessions").Is(200, """{ "data": [] }""");

        var place = (await Till.Get("/checkout-sessions?limit=1").Is(200))["paging.after"];
        await Restaurant.Neighbour.Cashier.Get($"/checkout-sessions?after={place}").Is(400, CursorInvalid);
        await Kiosk.Get($"/checkout-sessions?after={place}").Is(400, CursorInvalid);
        await Till.Get($"/orders?after={place}").Is(400, CursorInvalid);
        await Till.Get($"/checkout-sessions?after={place}&before={place}").Is(400, CursorInvalid);
        await Till.Get($"/checkout-sessions?after={place}").Is(200, $$"""{ "data": [{ "id": "{{sale.Id}}" }] }""");
    }

    private const string CursorInvalid = """{ "code": "cursor-invalid" }""";
}
