using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Bills;

/// <summary>A manager voids a line on one host, and the kitchen is at its round on another.</summary>
public sealed class VoidRaces(Restaurant restaurant) : BillScenario(restaurant)
{
    [Fact(DisplayName = "A plate that is voided as it is begun is either sold again or cooked")]
    public async Task At_once()
    {
        var branch = await Restaurant.OpenBranch();
        for (var turn = 0; turn < 6; turn++)
        {
            var bill = await OpenBill("71", Pilau);
            var opened = await Till.Get($"/bills/{bill}").Is(200);
            var order = opened["orderIds.0"];

            var answers = await Task.WhenAll(
                Kitchen.Manager.Post($"/bills/{bill}/items/{opened["items.0.id"]}/void", """{ "reason": "Late" }"""),
                Kitchen.Cook.At(branch).Post(
                    $"/kitchens/{Kitchen.Id}/tickets/{order}/move", """{ "status": "PREPARING" }"""));

            var begun = answers[1].Status == 200;
            if (!begun) answers[1].Is(409, """{ "code": "ticket-closed", "ticketStatus": "CANCELLED" }""");
            answers[0].Is(200, $$"""
                { "status": "VOID", "items": [{ "voided": { "restocked": {{(begun ? "false" : "true")}} } }] }
                """);
            await Till.Get($"/orders/{order}").Is(200, $$"""
                { "ticketStatus": "{{(begun ? "PREPARING" : "CANCELLED")}}", "items": [{ "voidedQuantity": 1 }] }
                """);
        }
    }

    [Fact(DisplayName = "A manager at a branch voids what another host still remembers as it was")]
    public async Task Elsewhere()
    {
        var branch = await Restaurant.OpenBranch();
        var dish = await Kitchen.AddDish($"Kuku {Guid.NewGuid():N}", 7000);
        await Kitchen.Receive(dish, 1);
        var bill = await OpenBill("72", dish, Chai);
        var opened = await Till.Get($"/bills/{bill}").Is(200);
        var order = opened["orderIds.0"];

        await Kitchen.Manager.At(branch)
            .Post($"/bills/{bill}/items/{opened["items.0.id"]}/void", """{ "reason": "Late" }""")
            .Is(200, """{ "items": [{ "voided": { "restocked": true } }, {}] }""");
        await Kitchen.Cook.Post($"/kitchens/{Kitchen.Id}/tickets/{order}/move", """{ "status": "PREPARING" }""")
            .Is(200, """{ "status": "PREPARING", "items": [{ "voidedQuantity": 1 }, { "quantity": 1 }] }""");
        await Round(bill, "72", Chai).Is(201);
        await Till.Get($"/bills/{bill}").Is(200, """{ "balance": 2000 }""");
    }
}
