using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Reference;

/// <summary>The reference's orders from the app that name their kitchen, paid from the wallet or by phone.</summary>
public sealed class AppOrders(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    private const string Address = """
        {
        "street": "Lumumba St",
        "area": "Mbeya",
        "city": "Mbeya",
        "notes": "Green gate",
        "latitude": -8.9,
        "longitude": 33.4
        }
        """;

    [Fact(DisplayName = "App — Pickup, Platform Wallet")]
    public async Task Pickup_from_the_wallet()
    {
        var user = await SignUp(balance: 8000);
        var order = await user.Post("/checkout-sessions", $$"""
            {
            "sessionType": "IMMEDIATE",
            "channel": "APP",
            "fulfillmentType": "PICKUP",
            "kitchenId": "{{Kitchen.Id}}",
            "fromCart": false,
            "items": [
            {"menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null}
            ],
            "payments": [
            {
            "paymentMethod": "PLATFORM_WALLET",
            "amount": 5000
            }
            ]
            }
            """).Is(201, $$"""
            {
              "status": "CONFIRMED", "channel": "APP", "kitchenId": "{{Kitchen.Id}}", "orderId": "*", "total": 5000,
              "payments": [{ "paymentMethod": "PLATFORM_WALLET", "amount": 5000, "status": "PAID" }]
            }
            """);

        await user.Get("/account").Is(200, """{ "wallet": { "available": 3000, "held": 0 } }""");
        await Kitchen.Cook.Get($"/kitchens/{Kitchen.Id}/tickets").Holds($$"""{ "id": "{{order["orderId"]}}", "channel": "APP" }""");
    }

    [Fact(DisplayName = "13. App — Direct Buy, No Cart")]
    public async Task Direct_buy_brought_to_the_door()
    {
        var phone = Mobile.Phone("001");
        var user = await SignUp(balance: 5000, phone);
        var order = await user.Post("/checkout-sessions", $$"""
            {
            "sessionType": "IMMEDIATE",
            "channel": "APP",
            "fulfillmentType": "DELIVERY",
            "kitchenId": "{{Kitchen.Id}}",
            "fromCart": false,
            "items": [
            {"menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null}
            ],
            "deliveryAddress": {
            "street": "Lumumba St",
            "area": "Mbeya",
            "city": "Mbeya",
            "notes": "Green gate",
            "latitude": -8.9,
            "longitude": 33.4
            },
            "payments": [
            {
            "paymentMethod": "PLATFORM_WALLET",
            "amount": 5000
            }
            ]
            }
            """).Is(201, $$"""
            { "status": "CONFIRMED", "fulfillmentType": "DELIVERY", "deliveryAddress": {{Address}}, "orderId": "*" }
            """);

        // Whoever brings it knows where to, and whom to ring.
        await Till.Get($"/orders/{order["orderId"]}").Is(200, $$"""
            { "fulfillmentType": "DELIVERY", "customerPhone": "{{phone}}", "deliveryAddress": {{Address}} }
            """);
        await user.Get("/account").Is(200, """{ "wallet": { "available": 0, "held": 0 } }""");
        await user.Post("/checkout-sessions", Order("PICKUP", "PLATFORM_WALLET"))
            .Is(422, """{ "code": "insufficient-wallet-balance", "available": 0 }""");
    }

    [Fact]
    public async Task Mobile_money_rings_the_phone_of_the_account()
    {
        var phone = Mobile.Phone("001");
        var user = await SignUp(balance: 0, phone);

        var order = await user.Post("/checkout-sessions", Order("PICKUP", "MOBILE_MONEY")).Is(201, """
            { "status": "PENDING_PAYMENT", "payments": [{ "push": { "status": "SENT" } }] }
            """);
        await Pay();

        await user.Get($"/checkout-sessions/{order.Id}").Is(200, """{ "status": "CONFIRMED", "orderId": "*" }""");
        Assert.Equal(5000, Mobile.Spent(phone));
    }

    [Fact]
    public async Task Another_number_rings_where_one_is_given()
    {
        var (own, others) = (Mobile.Phone("001"), Mobile.Phone("001"));
        var user = await SignUp(balance: 0, own);
        await user.Post("/checkout-sessions", Order(
            "PICKUP", "MOBILE_MONEY", $$""", "customerPhone": "{{others}}" """)).Is(201);

        await Pay();

        Assert.Equal((0, 5000), (Mobile.Spent(own), Mobile.Spent(others)));
    }

    [Fact]
    public async Task A_delivery_needs_an_address()
    {
        var user = await SignUp(balance: 5000);

        await user.Post("/checkout-sessions", Order("DELIVERY", "PLATFORM_WALLET")).Is(422, """
            { "code": "delivery-address-required", "errors": [{ "pointer": "/deliveryAddress" }] }
            """);
        await user.Post("/checkout-sessions", Order(
                "DELIVERY", "PLATFORM_WALLET", """, "deliveryAddress": { "street": "Lumumba St", "area": "Mbeya", "latitude": 91 } """))
            .Is(422, """
                {
                  "code": "field-required",
                  "errors": [{ "pointer": "/deliveryAddress/city" }, { "pointer": "/deliveryAddress/latitude" }]
                }
                """);
        await user.Get("/account").Is(200, """{ "wallet": { "available": 5000 } }""");
    }

    [Fact]
    public async Task The_kitchen_is_named_and_the_account_is_not()
    {
        var user = await SignUp(balance: 5000);
        var order = Order("PICKUP", "PLATFORM_WALLET");

        await user.Post("/checkout-sessions", order.Replace($"\"kitchenId\": \"{Kitchen.Id}\",", "", StringComparison.Ordinal))
            .Is(422, """{ "code": "kitchen-required", "errors": [{ "pointer": "/kitchenId" }] }""");
        await user.Post("/checkout-sessions", Order("PICKUP", "PLATFORM_WALLET", $$""", "accountId": "{{Kitchen.Id}}" """))
            .Is(422, """{ "code": "resolved-field-not-accepted", "errors": [{ "pointer": "/accountId" }] }""");
        await user.Post("/checkout-sessions", order.Replace($"{Kitchen.Id}", $"{Guid.NewGuid()}", StringComparison.Ordinal))
            .Is(404, """{ "code": "not-found" }""");
    }

    [Fact]
    public async Task Test_money_buys_nothing_from_a_kitchen_that_takes_real_money()
    {
        var platform = await Restaurant.Operator();
        var live = await platform.Post("/operator/kitchens", """{ "name": "Real money", "livemode": true }""").Is(201);
        var dish = await platform.Post($"/kitchens/{live.Id}/menu", """
            { "name": "Pilau", "price": 5000, "category": "Food" }
            """).Is(201);
        var user = await SignUp(balance: 5000);
        var order = Order("PICKUP", "PLATFORM_WALLET")
            .Replace($"{Kitchen.Id}", $"{live.Id}", StringComparison.Ordinal)
            .Replace($"{Kitchen.Pilau}", $"{dish.Id}", StringComparison.Ordinal);

        await user.Post("/checkout-sessions", order).Is(404, """{ "code": "not-found" }""");
        await user.Post("/checkout-sessions/preview", order).Is(404, """{ "code": "not-found" }""");
        await user.Get("/account").Is(200, """{ "wallet": { "available": 5000 } }""");
    }

    [Fact]
    public async Task A_lost_phone_is_locked_out()
    {
        var platform = await Restaurant.Operator();
        var account = await platform.Post("/operator/accounts", $$"""
            { "name": "Asha", "phone": "{{Mobile.Phone("001")}}" }
            """).Is(201);
        var lost = new Caller(Restaurant, (await platform.Post($"/operator/accounts/{account.Id}/tokens").Is(201))["token"]);
        await lost.Get("/account").Is(200);

        await platform.Post($"/operator/accounts/{account.Id}/tokens/revoke").Is(200, $$"""{ "id": "{{account.Id}}" }""");

        await lost.Post("/checkout-sessions", Order("PICKUP", "PLATFORM_WALLET")).Is(401, """{ "code": "unauthenticated" }""");
        var next = await platform.Post($"/operator/accounts/{account.Id}/tokens").Is(201);
        await new Caller(Restaurant, next["token"]).Get("/account").Is(200);
        await platform.Post($"/operator/accounts/{Guid.NewGuid()}/tokens/revoke").Is(404);
        await Kitchen.Manager.Post($"/operator/accounts/{account.Id}/tokens/revoke").Is(403);
    }

    private string Order(string fulfillment, string method, string more = "") => $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "APP", "fulfillmentType": "{{fulfillment}}", "kitchenId": "{{Kitchen.Id}}",
          "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }],
          "payments": [{ "paymentMethod": "{{method}}", "amount": 5000 }]{{more}}
        }
        """;

    /// <summary>Somebody with the app, as the platform's operator makes an account and fills it.</summary>
    private async Task<Caller> SignUp(long balance, string? phone = null)
    {
        var platform = await Restaurant.Operator();
        var account = await platform.Post("/operator/accounts", $$"""
            { "name": "Asha", "phone": "{{phone ?? Mobile.Phone("001")}}" }
            """).Is(201);
        if (balance > 0)
            await platform.Post($"/operator/accounts/{account.Id}/top-ups", $$"""{ "amount": {{balance}} }""").Is(201);
        var token = await platform.Post($"/operator/accounts/{account.Id}/tokens").Is(201);
        return new Caller(Restaurant, token["token"]);
    }
}
