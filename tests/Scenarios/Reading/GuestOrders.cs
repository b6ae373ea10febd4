using JikoXpress.Scenarios.Orders;
using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Reading;

/// <summary>Whoever buys can follow the order, and find what they bought before; nobody sees what is another's.</summary>
public sealed class GuestOrders(MobileRestaurant mobile) : TableGuestScenario(mobile)
{
    private const string NotFound = """{ "code": "not-found" }""";

    [Fact]
    public async Task The_order_that_a_session_links_to_is_open_to_whoever_opened_the_session()
    {
        var (guest, table) = await Seated();
        var (user, bot) = (await SignUp(), await Bot());
        (Caller By, Answer Sale)[] sales =
        [
            (Kiosk, await Kiosk.Post("/checkout-sessions", Body("KIOSK", "PICKUP")).Is(201)),
            (guest, await Order(guest, table, Mobile.Phone("001")).Is(201)),
            (user, await Buy(user, Kitchen.Id).Is(201)),
            (bot, await Ask(bot).Is(201)),
        ];
        await Pay();

        foreach (var (by, sale) in sales)
        {
            var paid = await by.Get($"/checkout-sessions/{sale.Id}").Is(200, """{ "status": "CONFIRMED" }""");
            var path = paid["links.order"]["/api/v1".Length..];
            var expected = $$"""{ "id": "{{paid["orderId"]}}", "sessionId": "{{sale.Id}}", "total": 5000 }""";

            await by.Get(path).Is(200, expected);
            await Kitchen.Cook.Get(path).Is(200, expected);
            foreach (var (other, _) in sales.Where(other => other.By != by)) await other.Get(path).Is(404, NotFound);
            await Restaurant.Neighbour.Manager.Get(path).Is(404, NotFound);
        }
    }

    [Fact]
    public async Task A_guest_sees_neither_who_works_there_nor_a_whole_number()
    {
        var bot = await Bot();
        var sale = await Ask(bot).Is(201);
        await Pay();
        var order = (await bot.Get($"/checkout-sessions/{sale.Id}").Is(200))["orderId"];
        await Manager.Post($"/orders/{order}/refunds", """{ "amount": 1000, "reason": "Cold" }""").Is(201);

        var seen = await bot.Get($"/orders/{order}").Is(200, """{ "refunded": 1000, "refunds": [{ "byId": null }] }""");

        Assert.Contains("***", seen["customerPhone"], StringComparison.Ordinal);
        await Till.Get($"/orders/{order}").Is(200, """{ "refunds": [{ "byId": "*" }] }""");
    }

    [Fact]
    public async Task A_till_that_nobody_has_signed_in_at_sees_no_order()
    {
        var sale = await Kiosk.Post("/checkout-sessions", Body("KIOSK", "PICKUP")).Is(201);
        await Pay();
        var order = (await Kiosk.Get($"/checkout-sessions/{sale.Id}").Is(200))["orderId"];
        var code = await Manager.Post(
            $"/kitchens/{Kitchen.Id}/devices/pairing-codes", """{ "kind": "POS", "name": "Empty" }""").Is(201);
        var till = await Restaurant.Stranger.Post("/devices/pair", $$"""{ "code": "{{code["code"]}}" }""").Is(201);

        await new Caller(Restaurant, till["token"]).Get($"/orders/{order}").Is(403, """{ "code": "role-not-allowed" }""");
        await Restaurant.Stranger.Get($"/orders/{order}").Is(401);
    }

    [Fact]
    public async Task An_app_user_lists_what_they_bought_in_any_kitchen()
    {
        var (user, other) = (await SignUp(), await SignUp());
        var here = await Buy(user, Kitchen.Id).Is(201);
        await Pay();
        var there = await Buy(user, Restaurant.Neighbour.Id, Restaurant.Neighbour.Pilau).Is(201);
        await Pay();
        var others = await Buy(other, Kitchen.Id).Is(201);
        await Pay();

        await user.Get("/checkout-sessions")
            .Is(200, $$"""{ "data": [{ "id": "{{there.Id}}" }, { "id": "{{here.Id}}" }] }""");
        await other.Get("/checkout-sessions").Is(200, $$"""{ "data": [{ "id": "{{others.Id}}" }] }""");
        await user.Get("/checkout-sessions?status=CANCELLED").Is(200, """{ "data": [] }""");
        await user.Get($"/checkout-sessions?startDate={here["businessDate"]}&channel=APP&currency=TZS")
            .Is(200, $$"""{ "data": [{ "id": "{{there.Id}}" }, { "id": "{{here.Id}}" }] }""");
        var page = await user.Get("/checkout-sessions?limit=1")
            .Is(200, $$"""{ "data": [{ "id": "{{there.Id}}" }], "paging": { "hasMore": true } }""");
        await user.Get($"/checkout-sessions?after={page["paging.after"]}")
            .Is(200, $$"""{ "data": [{ "id": "{{here.Id}}" }] }""");
        await other.Get($"/checkout-sessions?after={page["paging.after"]}").Is(400, """{ "code": "cursor-invalid" }""");
    }

    [Fact]
    public async Task A_bot_lists_what_it_opened()
    {
        var (bot, other) = (await Bot(), await Bot());
        var sale = await Ask(bot).Is(201);
        await Pay();

        await bot.Get("/checkout-sessions").Is(200, $$"""{ "data": [{ "id": "{{sale.Id}}", "channel": "WHATSAPP" }] }""");
        await other.Get("/checkout-sessions").Is(200, """{ "data": [] }""");
        await bot.Get("/checkout-sessions?phoneEnding=1234").Is(422, """{ "code": "unknown-parameter" }""");
    }

    private Task<Answer> Buy(Caller user, Guid kitchen, Guid? dish = null) => user.Post("/checkout-sessions", $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "APP", "fulfillmentType": "PICKUP", "kitchenId": "{{kitchen}}",
          "fromCart": false, "items": [{ "menuId": "{{dish ?? Kitchen.Pilau}}", "quantity": 1 }],
          "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{Mobile.Phone("001")}}" }]
        }
        """);

    private Task<Answer> Ask(Caller bot) => bot.Post("/checkout-sessions", $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "WHATSAPP", "fulfillmentType": "PICKUP",
          "kitchenId": "{{Kitchen.Id}}", "customerPhone": "{{Mobile.Phone("001")}}",
          "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }],
          "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000 }]
        }
        """);

    private string Body(string channel, string fulfillment) => $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "{{channel}}", "fulfillmentType": "{{fulfillment}}",
          "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }],
          "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{Mobile.Phone("001")}}" }]
        }
        """;

    private async Task<Caller> SignUp()
    {
        var platform = await Restaurant.Operator();
        var account = await platform
            .Post("/operator/accounts", $$"""{ "name": "Asha", "phone": "{{Mobile.Phone("001")}}" }""").Is(201);
        return new Caller(Restaurant, (await platform.Post($"/operator/accounts/{account.Id}/tokens").Is(201))["token"]);
    }

    private async Task<Caller> Bot()
    {
        var platform = await Restaurant.Operator();
        var key = await platform.Post(
            "/operator/bot-keys", $$"""{ "name": "Bot", "kitchenIds": ["{{Kitchen.Id}}"] }""").Is(201);
        return new Caller(Restaurant, key["token"]);
    }
}
