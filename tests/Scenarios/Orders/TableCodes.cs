using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Orders;

/// <summary>What a table's QR code is good for, and for how long.</summary>
public sealed class TableCodes(MobileRestaurant mobile) : TableGuestScenario(mobile)
{
    [Fact]
    public async Task A_guest_orders_for_the_table_whose_code_was_scanned()
    {
        var (guest, table) = await Seated();

        await Order(guest, "99", "+255754000000").Is(422, """
            { "code": "table-mismatch", "errors": [{ "pointer": "/tableNumber" }] }
            """);
        await guest.Post("/checkout-sessions/preview", $$"""
            {
              "sessionType": "SLIP", "channel": "TABLE_QR", "fulfillmentType": "DINE_IN", "tableNumber": "99",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }]
            }
            """).Is(422, """{ "code": "table-mismatch" }""");
        var session = await Order(guest, table, "+255754000014").Is(201);
        await guest.Get($"/checkout-sessions/{session.Id}").Is(200);
        var (other, _) = await Seated();
        await other.Get($"/checkout-sessions/{session.Id}").Is(404);
        await guest.Get("/orders").Is(403);
        await guest.Post($"/checkout-sessions/{session.Id}/cancel").Is(200);
    }

    [Fact]
    public async Task A_guest_sells_nothing_on_other_channels_and_takes_no_cash()
    {
        var (guest, table) = await Seated();

        await guest.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "DINE_IN", "tableNumber": "{{table}}",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }],
              "payments": [{ "paymentMethod": "CASH", "amount": 5000 }]
            }
            """).Is(403, """{ "code": "channel-not-permitted" }""");
        await guest.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "TABLE_QR", "fulfillmentType": "DINE_IN", "tableNumber": "{{table}}",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }],
              "payments": [{ "paymentMethod": "CASH", "amount": 5000 }]
            }
            """).Is(422, """{ "code": "payment-method-not-allowed" }""");
    }

    [Fact]
    public async Task A_code_that_is_replaced_is_good_for_nothing_and_so_are_the_visits_that_began_with_it()
    {
        var table = await Table();
        var guest = new Caller(Restaurant, (await Scan(table.Code).Is(201))["token"]);

        var keyed = Manager.WithKey("rotate-once");
        var rotated = await keyed.Post($"/kitchens/{Kitchen.Id}/tables/{table.Id}/rotate").Is(200);
        Assert.NotEqual(table.Code, rotated["code"]);
        await keyed.Post($"/kitchens/{Kitchen.Id}/tables/{table.Id}/rotate").Is(200, rotated.Body);
        await Order(guest, table.Number, "+255754000000").Is(401);
        await Scan(table.Code).Is(422, """{ "code": "table-code-invalid" }""");
        await Scan(rotated["code"]).Is(201, $$"""{ "tableNumber": "{{table.Number}}", "kitchenId": "{{Kitchen.Id}}" }""");
    }

    [Fact]
    public async Task A_table_that_is_switched_off_takes_no_orders_until_it_is_on_again()
    {
        var table = await Table();
        var guest = new Caller(Restaurant, (await Scan(table.Code).Is(201))["token"]);
        var path = $"/kitchens/{Kitchen.Id}/tables/{table.Id}";

        await Manager.Patch(path, """{ "active": false }""").Is(200, """{ "active": false }""");
        await Order(guest, table.Number, "+255754000000").Is(401);
        await Scan(table.Code).Is(422, """{ "code": "table-code-invalid" }""");
        await Manager.Patch(path, """{ "active": true }""").Is(200);
        await Scan(table.Code).Is(201);
    }

    [Fact]
    public async Task A_visit_lasts_two_hours()
    {
        var (guest, table) = await Seated();

        await Pass(119.Minutes);
        await (await Order(guest, table, "+255754000014").Is(201)).Cancelled(guest);
        await Mobile.UntilQuiet();
        await Pass(1.Minutes);
        await Order(guest, table, "+255754000014").Is(401, """{ "code": "token-expired" }""");
    }

    [Fact]
    public async Task No_code_can_be_made_up_or_turned_into_another_tables()
    {
        var (one, other) = (await Table(), await Table());
        var forged = $"{other.Code[..33]}{one.Code[33..]}";

        foreach (var code in new List<string> { forged, one.Code[..^1], $"{one.Code}0", "05", "", one.Code.Replace('.', '-') })
        {
            await Scan(code).Is(422, """{ "code": "table-code-invalid" }""");
        }
    }

    [Fact]
    public async Task Managers_keep_the_tables_of_their_own_kitchen()
    {
        var table = await Table();
        var tables = $"/kitchens/{Kitchen.Id}/tables";

        await Manager.Post(tables, $$"""{ "number": "{{table.Number}}" }""").Is(409, """{ "code": "name-taken" }""");
        await Manager.Post(tables, """{ "number": "12345678901234567" }""").Is(422, """{ "code": "invalid-text" }""");
        await Till.Post(tables, """{ "number": "77" }""").Is(403);
        (await Till.Get(tables).Is(200)).Holds($$"""{ "id": "{{table.Id}}", "number": "{{table.Number}}", "active": true }""");
        await Restaurant.Neighbour.Manager.Get(tables).Is(404);
        await Restaurant.Neighbour.Manager.Post($"/kitchens/{Restaurant.Neighbour.Id}/tables/{table.Id}/rotate").Is(404);
        await Restaurant.Neighbour.Manager.Post(
            $"/kitchens/{Restaurant.Neighbour.Id}/tables", $$"""{ "number": "{{table.Number}}" }""").Is(201);
        var twice = Manager.WithKey($"table-{table.Id}");
        var added = await twice.Post(tables, $$"""{ "number": "{{table.Number}}b" }""").Is(201);
        Assert.Equal(added.Body, (await twice.Post(tables, $$"""{ "number": "{{table.Number}}b" }""").Is(201)).Body);
    }

    [Fact]
    public async Task A_code_is_drawn_for_the_printer()
    {
        var table = await Table();
        var path = $"/kitchens/{Kitchen.Id}/tables/{table.Id}/qr";

        var svg = await Manager.Get($"{path}.svg?link=https://order.example/t/").Is(200);
        Assert.StartsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" ", svg.Body);
        Assert.Equal("image/svg+xml", svg.Header("Content-Type"));
        var png = await Manager.Get($"{path}.png").Is(200);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], png.Bytes.Span[..4].ToArray());
        Assert.NotEqual(svg.Body, (await Manager.Get($"{path}.svg").Is(200)).Body);
        await Till.Get($"{path}.png").Is(403);
        await Restaurant.Neighbour.Manager.Get($"/kitchens/{Restaurant.Neighbour.Id}/tables/{table.Id}/qr.png").Is(404);
    }
}

file static class Sessions
{
    public static Task<Answer> Cancelled(this Answer session, Caller by) =>
        by.Post($"/checkout-sessions/{session.Id}/cancel").Is(200);
}
