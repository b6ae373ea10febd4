using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Bills;

/// <summary>What staff do with open bills. Whatever they do, no dish is cooked again and no shilling is lost.</summary>
public sealed class ChangedBills(Restaurant restaurant) : BillScenario(restaurant)
{
    [Fact(DisplayName = "A guest pays for what she ate: items go to a bill of their own")]
    public async Task Split_by_item()
    {
        var (bill, pilau) = await PilauForThreeAndTea("41");
        var tickets = await Tickets();

        var rest = await Till.Post($"/bills/{bill}/split", $$"""
            { "items": [{ "lineId": "{{pilau}}", "quantity": 2 }] }
            """).Is(200, """{ "status": "OPEN", "balance": 6000, "splitInto": ["*"] }""");
        var part = rest["splitInto.0"];
        await Till.Get($"/bills/{part}").Is(200, $$"""
            { "status": "OPEN", "tableNumber": "41", "balance": 10000, "splitFrom": "{{bill}}",
              "items": [{ "name": "Pilau", "quantity": 2, "total": 10000 }] }
            """);
        Assert.Equal(tickets, await Tickets());

        var order = rest["orderIds.0"];
        await Till.Post($"/bills/{part}/pay", Cash(10000)).Is(200, """{ "status": "PAID" }""");
        await Till.Get($"/orders/{order}").Is(200, """{ "paymentState": "ON_BILL" }""");
        await Till.Post($"/bills/{bill}/pay", Cash(6000)).Is(200, """{ "status": "PAID" }""");
        await Till.Get($"/orders/{order}").Is(200, """{ "paymentState": "PAID" }""");
    }

    [Fact(DisplayName = "Three friends pay the same, and the shilling left over is somebody's")]
    public async Task Split_by_shares()
    {
        var dish = await Kitchen.AddDish($"Kuku {Guid.NewGuid():N}", 10_001);
        var bill = await OpenBill("42", dish);

        var first = await Till.Post($"/bills/{bill}/split", """{ "shares": 3 }""").Is(200, """
            { "balance": 3334, "shares": [{ "amount": -3334 }, { "amount": -3333 }], "splitInto": ["*", "*"] }
            """);
        await Till.Get($"/bills/{first["splitInto.0"]}").Is(200, """{ "balance": 3334, "items": [] }""");
        await Till.Get($"/bills/{first["splitInto.1"]}").Is(200, $$"""
            { "balance": 3333, "shares": [{ "billId": "{{bill}}", "amount": 3333 }] }
            """);

        await Till.Post($"/bills/{bill}/pay", Cash(3334)).Is(200, """{ "status": "PAID" }""");
        await Till.Post($"/bills/{first["splitInto.0"]}/pay", Cash(3334)).Is(200);
        await Till.Get($"/orders/{first["orderIds.0"]}").Is(200, """{ "paymentState": "ON_BILL" }""");
        await Till.Post($"/bills/{first["splitInto.1"]}/pay", Cash(3333)).Is(200);
        await Till.Get($"/orders/{first["orderIds.0"]}").Is(200, """{ "paymentState": "PAID" }""");
    }

    [Fact(DisplayName = "Two halves that are paid at once, on two hosts, leave the order paid")]
    public async Task Halves_at_once()
    {
        var branch = await Restaurant.OpenBranch();
        for (var turn = 0; turn < 5; turn++)
        {
            var bill = await OpenBill("43", Chipsi);
            var half = await Till.Post($"/bills/{bill}/split", """{ "shares": 2 }""").Is(200, """{ "balance": 1000 }""");
            var paid = await Task.WhenAll(
                Till.Post($"/bills/{bill}/pay", Cash(1000)),
                Kitchen.SecondCashier.At(branch).Post($"/bills/{half["splitInto.0"]}/pay", Cash(1000)));

            Assert.All(paid, answer => answer.Is(200, """{ "status": "PAID" }"""));
            await Till.Get($"/orders/{half["orderIds.0"]}").Is(200, """{ "paymentState": "PAID" }""");
        }
    }

    [Fact(DisplayName = "An uncle pays a round sum, and the table the rest")]
    public async Task Split_by_amount()
    {
        var bill = await OpenBill("44", Pilau, Nyama);

        var rest = await Till.Post($"/bills/{bill}/split", """{ "amounts": [{ "amount": 5000 }, { "amount": 1 }] }""")
            .Is(200, """{ "balance": 2999 }""");
        await Till.Get($"/bills/{rest["splitInto.0"]}").Is(200, """{ "balance": 5000 }""");
        await Till.Get($"/bills/{rest["splitInto.1"]}").Is(200, """{ "balance": 1 }""");
    }

