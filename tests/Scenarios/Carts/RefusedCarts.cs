using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Carts;

/// <summary>A cart that is not checked out stays as it is; one that is, is checked out once.</summary>
public sealed class RefusedCarts(MobileRestaurant mobile) : CartScenario(mobile)
{
    [Fact(DisplayName = "A cart costs what the menus say at the checkout, and not what they said before")]
    public async Task Dearer()
    {
        var user = await SignUp(20_000);
        var dish = await Kitchen.AddDish($"Kuku {Guid.NewGuid():N}", 4000);
        await user.Put(dish, 2);
        await user.Put(Neighbour.Pilau, 1);
        await Kitchen.Manager.Patch($"/kitchens/{Kitchen.Id}/menu/{dish}", """{ "price": 4500 }""").Is(200);

        await user.CheckOut(FromCart(Wallet(13_000))).Is(422, """
            { "code": "payments-total-mismatch", "expectedTotal": 14000, "receivedTotal": 13000 }
            """);
        await user.Cart().Is(200, """{ "total": 14000 }""");
        await user.CheckOut(FromCart(Wallet(14_000))).Is(201, """{ "status": "CONFIRMED", "total": 14000 }""");
    }

    [Fact(DisplayName = "A dish that is switched off since is named, and keeps the whole cart from being bought")]
    public async Task Switched_off()
    {
        var user = await SignUp(20_000);
        var dish = await Neighbour.AddDish($"Samaki {Guid.NewGuid():N}", 4000);
        await user.Put(Kitchen.Pilau, 1);
        await user.Put(dish, 1);
        await Neighbour.Manager
            .Patch($"/kitchens/{Neighbour.Id}/menu/{dish}", """{ "available": false }""").Is(200);

        await user.CheckOut(FromCart(Wallet(9_000)))
            .Is(409, $$"""{ "code": "menu-item-unavailable", "menuId": "{{dish}}" }""");
        var cart = await user.Cart();
        cart.Holds(
            $$"""{ "kitchenId": "{{Neighbour.Id}}", "items": [{ "menuId": "{{dish}}", "available": false }] }""",
            "kitchens");
        Assert.Equal((20_000, 0), await user.Wallet());

        await user.Caller.Delete($"/cart/items/{dish}").Is(200);
        await user.CheckOut(FromCart(Wallet(5_000))).Is(201, """{ "status": "CONFIRMED" }""");
    }

    [Fact(DisplayName = "What a cart lacks, or a checkout of it must not say, is said all at once")]
    public async Task Rules()
    {
        var user = await SignUp(1_000);
        await user.CheckOut(FromCart(Wallet(1_000))).Is(422, """{ "code": "cart-empty" }""");

        await user.Put(Kitchen.Pilau, 1);
        await user.CheckOut(FromCart(Wallet(5_000))).Is(422, """{ "code": "insufficient-wallet-balance" }""");
        await user.CheckOut(FromCart(Wallet(2_000), Wallet(3_000)))
            .Is(422, """{ "code": "too-many-payments", "errors": [{ "pointer": "/payments/1/paymentMethod" }] }""");
        await user.CheckOut(FromCart("""{ "paymentMethod": "CASH", "amount": 5000 }"""))
            .Is(422, """{ "code": "payment-method-not-allowed" }""");
        await user.CheckOut($$"""
            {
              "sessionType": "IMMEDIATE", "channel": "APP", "fulfillmentType": "DELIVERY", "fromCart": true,
              "kitchenId": "{{Kitchen.Id}}", "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }],
              "payments": [{{Wallet(5_000)}}]
            }
            """).Is(422, """
            {
              "errors": [
                { "code": "delivery-address-required" }, { "code": "items-not-allowed" },
                { "code": "resolved-field-not-accepted", "pointer": "/kitchenId" }
              ]
            }
            """);
        foreach (var preview in new[] { FromCart(Wallet(5_000)), FromCart() })
            await user.Caller.Post("/checkout-sessions/preview", preview).Is(422, """{ "code": "items-required" }""");
        await user.Cart().Is(200, """{ "total": 5000, "checkoutGroupId": null }""");
    }

    [Fact(DisplayName = "A cart that is being paid is not checked out again: the answer names the group")]
    public async Task Pending()
    {
        var user = await Shopper(15_000);
        var group = await user.CheckOut(FromCart(Phone(15_000))).Is(201);

        await user.CheckOut(FromCart(Wallet(15_000))).Is(409, $$"""
            { "code": "cart-checkout-in-progress", "groupId": "{{group["groupId"]}}" }
            """);
        await Pay();
        await user.CheckOut(FromCart(Wallet(15_000))).Is(422, """{ "code": "cart-empty" }""");
        Assert.Equal((15_000, 0), await user.Wallet());
    }

    [Fact(DisplayName = "A checkout that is repeated with its key is answered as it was the first time")]
    public async Task Repeated()
    {
        var user = await Shopper(50_000);
        var (keyed, body) = (user.Caller.WithKey("dinner"), FromCart(Phone(15_000)));
        var first = await keyed.Post("/checkout-sessions", body).Is(201, """{ "status": "PENDING_PAYMENT" }""");
        await Pay();
        await user.Put(Kitchen.Pilau, 1);

        var again = await keyed.Post("/checkout-sessions", body).Is(201);
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        Assert.Equal(first.Body, again.Body);

        foreach (var other in new[] { FromCart(Wallet(5_000)), Direct(Kitchen, Wallet(5_000)) })
            await keyed.Post("/checkout-sessions", other).Is(422, """{ "code": "idempotency-key-reused" }""");
        await user.Cart().Is(200, """{ "total": 5000 }""");
    }

    [Fact(DisplayName = "A cart that is checked out many times at once, at two hosts, is bought once")]
    public async Task At_once()
    {
        var hosts = new[] { Restaurant.Host, await Restaurant.OpenBranch() };
        for (var round = 1; round <= 5; round++)
        {
            var user = await Shopper(50_000);

            var answers = await 8.AtOnce(tap => user.Caller.At(hosts[tap % 2])
                .Post("/checkout-sessions", FromCart(Wallet(15_000))));

            Assert.Single(answers, answer => answer.Status == 201);
            Assert.All(
                answers.Where(answer => answer.Status != 201),
                answer => answer.Is(422, """{ "code": "cart-empty" }"""));
            Assert.Equal((35_000, 0), await user.Wallet());
        }
    }

    private static string Direct(TestKitchen kitchen, string payment) => $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "APP", "fulfillmentType": "PICKUP", "kitchenId": "{{kitchen.Id}}",
          "fromCart": false, "items": [{ "menuId": "{{kitchen.Pilau}}", "quantity": 1 }], "payments": [{{payment}}]
        }
        """;
}
