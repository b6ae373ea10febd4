using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Carts;

/// <summary>What a guest sees before paying for a cart.</summary>
public sealed class PreviewedCarts(MobileRestaurant mobile) : CartScenario(mobile)
{
    [Fact]
    public async Task A_preview_tells_the_totals_and_keeps_nothing()
    {
        var dish = await Kitchen.AddDish("Sambusa", 500);
        await Kitchen.Receive(dish, 3);
        var user = await SignUp();
        await user.Put(dish, 3);
        await user.Put(Neighbour.Pilau, 1);

        for (var time = 1; time <= 2; time++)
        {
            var preview = await user.Caller.Get("/cart/preview").Is(200, """
                { "object": "cart_preview", "ready": true, "currency": "TZS", "total": 6500, "checkoutGroupId": null }
                """);
            preview.Holds($$"""
                {
                  "kitchenId": "{{Kitchen.Id}}", "ready": true, "total": 1500,
                  "items": [{
                    "menuId": "{{dish}}", "quantity": 3, "unitPrice": 500, "total": 1500, "ready": true,
                    "available": true, "availableQuantity": 3
                  }]
                }
                """, "kitchens");
            preview.Holds($$"""
                { "kitchenId": "{{Neighbour.Id}}", "total": 5000, "items": [{ "availableQuantity": null, "ready": true }] }
                """, "kitchens");
        }

        Assert.Equal(3, await Left(Kitchen, dish));
    }

    [Fact]
    public async Task What_cannot_be_had_is_told_before_the_checkout_refuses_it()
    {
        var dish = await Kitchen.AddDish("Kachori", 500);
        await Kitchen.Receive(dish, 2);
        var user = await SignUp();
        await user.Put(dish, 3);
        await user.Put(Neighbour.Pilau, 1);

        var preview = await user.Caller.Get("/cart/preview").Is(200, """{ "ready": false, "total": 6500 }""");

        preview.Holds($$"""
            { "kitchenId": "{{Kitchen.Id}}", "ready": false, "items": [{ "ready": false, "availableQuantity": 2 }] }
            """, "kitchens");
        preview.Holds($$"""{ "kitchenId": "{{Neighbour.Id}}", "ready": true }""", "kitchens");
        await user.CheckOut(FromCart(Phone(6500))).Is(409, """{ "code": "insufficient-stock" }""");
    }

    [Fact]
    public async Task An_empty_cart_is_not_ready_and_nobody_else_has_one()
    {
        await (await SignUp()).Caller.Get("/cart/preview").Is(200, """{ "ready": false, "total": 0, "kitchens": [] }""");
        await Kiosk.Get("/cart/preview").Is(403, """{ "code": "role-not-allowed" }""");
        await (await SignUp()).Caller.Get("/cart/preview?kitchenId=1").Is(422, """{ "code": "unknown-parameter" }""");
    }

    [Fact]
    public async Task While_a_checkout_waits_the_preview_names_it()
    {
        var user = await Shopper();
        // The guest looks at the phone for a minute, and does nothing.
        var group = await user.CheckOut(FromCart(Phone(15_000, "014"))).Is(201);
        await Mobile.UntilQuiet();

        await user.Caller.Get("/cart/preview").Is(200, $$"""
            { "ready": false, "checkoutGroupId": "{{group["groupId"]}}" }
            """);
        await Pass(61.Seconds);
        await user.Caller.Get("/cart/preview").Is(200, """{ "ready": true, "checkoutGroupId": null }""");
    }
}