    [Fact(DisplayName = "A split says one thing, and leaves something on the bill")]
    public async Task Split_refused()
    {
        var (bill, pilau) = await PilauForThreeAndTea("45");
        Task<Answer> Split(string body) => Till.Post($"/bills/{bill}/split", body);

        await Split("{}").Is(422, """{ "code": "split-unclear" }""");
        await Split("""{ "shares": 2, "amounts": [{ "amount": 1 }] }""").Is(422, """{ "code": "split-unclear" }""");
        await Split("""{ "items": [] }""").Is(422, """{ "code": "split-unclear" }""");
        await Split("""{ "shares": 1 }""").Is(422, """{ "code": "shares-out-of-range" }""");
        await Split("""{ "shares": 51 }""").Is(422, """{ "code": "shares-out-of-range" }""");
        await Split("""{ "shares": 1000000000 }""").Is(422, """{ "code": "shares-out-of-range" }""");
        await Split("""{ "shares": 2147483647 }""").Is(422, """{ "code": "shares-out-of-range" }""");
        await Split("""{ "shares": -2147483648 }""").Is(422, """{ "code": "shares-out-of-range" }""");
        await Split("""{ "amounts": [{ "amount": 0 }] }""").Is(422, """{ "code": "amount-out-of-range" }""");
        await Split($$"""{ "amounts": [{{string.Join(", ", Enumerable.Repeat("""{ "amount": 1 }""", 50))}}] }""")
            .Is(422, """{ "code": "too-many-amounts" }""");
        await Split("""{ "amounts": [{ "amount": 16000 }] }""").Is(422, """{ "code": "split-exceeds-balance", "balance": 16000 }""");
        await Split($$"""{ "items": [{ "lineId": "{{pilau}}", "quantity": 4 }] }""").Is(422, """{ "code": "quantity-out-of-range" }""");
        await Split($$"""{ "items": [{ "lineId": "{{pilau}}", "quantity": 0 }] }""").Is(422, """{ "code": "quantity-out-of-range" }""");
        await Split($$"""{ "items": [{ "lineId": "{{pilau}}" }, { "lineId": "{{pilau}}", "quantity": 1 }] }""")
            .Is(422, """{ "code": "bill-line-not-found", "errors": [{ "pointer": "/items/1/lineId" }] }""");
        var lines = (await Till.Get($"/bills/{bill}")).At("items").EnumerateArray()
            .Select(line => $$"""{ "lineId": "{{line.GetProperty("id").GetGuid()}}" }""");
        await Split($$"""{ "items": [{{string.Join(", ", lines)}}] }""").Is(422, """{ "code": "split-exceeds-balance" }""");
        await Till.Get($"/bills/{bill}").Is(200, """{ "version": 1, "balance": 16000 }""");
    }

    [Fact(DisplayName = "Guests who move take their bill along")]
    public async Task Transfer()
    {
        var bill = await OpenBill("46", Pilau);
        var tickets = await Tickets();

        await Till.Post($"/bills/{bill}/transfer", """{ "tableNumber": "Terrace 1" }""").Is(200, """{ "tableNumber": "Terrace 1", "balance": 5000 }""");
        Assert.Equal(tickets, await Tickets());
        await Round(bill, "46", Chai).Is(422, """{ "code": "bill-table-mismatch" }""");
        await Round(bill, "Terrace 1", Chai).Is(201);
        await Till.Get("/bills?status=OPEN&tableNumber=Terrace%201").Holds($$"""{ "id": "{{bill}}" }""");
        await Till.Post($"/bills/{bill}/transfer", """{ "tableNumber": "" }""").Is(422, """{ "code": "invalid-text" }""");
        await Till.Post($"/bills/{bill}/transfer", """{ "tableNumber": "12345678901234567" }""").Is(422, """{ "code": "invalid-text" }""");
        await Till.Post($"/bills/{bill}/transfer", "{}").Is(422, """{ "code": "field-required" }""");
    }

