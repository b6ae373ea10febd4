using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Bills;

/// <summary>A table eats in rounds and pays at the end.</summary>
public sealed class Tabs(Restaurant restaurant) : BillScenario(restaurant)
{
    [Fact(DisplayName = "6. POS — Tab, Round 1 (New Bill)")]
    public async Task Round_1()
    {
        var round = await Till.Post("/checkout-sessions", $$"""
            {
            "sessionType": "TAB",
            "channel": "POS",
            "fulfillmentType": "DINE_IN",
            "tableNumber": "05",
            "tag": "Family ya Mbeya",
            "items": [
            {"menuId": "{{Pilau}}", "quantity": 2, "itemInstructions": null},
            {"menuId": "{{Chipsi}}", "quantity": 1, "itemInstructions": "extra spicy"}
            ]
            }
            """).Is(201, """
            { "status": "CONFIRMED", "sessionType": "TAB", "total": 12000, "payments": [], "billId": "*", "orderId": "*" }
            """);

        await Till.Get($"/bills/{round["billId"]}").Is(200, $$"""
            {
              "object": "bill", "status": "OPEN", "tableNumber": "05", "tag": "Family ya Mbeya", "currency": "TZS",
              "total": 12000, "paid": 0, "balance": 12000, "orderIds": ["{{round["orderId"]}}"], "payments": [],
              "items": [
                { "sessionId": "{{round.Id}}", "name": "Pilau", "quantity": 2, "total": 10000 },
                { "sessionId": "{{round.Id}}", "name": "Chipsi", "quantity": 1, "itemInstructions": "extra spicy" }
              ]
            }
            """);
        await Till.Get($"/orders/{round["orderId"]}").Is(200, $$"""
            { "paymentState": "ON_BILL", "billId": "{{round["billId"]}}", "total": 12000 }
            """);
    }

    [Fact(DisplayName = "7. POS — Tab, Round 2 (Existing Bill)")]
    public async Task Round_2()
    {
        var bill = await OpenBill("07", Pilau);
        var round = await Till.Post("/checkout-sessions", $$"""
            {
            "sessionType": "TAB",
            "channel": "POS",
            "fulfillmentType": "DINE_IN",
            "tableNumber": "07",
            "billId": "{{bill}}",
            "items": [
            {"menuId": "{{Chai}}", "quantity": 2, "itemInstructions": null}
            ]
            }
            """).Is(201, $$"""{ "status": "CONFIRMED", "billId": "{{bill}}", "total": 2000 }""");

        await Till.Get($"/bills/{bill}").Is(200, """{ "total": 7000, "balance": 7000, "version": 2 }""");
        var tickets = await Kitchen.Cook.Get($"/kitchens/{Kitchen.Id}/tickets?limit=100").Is(200);
        var ticket = Assert.Single(
            tickets.At("data").EnumerateArray(), ticket => ticket.GetProperty("id").GetGuid() == Guid.Parse(round["orderId"]));
        Assert.Equal(1, ticket.GetProperty("items").GetArrayLength());
    }

    [Fact(DisplayName = "A round for another table is not put onto the bill")]
    public async Task Another_table()
    {
        var bill = await OpenBill("09", Pilau);

        await Round(bill, "90", Chai).Is(422, """{ "code": "bill-table-mismatch", "errors": [{ "pointer": "/tableNumber" }] }""");
        await Till.Get($"/bills/{bill}").Is(200, """{ "version": 1 }""");
    }

    [Fact(DisplayName = "A bill of another kitchen, or of none, is not there")]
    public async Task Another_kitchen()
    {
        var bill = await OpenBill("10", Pilau);
        var neighbour = Restaurant.Neighbour;

        await neighbour.Cashier.Get($"/bills/{bill}").Is(404, """{ "code": "not-found" }""");
        await neighbour.Cashier.Post($"/bills/{bill}/pay", Cash(5000)).Is(404, """{ "code": "not-found" }""");
        await neighbour.Cashier.Post("/checkout-sessions", Tab("10", bill, neighbour.Chai)).Is(404, """{ "code": "not-found" }""");
        await Round(Guid.NewGuid(), "10", Chai).Is(404, """{ "code": "not-found" }""");
        await Till.Get($"/bills/{Guid.NewGuid()}").Is(404, """{ "code": "not-found" }""");
    }

    [Fact(DisplayName = "Only a TAB names a bill, and a TAB is paid later")]
    public async Task Off_tab()
    {
        await Till.Post("/checkout-sessions", $$"""
            { "sessionType": "SLIP", "channel": "POS", "fulfillmentType": "DINE_IN", "tableNumber": "1",
              "billId": "{{Guid.NewGuid()}}", "items": [{ "menuId": "{{Chai}}", "quantity": 1 }] }
            """).Is(422, """{ "code": "bill-not-allowed" }""");
        await Till.Post("/checkout-sessions", $$"""
            { "sessionType": "TAB", "channel": "POS", "fulfillmentType": "DINE_IN", "tableNumber": "1",
              "payments": [{ "paymentMethod": "CASH", "amount": 1000 }], "items": [{ "menuId": "{{Chai}}", "quantity": 1 }] }
            """).Is(422, """{ "code": "payments-not-allowed" }""");
        await Till.Post("/checkout-sessions", $$"""
            { "sessionType": "TAB", "channel": "POS", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Chai}}", "quantity": 1 }] }
            """).Is(422, """{ "code": "session-type-not-allowed" }""");
    }

