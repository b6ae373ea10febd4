using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Bills;

/// <summary>A line is voided for which something has been paid already.</summary>
public sealed class PaidVoids(Restaurant restaurant) : BillScenario(restaurant)
{
    [Fact(DisplayName = "A void gives back what was paid for it, in one step")]
    public async Task Given_back()
    {
        var at = await TestKitchen.Open(Restaurant, "A kitchen of part payments");
        var (bill, lines) = await PartPaid(at, """{ "paymentMethod": "CASH", "amount": 2500 }""");
        var shift = (await at.Cashier.Post("/shifts", """{ "float": 10000 }""").Is(201)).Id;

        var voided = await Void(at.Manager.WithKey("void"), bill, lines[0], """{ "reason": "Hair in it" }""").Is(200, """
            {
              "status": "VOID", "total": 0, "paid": 0, "balance": 0,
              "items": [{ "voided": { "reason": "Hair in it", "givenBack": 2500 } }],
              "payments": [{ "amount": 2500, "refunded": 2500 }]
            }
            """);
        var again = await Void(at.Manager.WithKey("void"), bill, lines[0], """{ "reason": "Hair in it" }""").Is(200);

        Assert.Equal(voided.Body, again.Body);
        await at.Manager.Get($"/shifts/{shift}").Is(200, """
            { "expectedCash": 7500, "takings": [{ "paymentMethod": "CASH", "taken": 0, "returned": 2500 }] }
            """);
        await Void(at.Manager, bill, lines[0], """{ "reason": "Twice" }""").Is(409, """{ "code": "bill-not-open" }""");
    }

    [Fact(DisplayName = "What is left of the bill stays as it was, and is paid later")]
    public async Task Rest_stays()
    {
        var at = await TestKitchen.Open(Restaurant, "A kitchen of part payments");
        var (bill, lines) = await PartPaid(at, """{ "paymentMethod": "CASH", "amount": 3000 }""", at.Pilau, at.Chai);

        await Void(at.Manager, bill, lines[0], """{ "reason": "Cold" }""").Is(200, """
            { "status": "PAID", "total": 1000, "paid": 1000, "balance": 0, "items": [{ "voided": { "givenBack": 2000 } }, {}] }
            """);
    }

    [Fact(DisplayName = "Money goes back by the payments it came from, the last one first")]
    public async Task Two_ways()
    {
        var at = await TestKitchen.Open(Restaurant, "A kitchen of part payments");
        var (bill, lines) = await PartPaid(at, """{ "paymentMethod": "CASH", "amount": 1000 }""");
        await at.Cashier.Post($"/bills/{bill}/pay", """
            { "payments": [{ "paymentMethod": "CARD", "amount": 2000 }] }
            """).Is(200, """{ "balance": 2000 }""");

        await Void(at.Manager, bill, lines[0], """{ "reason": "Cold" }""").Is(200, """
            {
              "balance": 0, "items": [{ "voided": { "givenBack": 3000 } }],
              "payments": [{ "refunded": 1000 }, { "refunded": 2000 }]
            }
            """);
    }

    [Fact(DisplayName = "Some items of a line are voided, and the others stay")]
    public async Task Some_of_a_line()
    {
        var opened = await Till.Post("/checkout-sessions", Tab("91", null, Chai).Replace(
            "\"quantity\": 1", "\"quantity\": 3", StringComparison.Ordinal)).Is(201);
        var bill = Guid.Parse(opened["billId"]);
        var line = (await Till.Get($"/bills/{bill}"))["items.0.id"];

        foreach (var quantity in new[] { 0, 4 })
        {
            await Void(Kitchen.Manager, bill, line, $$"""{ "reason": "Spilt", "quantity": {{quantity}} }""")
                .Is(422, """{ "code": "quantity-out-of-range", "errors": [{ "pointer": "/quantity" }] }""");
        }

        var voided = await Void(Kitchen.Manager, bill, line, """{ "reason": "Spilt", "quantity": 1 }""").Is(200, $$"""
            {
              "status": "OPEN", "balance": 2000,
              "items": [
                { "id": "{{line}}", "quantity": 2, "voided": null },
                { "quantity": 1, "voided": { "reason": "Spilt", "restocked": true, "givenBack": null } }
              ]
            }
            """);

        Assert.NotEqual(line, voided["items.1.id"]);
        await Till.Get($"/orders/{voided["orderIds.0"]}").Is(200, """
            { "ticketStatus": "NEW", "items": [{ "quantity": 3, "voidedQuantity": 1 }] }
            """);
        await Void(Kitchen.Manager, bill, line, """{ "reason": "Spilt", "quantity": 2 }""").Is(200, """{ "status": "VOID" }""");
    }

    private static Task<Answer> Void(Caller manager, Guid bill, string line, string body) =>
        manager.Post($"/bills/{bill}/items/{line}/void", body);

    /// <summary>A bill of one item of each dish, pilau where none is named, of which something is paid.</summary>
    private static async Task<(Guid Bill, IReadOnlyList<string> Lines)> PartPaid(
        TestKitchen at, string payment, params Guid[] dishes)
    {
        await at.Manager.Patch($"/kitchens/{at.Id}/settings", """{ "settings": { "allowPartPayments": true } }""").Is(200);
        if (dishes.Length == 0) dishes = [at.Pilau];
        var bill = Guid.Parse((await at.Cashier.Post("/checkout-sessions", Tab("90", null, dishes)).Is(201))["billId"]);
        var paid = await at.Cashier.Post($"/bills/{bill}/pay", $$"""{ "payments": [{{payment}}] }""").Is(200, """{ "status": "OPEN" }""");
        return (bill, [.. dishes.Select((_, place) => paid[$"items.{place}.id"])]);
    }
}