    [Fact(DisplayName = "Two tables are pushed together, and pay one bill")]
    public async Task Merge()
    {
        var into = await OpenBill("47", Pilau);
        var from = await OpenBill("48", Chai, Chipsi);
        var tickets = await Tickets();

        var merged = await Till.Post($"/bills/{into}/merge", $$"""{ "billId": "{{from}}" }""").Is(200, """{ "balance": 8000 }""");
        Assert.Equal(3, merged.At("items").GetArrayLength());
        Assert.Equal(tickets, await Tickets());
        await Till.Get($"/bills/{from}").Is(200, $$"""{ "status": "MERGED", "balance": 0, "items": [], "mergedInto": "{{into}}" }""");
        await Round(from, "48", Chai).Is(409, """{ "code": "bill-not-open", "billStatus": "MERGED" }""");

        await Till.Post($"/bills/{into}/pay", Cash(8000)).Is(200, """{ "status": "PAID" }""");
        foreach (var order in merged.At("orderIds").EnumerateArray())
            await Till.Get($"/orders/{order.GetGuid()}").Is(200, """{ "paymentState": "PAID" }""");
    }

    [Fact(DisplayName = "What was split can be merged again")]
    public async Task Split_and_merged()
    {
        var bill = await OpenBill("49", Pilau);
        var part = (await Till.Post($"/bills/{bill}/split", """{ "amounts": [{ "amount": 1200 }] }""").Is(200))["splitInto.0"];

        await Till.Post($"/bills/{part}/merge", $$"""{ "billId": "{{bill}}" }""").Is(200, """{ "balance": 5000 }""");
        await Till.Post($"/bills/{part}/pay", Cash(5000)).Is(200, """{ "status": "PAID" }""");
    }

    [Fact(DisplayName = "A bill is not merged with itself, a stranger's, a paid one or a part paid one")]
    public async Task Merge_refused()
    {
        var bill = await OpenBill("50", Pilau);
        var paid = await OpenBill("50", Chai);
        await Till.Post($"/bills/{paid}/pay", Cash(1000)).Is(200);
        Task<Answer> Merge(object other) => Till.Post($"/bills/{bill}/merge", $$"""{ "billId": "{{other}}" }""");

        await Merge(bill).Is(422, """{ "code": "bill-merged-with-itself" }""");
        await Merge(Guid.NewGuid()).Is(404, """{ "code": "not-found" }""");
        await Merge(paid).Is(409, """{ "code": "bill-not-open" }""");
        await Till.Post($"/bills/{paid}/merge", $$"""{ "billId": "{{bill}}" }""").Is(409, """{ "code": "bill-not-open" }""");

        await Kitchen.Manager.Patch($"/kitchens/{Kitchen.Id}/settings", """{ "settings": { "allowPartPayments": true } }""").Is(200);
        var part = await OpenBill("50", Pilau);
        await Till.Post($"/bills/{part}/pay", Cash(1)).Is(200, """{ "status": "OPEN" }""");
        await Merge(part).Is(409, """{ "code": "bill-part-paid" }""");
        await Kitchen.Manager.Patch($"/kitchens/{Kitchen.Id}/settings", """{ "settings": { "allowPartPayments": false } }""").Is(200);
        await Till.Post($"/bills/{part}/merge", $$"""{ "billId": "{{bill}}" }""").Is(200, """{ "balance": 9999 }""");
    }

    [Fact(DisplayName = "A manager voids a dish that was never eaten, and says why")]
    public async Task Void()
    {
        var (bill, pilau) = await PilauForThreeAndTea("51");
        var path = $"/bills/{bill}/items/{pilau}/void";

        await Till.Post(path, """{ "reason": "Cold" }""").Is(403, """{ "code": "role-not-allowed" }""");
        await Kitchen.Manager.Post(path, "{}").Is(422, """{ "code": "field-required" }""");
        await Kitchen.Manager.Post(path, """{ "reason": "" }""").Is(422, """{ "code": "invalid-text" }""");
        var voided = await Kitchen.Manager.WithKey($"void-{bill}").Post(path, """{ "reason": "Cold" }""").Is(200, """
            { "status": "OPEN", "balance": 1000, "items": [{ "voided": { "reason": "Cold", "approvedById": "*" } }, {}] }
            """);
        Assert.Equal(voided.Body, (await Kitchen.Manager.WithKey($"void-{bill}").Post(path, """{ "reason": "Cold" }""")).Body);
        await Kitchen.Manager.Post(path, """{ "reason": "Cold" }""").Is(409, """{ "code": "bill-line-voided" }""");
        await Kitchen.Manager.Post($"/bills/{bill}/items/{Guid.NewGuid()}/void", """{ "reason": "Cold" }""").Is(404, """{ "code": "not-found" }""");
        await Till.Post($"/bills/{bill}/split", $$"""{ "items": [{ "lineId": "{{pilau}}" }] }""").Is(422, """{ "code": "bill-line-not-found" }""");
        await Till.Post($"/bills/{bill}/pay", Cash(1000)).Is(200, """{ "status": "PAID" }""");
    }

