using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Reading;

/// <summary>
/// Looking at one session: a kiosk does it every second, so it costs next to nothing while nothing happens.
/// </summary>
public sealed class Status(Restaurant restaurant) : Scenario(restaurant)
{
    private const string FiveThousandInCash = """{ "payments": [{ "paymentMethod": "CASH", "amount": 5000 }] }""";

    [Fact]
    public async Task Is_told_again_only_when_it_has_changed()
    {
        var slip = await NewSlip();
        var seen = slip.Header("ETag")!;

        var same = await Kiosk.With("If-None-Match", seen).Get($"/checkout-sessions/{slip.Id}").Is(304);
        Assert.True(same.Bytes.IsEmpty);
        Assert.Equal(seen, same.Header("ETag"));
        await Kiosk.With("If-None-Match", $"\"other\", {seen}").Get($"/checkout-sessions/{slip.Id}").Is(304);
        await Kiosk.With("If-None-Match", "*").Get($"/checkout-sessions/{slip.Id}").Is(304);

        await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", FiveThousandInCash).Is(200);
        var changed = await Kiosk.With("If-None-Match", seen).Get($"/checkout-sessions/{slip.Id}")
            .Is(200, """{ "status": "CONFIRMED", "version": 2 }""");
        Assert.NotEqual(seen, changed.Header("ETag"));
        await Kiosk.With("If-None-Match", changed.Header("ETag")!).Get($"/checkout-sessions/{slip.Id}").Is(304);
    }

    [Fact]
    public async Task Changes_with_the_clock_before_anybody_writes_it_down()
    {
        var slip = await NewSlip();
        var seen = slip.Header("ETag")!;

        Restaurant.Clock.Advance(15.Minutes);

        await Kiosk.With("If-None-Match", seen).Get($"/checkout-sessions/{slip.Id}")
            .Is(200, """{ "status": "EXPIRED" }""");
    }

    [Fact]
    public async Task Has_a_tag_for_each_thing_that_is_added()
    {
        var sale = await NewSale();

        var plain = await Till.Get($"/checkout-sessions/{sale.Id}").Is(200, """{ "order": null, "timeline": null }""");
        var whole = await Till.Get($"/checkout-sessions/{sale.Id}?expand=items,payments,order,timeline").Is(200, $$"""
            {
              "id": "{{sale.Id}}", "order": { "id": "{{sale["orderId"]}}", "total": 5000, "status": "PLACED" },
              "timeline": [
                { "event": "OPENED", "at": "{{sale["createdAt"]}}", "by": "STAFF", "byId": "*" },
                { "event": "CONFIRMED", "at": "{{sale["confirmedAt"]}}", "by": "STAFF" }
              ]
            }
            """);

        Assert.NotEqual(plain.Header("ETag"), whole.Header("ETag"));
        await Till.Get($"/checkout-sessions/{sale.Id}?expand=staff").Is(400, """{ "code": "invalid-type" }""");
        await Till.Get($"/checkout-sessions/{sale.Id}?unfold=order").Is(422, """{ "code": "unknown-parameter" }""");
    }

