using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Carts;

/// <summary>What goes into a cart, and out of it.</summary>
public sealed class FullCarts(MobileRestaurant mobile) : CartScenario(mobile)
{
    [Fact(DisplayName = "A cart holds dishes of several kitchens, at the prices of the moment")]
    public async Task Several_kitchens()
    {
        var user = await SignUp();
        await user.Cart().Is(200, """{ "object": "cart", "currency": "TZS", "livemode": false, "total": 0, "kitchens": [] }""");

        await user.Put(Kitchen.Pilau, 2);
        await user.Caller.Put($"/cart/items/{Neighbour.Chai}", """{ "quantity": 3, "itemInstructions": "no sugar" }""")
            .Is(200, """{ "total": 13000 }""");

        var cart = await user.Cart().Is(200, """{ "total": 13000, "checkoutGroupId": null }""");
        Assert.Equal(2, cart.At("kitchens").GetArrayLength());
        cart.Holds($$"""
            { "kitchenId": "{{Kitchen.Id}}", "name": "Mama Fatuma", "total": 10000, "items": [
                { "menuId": "{{Kitchen.Pilau}}", "name": "Pilau", "quantity": 2, "unitPrice": 5000, "total": 10000, "available": true }] }
            """, "kitchens");
        cart.Holds($$"""
            { "kitchenId": "{{Neighbour.Id}}", "total": 3000, "items": [{ "quantity": 3, "itemInstructions": "no sugar" }] }
            """, "kitchens");
    }

    [Fact(DisplayName = "Putting a dish into the cart again says how many there are, and not how many more")]
    public async Task Again()
    {
        var user = await SignUp();
        await user.Put(Kitchen.Pilau, 2);
        await user.Put(Kitchen.Chai, 1);
        await user.Put(Kitchen.Pilau, 3).Is(200, """{ "total": 16000 }""");

        await user.Caller.Delete($"/cart/items/{Kitchen.Pilau}").Is(200, """{ "total": 1000 }""");
        await user.Caller.Delete($"/cart/items/{Kitchen.Pilau}").Is(200, """{ "total": 1000 }""");
        await user.Caller.Delete("/cart").Is(200, """{ "total": 0, "kitchens": [] }""");
        await user.Caller.Delete("/cart").Is(200, """{ "total": 0 }""");
    }

    [Fact(DisplayName = "What no menu has, or what is switched off, is not put into a cart")]
    public async Task Refused()
    {
        var user = await SignUp();
        async Task Put(Guid dish, string body, int status, string expected) =>
            await user.Caller.Put($"/cart/items/{dish}", body).Is(status, expected);

        await Put(Guid.NewGuid(), """{ "quantity": 1 }""", 422, """{ "code": "menu-item-not-found" }""");
        await Put(Kitchen.Ugali, """{ "quantity": 1 }""", 409, $$"""{ "code": "menu-item-unavailable", "menuId": "{{Kitchen.Ugali}}" }""");
        await Put(Kitchen.Pilau, """{ "quantity": 0 }""", 422, """{ "code": "quantity-out-of-range", "errors": [{ "pointer": "/quantity" }] }""");
        await Put(Kitchen.Pilau, """{ "quantity": 1000 }""", 422, """{ "code": "quantity-out-of-range" }""");
        await Put(Kitchen.Pilau, """{}""", 422, """{ "code": "field-required" }""");
        await Put(Kitchen.Pilau, """{ "quantity": 1, "itemInstructions": "" }""", 422, """{ "code": "invalid-text" }""");
        await Put(Kitchen.Pilau, """{ "quantity": 1, "price": 1 }""", 422, """{ "code": "unknown-field" }""");
        await user.Cart().Is(200, """{ "total": 0 }""");
    }

    [Fact(DisplayName = "A cart is its user's own, and nobody else has one")]
    public async Task Own()
    {
        var user = await Shopper();

        await (await SignUp()).Cart().Is(200, """{ "total": 0 }""");
        await user.Cart().Is(200, """{ "total": 15000 }""");
        await Till.Get("/cart").Is(403);
        await Kiosk.Put($"/cart/items/{Kitchen.Pilau}", """{ "quantity": 1 }""").Is(403);
        await Restaurant.Stranger.Get("/cart").Is(401);
    }
}