    [Fact(DisplayName = "A bill of which nothing stands is void")]
    public async Task All_void()
    {
        var bill = await OpenBill("52", Pilau);
        var line = (await Till.Get($"/bills/{bill}"))["items.0.id"];

        await Kitchen.Manager.Post($"/bills/{bill}/items/{line}/void", """{ "reason": "The guests left" }""")
            .Is(200, """{ "status": "VOID", "total": 0 }""");
        await Till.Post($"/bills/{bill}/pay", Cash(5000)).Is(409, """{ "code": "bill-not-open", "billStatus": "VOID" }""");
    }

    [Fact(DisplayName = "What another bill has taken over cannot be voided here")]
    public async Task Void_too_much()
    {
        var (bill, pilau) = await PilauForThreeAndTea("53");
        await Till.Post($"/bills/{bill}/split", """{ "shares": 2 }""").Is(200, """{ "balance": 8000 }""");

        await Kitchen.Manager.Post($"/bills/{bill}/items/{pilau}/void", """{ "reason": "Cold" }""")
            .Is(409, """{ "code": "void-exceeds-balance", "balance": 8000 }""");
    }

    [Fact(DisplayName = "A bill whose guests have run away is written off by the manager")]
    public async Task Write_off()
    {
        var bill = await OpenBill("54", Pilau);

        await Till.Post($"/bills/{bill}/write-off", """{ "reason": "Ran away" }""").Is(403);
        var off = await Kitchen.Manager.Post($"/bills/{bill}/write-off", """{ "reason": "Ran away" }""")
            .Is(200, """{ "status": "WRITTEN_OFF", "balance": 5000, "paid": 0 }""");
        await Till.Get($"/orders/{off["orderIds.0"]}").Is(200, """{ "paymentState": "ON_BILL" }""");
        await Till.Post($"/bills/{bill}/pay", Cash(5000)).Is(409, """{ "code": "bill-not-open", "billStatus": "WRITTEN_OFF" }""");
    }

    [Fact(DisplayName = "A bill of another kitchen cannot be changed either")]
    public async Task Another_kitchen()
    {
        var bill = await OpenBill("55", Pilau);
        var line = (await Till.Get($"/bills/{bill}"))["items.0.id"];
        var stranger = Restaurant.Neighbour.Manager;

        await stranger.Post($"/bills/{bill}/split", """{ "shares": 2 }""").Is(404);
        await stranger.Post($"/bills/{bill}/transfer", """{ "tableNumber": "1" }""").Is(404);
        await stranger.Post($"/bills/{bill}/merge", $$"""{ "billId": "{{Guid.NewGuid()}}" }""").Is(404);
        await stranger.Post($"/bills/{bill}/items/{line}/void", """{ "reason": "x" }""").Is(404);
        await stranger.Post($"/bills/{bill}/write-off", """{ "reason": "x" }""").Is(404);
    }

    private async Task<(Guid Bill, Guid Pilau)> PilauForThreeAndTea(string table)
    {
        var round = await Till.Post("/checkout-sessions", $$"""
            {
              "sessionType": "TAB", "channel": "POS", "fulfillmentType": "DINE_IN", "tableNumber": "{{table}}",
              "items": [{ "menuId": "{{Pilau}}", "quantity": 3 }, { "menuId": "{{Chai}}", "quantity": 1 }]
            }
            """).Is(201);
        var bill = Guid.Parse(round["billId"]);
        return (bill, Guid.Parse((await Till.Get($"/bills/{bill}"))["items.0.id"]));
    }

    private async Task<int> Tickets() =>
        (await Kitchen.Cook.Get($"/kitchens/{Kitchen.Id}/tickets?limit=100").Is(200)).At("data").GetArrayLength();
}