    [Fact(DisplayName = "A tab whose plates are gone opens no bill")]
    public async Task Out_of_stock()
    {
        var dish = await Kitchen.AddDish($"Samaki {Guid.NewGuid():N}", 6000);
        await Kitchen.Receive(dish, 1);
        var bill = await OpenBill("12", dish);

        await Round(bill, "12", dish).Is(409, """{ "code": "insufficient-stock" }""");
        await Till.Get($"/bills/{bill}").Is(200, """{ "total": 6000, "version": 1 }""");
    }

    [Fact(DisplayName = "A round that is sent twice is one round")]
    public async Task Sent_twice()
    {
        var opened = await Till.WithKey("table-13").Post("/checkout-sessions", Tab("13", null, Pilau)).Is(201);
        var again = await Till.WithKey("table-13").Post("/checkout-sessions", Tab("13", null, Pilau)).Is(201);
        Assert.Equal(opened.Body, again.Body);
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        var bill = Guid.Parse(opened["billId"]);

        var round = await Till.WithKey("table-13-2").Post("/checkout-sessions", Tab("13", bill, Chai)).Is(201);
        Assert.Equal(round.Body, (await Till.WithKey("table-13-2").Post("/checkout-sessions", Tab("13", bill, Chai))).Body);
        await Till.Get($"/bills/{bill}").Is(200, """{ "total": 6000, "version": 2 }""");
    }

    [Fact(DisplayName = "Waiters who add rounds to one table at once lose nothing, on two hosts")]
    public async Task At_once()
    {
        var bill = await OpenBill("14", Pilau);
        var branch = await Restaurant.OpenBranch();

        var rounds = await Task.WhenAll(Enumerable.Range(0, 12).Select(number =>
            (number % 2 == 0 ? Till : Kitchen.SecondCashier.At(branch)).Post("/checkout-sessions", Tab("14", bill, Chai))));

        Assert.All(rounds, round => round.Is(201));
        var now = await Till.Get($"/bills/{bill}").Is(200, """{ "total": 17000, "balance": 17000, "version": 13 }""");
        Assert.Equal(13, now.At("items").GetArrayLength());
        Assert.Equal(13, now.At("orderIds").GetArrayLength());
    }

    [Fact(DisplayName = "Bills are listed, the open ones of a table by its number")]
    public async Task Listed()
    {
        var paid = await OpenBill("15", Chai);
        await Till.Post($"/bills/{paid}/pay", Cash(1000)).Is(200);
        await Pass(1.Minutes);
        var open = await OpenBill("15", Pilau);

        var list = await Till.Get("/bills?status=OPEN&tableNumber=15")
            .Is(200, $$"""{ "object": "list", "data": [{ "id": "{{open}}", "balance": 5000 }], "paging": { "hasMore": false } }""");
        Assert.Equal(1, list.At("data").GetArrayLength());
        var first = await Till.Get("/bills?tableNumber=15&limit=1").Is(200, """{ "paging": { "hasMore": true } }""");
        await Till.Get($"/bills?tableNumber=15&limit=1&after={first["paging.after"]}")
            .Is(200, $$"""{ "data": [{ "id": "{{paid}}", "status": "PAID" }] }""");
        await Till.Get("/bills?status=EATEN").Is(400, """{ "code": "invalid-type" }""");
        await Till.Get("/bills?table=15").Is(422, """{ "code": "unknown-parameter" }""");
    }

    [Fact(DisplayName = "A bill has a tag, and answers 304 until it changes")]
    public async Task Not_modified()
    {
        var bill = await OpenBill("16", Pilau);
        var tag = (await Till.Get($"/bills/{bill}").Is(200)).Header("ETag") ?? "";

        await Till.With("If-None-Match", tag).Get($"/bills/{bill}").Is(304);
        await Round(bill, "16", Chai).Is(201);
        await Till.With("If-None-Match", tag).Get($"/bills/{bill}").Is(200);
        await Till.With("If-Match", tag).Post($"/bills/{bill}/pay", Cash(6000)).Is(412, """{ "code": "version-mismatch" }""");

        var transfer = Till.WithKey($"move-{bill}").With("If-Match", (await Till.Get($"/bills/{bill}")).Header("ETag") ?? "");
        var moved = await transfer.Post($"/bills/{bill}/transfer", """{ "tableNumber": "17" }""").Is(200);
        Assert.Equal(moved.Body, (await transfer.Post($"/bills/{bill}/transfer", """{ "tableNumber": "17" }""").Is(200)).Body);
    }

    [Fact(DisplayName = "Cooks look at bills and take no money; kiosks see none")]
    public async Task Who_may()
    {
        var bill = await OpenBill("17", Pilau);

        await Kitchen.Cook.Get($"/bills/{bill}").Is(200);
        await Kitchen.Cook.Post($"/bills/{bill}/pay", Cash(5000)).Is(403, """{ "code": "role-not-allowed" }""");
        await Kiosk.Get($"/bills/{bill}").Is(403);
        await Restaurant.Stranger.Get($"/bills/{bill}").Is(401);
    }

    [Fact(DisplayName = "A tab is priced before it is opened")]
    public async Task Previewed()
    {
        var bill = await OpenBill("18", Pilau);

        await Till.Post("/checkout-sessions/preview", Tab("18", bill, Chai)).Is(200, """{ "total": 1000 }""");
        await Till.Post("/checkout-sessions/preview", Tab("19", bill, Chai)).Is(422, """{ "code": "bill-table-mismatch" }""");
    }
}
