using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Carts;

/// <summary>The platform's commission on the orders that it brings, kitchen by kitchen; and none at the counter.</summary>
public sealed class Commissions(MobileRestaurant mobile) : CartScenario(mobile)
{
    [Fact]
    public async Task Of_a_cart_each_kitchen_pays_by_its_own_rate()
    {
        await Rate(Kitchen, """{ "app": 1000 }""");
        await Rate(Neighbour, """{ "app": 250, "whatsapp": 9999 }""");
        var (before, next) = (await Paid(Kitchen), await Paid(Neighbour));

        await (await Shopper(15_000)).CheckOut(FromCart(Wallet(15_000))).Is(201, """{ "status": "CONFIRMED" }""");

        Assert.Equal((1_000, 125), (await Paid(Kitchen) - before, await Paid(Neighbour) - next));
    }

    [Fact]
    public async Task An_order_by_the_app_pays_it_and_refunds_give_it_back_to_the_last_shilling()
    {
        await Rate(Kitchen, """{ "app": 1000 }""");
        var before = await Paid(Kitchen);
        var user = await SignUp(5_000);
        var order = await user.Caller.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "APP", "fulfillmentType": "PICKUP", "kitchenId": "{{Kitchen.Id}}",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }], "payments": [{{Wallet(5_000)}}]
            }
            """).Is(201, """{ "status": "CONFIRMED" }""");
        Assert.Equal(500, await Paid(Kitchen) - before);

        var refunds = $"/orders/{order["orderId"]}/refunds";
        // Of 4,997 that are kept the commission is 499.7, and so still 500.
        await Kitchen.Manager.Post(refunds, """{ "amount": 3, "reason": "Cold" }""").Is(201);
        Assert.Equal(500, await Paid(Kitchen) - before);
        await Kitchen.Manager.Post(refunds, """{ "amount": 1994, "reason": "Cold" }""").Is(201);
        Assert.Equal(300, await Paid(Kitchen) - before);
        await Kitchen.Manager.Post(refunds, """{ "amount": 3003, "reason": "Cold" }""").Is(201);
        Assert.Equal(0, await Paid(Kitchen) - before);
    }

    [Fact]
    public async Task An_order_by_whatsapp_pays_by_the_rate_of_its_opening()
    {
        await Rate(Kitchen, """{ "whatsapp": 1000 }""");
        var before = await Paid(Kitchen);
        var (bot, phone) = (await Bot(Kitchen), Mobile.Phone("001"));
        await bot.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "WHATSAPP", "fulfillmentType": "PICKUP",
              "kitchenId": "{{Kitchen.Id}}", "customerPhone": "{{phone}}",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }],
              "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000 }]
            }
            """).Is(201, """{ "status": "PENDING_PAYMENT" }""");
        await Rate(Kitchen, """{ "whatsapp": 2000 }""");
        Assert.Equal(0, await Paid(Kitchen) - before);
        await Pay();
        Assert.Equal(500, await Paid(Kitchen) - before);
    }

    [Fact]
    public async Task A_sale_at_the_counter_pays_none()
    {
        await Rate(Kitchen, """{ "app": 1000, "whatsapp": 1000, "hosted": 1000 }""");
        var before = await Paid(Kitchen);
        await Till.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }],
              "payments": [{ "paymentMethod": "CASH", "amount": 5000 }]
            }
            """).Is(201, """{ "status": "CONFIRMED" }""");
        Assert.Equal(0, await Paid(Kitchen) - before);
    }

    [Fact]
    public async Task Only_an_operator_sets_a_rate_and_only_one_that_can_be()
    {
        var platform = await Restaurant.Operator();
        var path = $"/operator/kitchens/{Kitchen.Id}/commission";
        await platform.Put(path, """{ "app": 10000 }""")
            .Is(200, """{ "object": "commission", "app": 10000, "whatsapp": 0, "hosted": 0 }""");
        await platform.Get(path).Is(200, """{ "app": 10000 }""");
        await platform.Put(path, """{ "app": 10001, "hosted": -1 }""").Is(422, """
            { "code": "setting-out-of-range", "errors": [{ "pointer": "/app" }, { "pointer": "/hosted" }] }
            """);
        await platform.Put(path, """{ "pos": 1000 }""").Is(422, """{ "code": "unknown-field" }""");
        await Kitchen.Manager.Put(path, "{}").Is(403, """{ "code": "role-not-allowed" }""");
        await platform.Put($"/operator/kitchens/{Guid.NewGuid()}/commission", "{}").Is(404);
        await platform.Put(path, "{}").Is(200, """{ "app": 0 }""");
    }

    private async Task<Caller> Bot(TestKitchen kitchen)
    {
        var key = await (await Restaurant.Operator()).Post("/operator/bot-keys", $$"""
            { "name": "Bot", "kitchenIds": ["{{kitchen.Id}}"] }
            """).Is(201);
        return new Caller(Restaurant, key["token"]);
    }

    private async Task Rate(TestKitchen kitchen, string rates) =>
        await (await Restaurant.Operator()).Put($"/operator/kitchens/{kitchen.Id}/commission", rates).Is(200);

    /// <summary>What the kitchen has paid today, as its manager's report says.</summary>
    private async Task<long> Paid(TestKitchen kitchen)
    {
        var report = await (await Restaurant.Operator()).Get($"/kitchens/{kitchen.Id}/sales-report").Is(200);
        return report.At("commission").GetInt64();
    }
}
