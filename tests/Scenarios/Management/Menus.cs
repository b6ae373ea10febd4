using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Management;

public sealed class Menus(Restaurant restaurant) : Scenario(restaurant)
{
    private string Menu => $"/kitchens/{Kitchen.Id}/menu";

    [Fact]
    public async Task A_new_dish_can_be_sold_at_once()
    {
        var dish = await Kitchen.Manager.Post(Menu, """{ "name": "Biryani", "price": 7000, "category": "Wali" }""").Is(201, """
            {
              "id": "*", "object": "menu_item", "name": "Biryani", "category": "Wali", "price": 7000, "currency": "TZS",
              "available": true
            }
            """);

        await Till.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{dish.Id}}", "quantity": 1 }],
              "payments": [{ "paymentMethod": "CASH", "amount": 7000 }]
            }
            """).Is(201, """{ "status": "CONFIRMED" }""");
    }

    [Fact]
    public async Task A_new_price_and_a_switched_off_dish_count_for_the_next_sale()
    {
        var dish = await Kitchen.AddDish("Makange", 6000);
        await Kitchen.Manager.Patch($"{Menu}/{dish}", """{ "price": 6500 }""").Is(200, """{ "price": 6500, "available": true }""");
        await Preview(dish).Is(200, """{ "total": 6500 }""");

        await Kitchen.Manager.Patch($"{Menu}/{dish}", """{ "available": false }""").Is(200, """{ "available": false }""");
        await Preview(dish).Is(409, """{ "code": "menu-item-unavailable" }""");
    }

    [Fact]
    public async Task Tills_and_kiosks_see_what_is_left()
    {
        var (few, none) = (await Kitchen.AddDish("Ndizi", 2000), await Kitchen.AddDish("Samaki", 9000));
        await Kitchen.Receive(few, 3);
        await Kitchen.Manager.Post($"/kitchens/{Kitchen.Id}/stock/{none}/counts", """{ "quantity": 0 }""").Is(201);

        foreach (var caller in new[] { Till, Kiosk, Kitchen.Cook })
        {
            var menu = await caller.Get("/menu").Is(200, """{ "object": "list", "paging": { "hasMore": false } }""");
            menu.Holds($$"""{ "id": "{{few}}", "stock": 3, "low": true, "soldOut": false }""");
            menu.Holds($$"""{ "id": "{{none}}", "stock": 0, "low": true, "soldOut": true }""");
            menu.Holds($$"""{ "id": "{{Chai}}", "low": false, "soldOut": false }""");
        }

        await Restaurant.AppUser.Get(Menu).Is(200);
        await Restaurant.AppUser.Get("/menu").Is(403);
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_dish_is_said_at_once() => await Kitchen.Manager
        .Post(Menu, """{ "name": " ", "price": 0, "kitchenId": "7d444840-9dc0-11d1-b245-5ffdce74fad2", "colour": "red" }""")
        .Is(422, """
            {
              "errors": [
                { "pointer": "/category", "code": "field-required" },
                { "pointer": "/kitchenId", "code": "resolved-field-not-accepted" },
                { "pointer": "/colour", "code": "unknown-field" },
                { "pointer": "/name", "code": "invalid-text" },
                { "pointer": "/price", "code": "amount-out-of-range" }
              ]
            }
            """);

    [Theory]
    [InlineData("""{ "name": "X", "price": 1.5, "category": "Y" }""", 400, "invalid-type")]
    [InlineData("""{ "name": "X", "price": "5000", "category": "Y" }""", 400, "invalid-type")]
    [InlineData("""{ "name": "X", "price": 1000000000001, "category": "Y" }""", 422, "amount-out-of-range")]
    [InlineData("""{ "name": "4111 1111 1111 1111", "price": 1, "category": "Y" }""", 422, "card-data-not-accepted")]
    [InlineData("""{ "name": "pilau", "price": 1, "category": "Y" }""", 409, "name-taken")]
    public async Task A_dish_that_cannot_be_is_refused(string body, int status, string code) =>
        await Kitchen.Manager.Post(Menu, body).Is(status, $$"""{ "code": "{{code}}" }""");

    [Fact]
    public async Task A_dish_may_be_named_after_the_number_on_its_package() => await Kitchen.Manager
        .Post(Menu, """{ "name": "Fanta 6001087357622", "price": 1000, "category": "Drinks" }""").Is(201);

    [Fact]
    public async Task The_same_key_adds_a_dish_once()
    {
        const string Body = """{ "name": "Supu", "price": 3000, "category": "Supu" }""";
        var manager = Kitchen.Manager.WithKey("supu-1");
        var first = await manager.Post(Menu, Body).Is(201);
        var again = await manager.Post(Menu, Body).Is(201);

        Assert.Equal(first.Body, again.Body);
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        await manager.Post(Menu, Body.Replace("3000", "3500", StringComparison.Ordinal))
            .Is(422, """{ "code": "idempotency-key-reused" }""");
    }

    [Fact]
    public async Task A_payment_method_that_is_switched_off_takes_no_money()
    {
        var methods = $"/kitchens/{Kitchen.Id}/payment-methods";
        var method = await Kitchen.Manager.Post(methods, """{ "name": "HaloPesa", "provider": "HALOTEL" }""")
            .Is(201, """{ "object": "kitchen_payment_method", "active": true }""");
        await Pay(method.Id).Is(201);

        await Kitchen.Manager.Patch($"{methods}/{method.Id}", """{ "active": false }""").Is(200, """{ "active": false }""");

        await Pay(method.Id).Is(422, """{ "code": "kitchen-payment-method-not-found" }""");
        await Till.Get(methods).Holds($$"""{ "id": "{{method.Id}}", "active": false }""");
    }

    private Task<Answer> Preview(Guid dish) => Till.Post("/checkout-sessions/preview", $$"""
        {
          "sessionType": "SLIP", "channel": "POS", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{dish}}", "quantity": 1 }]
        }
        """);

    private Task<Answer> Pay(Guid method) => Till.Post("/checkout-sessions", $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Chai}}", "quantity": 1 }],
          "payments": [{ "paymentMethod": "KITCHEN_CHANNEL", "amount": 1000, "kitchenPaymentMethodId": "{{method}}" }]
        }
        """);
}