    [Fact]
    public async Task Is_told_as_it_came_about()
    {
        var slip = await NewSlip();
        await Pass(1.Minutes);
        await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", """
            { "payments": [{ "paymentMethod": "CASH", "amount": 1 }, { "paymentMethod": "MOBILE_MONEY",
              "amount": 4999 }] }
            """).Is(202);
        await Pass(5.Minutes);
        await Till.Post($"/checkout-sessions/{slip.Id}/return-money").Is(200);
        await Till.Post($"/checkout-sessions/{slip.Id}/cancel").Is(200);

        await Till.Get($"/checkout-sessions/{slip.Id}/timeline").Is(200, """
            {
              "object": "list",
              "data": [
                { "event": "OPENED", "by": "KIOSK", "byId": "*" }, { "event": "PAYMENT_STARTED", "by": "STAFF",
                  "byId": "*" },
                { "event": "PAYMENT_LAPSED", "by": "CLOCK", "byId": null }, { "event": "MONEY_RETURNED",
                  "by": "STAFF" },
                { "event": "CANCELLED", "by": "STAFF" }
              ]
            }
            """);
        await Kiosk.Get($"/checkout-sessions/{slip.Id}/timeline").Is(200, """
            { "data": [{ "byId": null }, { "byId": null }, { "byId": null }, { "byId": null }, { "byId": null }] }
            """);
    }

    [Fact]
    public async Task Is_changed_only_by_somebody_who_has_seen_the_latest()
    {
        var slip = await NewSlip();

        await Till.With("If-Match", "\"0.0\"").Post($"/checkout-sessions/{slip.Id}/cancel")
            .Is(412, """{ "code": "version-mismatch" }""");
        await Till.With("If-Match", slip.Header("ETag")!).Post($"/checkout-sessions/{slip.Id}/cancel")
            .Is(200, """{ "status": "CANCELLED" }""");
    }

    [Fact]
    public async Task Who_asks_again_with_the_same_key_is_answered_again_though_the_tag_is_old()
    {
        var slip = await NewSlip();
        var till = Till.With("If-Match", slip.Header("ETag")!);
        var cancel = $"/checkout-sessions/{slip.Id}/cancel";

        var first = await till.WithKey($"cancel-{slip.Id}").Post(cancel).Is(200, """{ "status": "CANCELLED" }""");
        var again = await till.WithKey($"cancel-{slip.Id}").Post(cancel).Is(200);

        Assert.Equal((first.Body, "true"), (again.Body, again.Header("Idempotency-Replayed")));
        await till.WithKey($"another-{slip.Id}").Post(cancel).Is(412, """{ "code": "version-mismatch" }""");
    }

    [Fact]
    public async Task Of_a_kiosks_order_is_for_that_kiosk_and_the_staff()
    {
        var sale = await NewSale();
        await Kiosk.Get($"/checkout-sessions/{sale.Id}").Is(404, """{ "code": "not-found" }""");
        await Restaurant.AppUser.Get($"/checkout-sessions/{sale.Id}").Is(404, """{ "code": "not-found" }""");
        await Restaurant.Stranger.Get($"/checkout-sessions/{sale.Id}").Is(401, """{ "code": "unauthenticated" }""");
        await Kitchen.Cook.Get($"/checkout-sessions/{sale.Id}").Is(200);
    }

    [Fact]
    public async Task A_preview_prices_a_sale_and_keeps_nothing()
    {
        var dish = await Kitchen.AddDish("Mboga", 1500);
        await Kitchen.Receive(dish, 20);
        var before = await Trace.Of(Restaurant.Database);

        await Till.Post("/checkout-sessions/preview", Basket(dish, items: 3)).Is(200, $$"""
            { "object": "checkout_quote", "total": 4500, "currency": "TZS", "items": [{ "menuId": "{{dish}}",
              "total": 4500 }] }
            """);
        await Till.Post("/checkout-sessions/preview", Basket(dish, items: 21)).Is(409, $$"""
            { "code": "insufficient-stock", "shortages": [{ "menuId": "{{dish}}", "requested": 21, "available": 20 }] }
            """);
        await Till.Post("/checkout-sessions/preview", Basket(Kitchen.Ugali, items: 1)).Is(409, """
            { "code": "menu-item-unavailable" }
            """);

        Assert.Equal(before, await Trace.Of(Restaurant.Database));
    }

    private static string Basket(Guid dish, int items) => $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{dish}}", "quantity": {{items}} }]
        }
        """;

    private Task<Answer> NewSlip() => Kiosk.Post("/checkout-sessions", $$"""
        {
          "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }]
        }
        """).Is(201);

    private Task<Answer> NewSale() => Till.Post("/checkout-sessions", $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }], "payments": [{ "paymentMethod": "CASH", "amount": 5000 }]
        }
        """).Is(201);
}
