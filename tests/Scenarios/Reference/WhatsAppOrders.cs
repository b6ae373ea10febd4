using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Reference;

/// <summary>The reference's orders by WhatsApp: a bot speaks for the guest, whom nobody knows but by phone.</summary>
public sealed class WhatsAppOrders(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    [Fact(DisplayName = "WhatsApp — Pickup")]
    public async Task Pickup()
    {
        var (bot, phone) = (await Bot(Kitchen), Mobile.Phone("001"));
        var order = await bot.Post("/checkout-sessions", $$"""
            {
            "sessionType": "IMMEDIATE",
            "channel": "WHATSAPP",
            "fulfillmentType": "PICKUP",
            "kitchenId": "{{Kitchen.Id}}",
            "customerPhone": "{{phone}}",
            "items": [
            {"menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null}
            ],
            "payments": [
            {
            "paymentMethod": "MOBILE_MONEY",
            "amount": 5000
            }
            ]
            }
            """).Is(201, """{ "status": "PENDING_PAYMENT", "channel": "WHATSAPP", "orderId": null }""");

        await Pay();

        // The customer's own phone rang, though the payment named none.
        await bot.Get($"/checkout-sessions/{order.Id}").Is(200, """{ "status": "CONFIRMED", "orderId": "*" }""");
        Assert.Equal(5000, Mobile.Spent(phone));
        await Till.Get($"/checkout-sessions/{order.Id}").Is(200, $$"""{ "customerPhone": "{{phone}}" }""");
    }

    [Fact(DisplayName = "14. WhatsApp — Delivery")]
    public async Task Delivery()
    {
        var (bot, phone) = (await Bot(Kitchen), Mobile.Phone("001"));
        var order = await bot.Post("/checkout-sessions", $$"""
            {
            "sessionType": "IMMEDIATE",
            "channel": "WHATSAPP",
            "fulfillmentType": "DELIVERY",
            "kitchenId": "{{Kitchen.Id}}",
            "customerPhone": "{{phone}}",
            "items": [
            {"menuId": "{{Kitchen.Chipsi}}", "quantity": 1, "itemInstructions": null},
            {"menuId": "{{Kitchen.Nyama}}", "quantity": 2, "itemInstructions": "extra sauce"}
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
            "paymentMethod": "MOBILE_MONEY",
            "amount": 8000
            }
            ]
            }
            """).Is(201, """{ "status": "PENDING_PAYMENT", "total": 8000, "deliveryAddress": { "notes": "Green gate" } }""");

        await Pay();

        var paid = await bot.Get($"/checkout-sessions/{order.Id}").Is(200, """{ "status": "CONFIRMED" }""");
        await Till.Get($"/orders/{paid["orderId"]}").Is(200, $$"""
            {
              "channel": "WHATSAPP", "customerPhone": "{{phone}}", "deliveryAddress": { "street": "Lumumba St" },
              "items": [{ "quantity": 1 }, { "quantity": 2, "itemInstructions": "extra sauce" }]
            }
            """);
    }

    [Fact]
    public async Task A_guest_without_a_number_is_not_served()
    {
        var bot = await Bot(Kitchen);

        await bot.Post("/checkout-sessions", Order(Kitchen, phone: null))
            .Is(422, """{ "code": "customer-phone-required", "errors": [{ "pointer": "/customerPhone" }] }""");
        await bot.Post("/checkout-sessions", Order(Kitchen, phone: "071234567")).Is(422, """{ "code": "phone-invalid" }""");
        await bot.Post("/checkout-sessions", Order(kitchen: null, Mobile.Phone("001")))
            .Is(422, """{ "code": "kitchen-required", "errors": [{ "pointer": "/kitchenId" }] }""");
        await bot.Post("/checkout-sessions", Order(Kitchen, Mobile.Phone("001"))
                .Replace("MOBILE_MONEY", "PLATFORM_WALLET", StringComparison.Ordinal))
            .Is(422, """{ "code": "payment-method-not-allowed" }""");
    }

    [Fact]
    public async Task Another_kitchen_is_not_there_for_a_bot()
    {
        var bot = await Bot(Kitchen);
        var before = await Trace.Of(Restaurant.Database);

        foreach (var path in new[] { "/checkout-sessions", "/checkout-sessions/preview" })
        {
            await bot.Post(path, Order(Restaurant.Neighbour, Mobile.Phone("001")))
                .Is(404, """{ "code": "not-found", "errors": [{ "pointer": "/kitchenId" }] }""");
        }

        await bot.Get($"/kitchens/{Restaurant.Neighbour.Id}/menu").Is(404);
        await bot.Get($"/kitchens/{Kitchen.Id}/menu").Is(200);
        await bot.Post("/checkout-sessions", Order(Kitchen, Mobile.Phone("001"))
                .Replace("WHATSAPP", "APP", StringComparison.Ordinal))
            .Is(403, """{ "code": "channel-not-permitted" }""");
        Assert.Equal(before, await Trace.Of(Restaurant.Database));
    }

    [Fact]
    public async Task One_bot_may_speak_for_several_kitchens_and_sees_only_its_own_orders()
    {
        var both = await Bot(Kitchen, Restaurant.Neighbour);
        var here = await both.Post("/checkout-sessions", Order(Kitchen, Mobile.Phone("001"))).Is(201);
        await both.Post("/checkout-sessions", Order(Restaurant.Neighbour, Mobile.Phone("001")))
            .Is(201, $$"""{ "kitchenId": "{{Restaurant.Neighbour.Id}}" }""");

        var other = await Bot(Kitchen);
        await other.Get($"/checkout-sessions/{here.Id}").Is(404, """{ "code": "not-found" }""");
        await other.Post($"/checkout-sessions/{here.Id}/cancel").Is(404, """{ "code": "not-found" }""");
        await both.Post($"/checkout-sessions/{here.Id}/cancel").Is(200, """{ "status": "CANCELLED" }""");
    }

    [Fact]
    public async Task A_revoked_key_is_good_for_nothing_at_once()
    {
        var platform = await Restaurant.Operator();
        var key = await platform.Post("/operator/bot-keys", $$"""{ "name": "Fatuma", "kitchenIds": ["{{Kitchen.Id}}"] }""")
            .Is(201, $$"""
                { "object": "bot_key", "name": "Fatuma", "kitchenIds": ["{{Kitchen.Id}}"], "livemode": false, "active": true }
                """);
        Assert.Equal("no-store", key.Header("Cache-Control"));
        var bot = new Caller(Restaurant, key["token"]);
        await bot.Post("/checkout-sessions/preview", Order(Kitchen, Mobile.Phone("001"))).Is(200, """{ "total": 5000 }""");

        await platform.Post($"/operator/bot-keys/{key.Id}/revoke").Is(200, """{ "active": false }""");

        await bot.Post("/checkout-sessions", Order(Kitchen, Mobile.Phone("001"))).Is(401, """{ "code": "unauthenticated" }""");
        var list = await platform.Get("/operator/bot-keys").Is(200);
        list.Holds($$"""{ "id": "{{key.Id}}", "active": false }""");
        Assert.DoesNotContain("token", list.Body, StringComparison.Ordinal);
        Assert.Equal(0L, await Restaurant.Database.Ask<long>($"""
            SELECT count(*) FROM jiko.credential c WHERE to_jsonb(c)::text LIKE '%{bot.Token}%'
            """));
    }

    [Fact]
    public async Task A_key_names_kitchens_that_there_are_and_of_one_mode()
    {
        var platform = await Restaurant.Operator();
        var live = await platform.Post("/operator/kitchens", """{ "name": "Live", "livemode": true }""").Is(201);

        await Ask("").Is(422, """{ "code": "kitchen-required" }""");
        await Ask($"\"{Kitchen.Id}\", \"{Guid.NewGuid()}\"")
            .Is(404, """{ "code": "not-found", "errors": [{ "pointer": "/kitchenIds/1" }] }""");
        await Ask($"\"{Kitchen.Id}\", \"{live.Id}\"").Is(422, """{ "code": "livemode-mismatch" }""");
        await Ask($"\"{Kitchen.Id}\", 7").Is(400, """{ "code": "invalid-type", "errors": [{ "pointer": "/kitchenIds/1" }] }""");
        await Ask(string.Join(", ", Enumerable.Repeat($"\"{Kitchen.Id}\"", 101))).Is(422, """{ "code": "too-many-items" }""");
        await platform.Post($"/operator/bot-keys/{Guid.NewGuid()}/revoke").Is(404);
        await Kitchen.Manager.Get("/operator/bot-keys").Is(403, """{ "code": "role-not-allowed" }""");
        await Kitchen.Manager.Post("/operator/bot-keys", "{}").Is(403);

        Task<Answer> Ask(string kitchens) => platform.Post("/operator/bot-keys", $$"""{ "name": "Bot", "kitchenIds": [{{kitchens}}] }""");
    }

    private static string Order(TestKitchen? kitchen, string? phone) => $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "WHATSAPP", "fulfillmentType": "PICKUP",
          {{(kitchen is null ? "" : $"\"kitchenId\": \"{kitchen.Id}\",")}}
          {{(phone is null ? "" : $"\"customerPhone\": \"{phone}\",")}}
          "items": [{ "menuId": "{{kitchen?.Pilau ?? Guid.NewGuid()}}", "quantity": 1 }],
          "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000 }]
        }
        """;

    private async Task<Caller> Bot(params TestKitchen[] kitchens)
    {
        var platform = await Restaurant.Operator();
        var ids = string.Join(", ", kitchens.Select(kitchen => $"\"{kitchen.Id}\""));
        var key = await platform.Post("/operator/bot-keys", $$"""{ "name": "Bot", "kitchenIds": [{{ids}}] }""").Is(201);
        return new Caller(Restaurant, key["token"]);
    }
}
