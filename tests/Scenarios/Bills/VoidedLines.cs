using System.Text.Json;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Bills;

/// <summary>A manager voids a line of a bill, and the kitchen hears of it.</summary>
public sealed class VoidedLines(Restaurant restaurant) : BillScenario(restaurant)
{
    [Fact(DisplayName = "A dish that nobody has begun is struck off the ticket, and can be sold again")]
    public async Task Not_begun()
    {
        var dish = await LastItem();
        using var screen = await Kitchen.Cook.Follow($"/kitchens/{Kitchen.Id}/tickets/stream");
        var (bill, order, line) = await Order("61", dish, Chai);
        await Shows(screen, order, "ticket.created", """{ "status": "NEW" }""");
        await Round(bill, "61", dish).Is(409, """{ "code": "insufficient-stock" }""");

        await Void(bill, line).Is(200, """
            { "status": "OPEN", "balance": 1000,
              "items": [{ "voided": { "reason": "Changed their minds", "restocked": true } }, {}] }
            """);

        await Shows(screen, order, "ticket.line_voided", $$"""
            { "id": "{{order}}", "status": "NEW", "items": [{ "quantity": 1, "voidedQuantity": 1 }, { "quantity": 1 }] }
            """);
        (await Kitchen.Cook.Get($"/kitchens/{Kitchen.Id}/tickets?status=NEW").Is(200))
            .Holds($$"""{ "id": "{{order}}", "items": [{ "voidedQuantity": 1 }, {}] }""");
        await Till.Get($"/orders/{order}").Is(200, """
            { "status": "PLACED", "ticketStatus": "NEW", "items": [{ "voidedQuantity": 1 }, { "quantity": 1 }] }
            """);
        await Round(bill, "61", dish).Is(201);
    }

    [Fact(DisplayName = "A dish that is being cooked stays sold, and the cooks can stop")]
    public async Task Begun()
    {
        var dish = await LastItem();
        using var screen = await Kitchen.Cook.Follow($"/kitchens/{Kitchen.Id}/tickets/stream");
        var (bill, order, line) = await Order("62", dish, Chai);
        await Shows(screen, order, "ticket.created", """{ "status": "NEW" }""");
        await Move(order, "PREPARING").Is(200);
        await Shows(screen, order, "ticket.moved", """{ "status": "PREPARING", "items": [{ "quantity": 1 }, {}] }""");

        await Void(bill, line).Is(200, """{ "balance": 1000, "items": [{ "voided": { "restocked": false } }, {}] }""");

        await Shows(screen, order, "ticket.line_voided", $$"""
            { "id": "{{order}}", "status": "PREPARING", "items": [{ "voidedQuantity": 1 }, {}] }
            """);
        await Round(bill, "62", dish).Is(409, """{ "code": "insufficient-stock" }""");
        await Move(order, "READY").Is(200, """{ "status": "READY", "items": [{ "voidedQuantity": 1 }, {}] }""");
    }

    [Fact(DisplayName = "A ticket of which nothing is left is cancelled")]
    public async Task Nothing_left()
    {
        using var screen = await Kitchen.Cook.Follow($"/kitchens/{Kitchen.Id}/tickets/stream");
        var (bill, order, line) = await Order("63", Pilau);
        await Shows(screen, order, "ticket.created", """{ "status": "NEW" }""");

        await Void(bill, line).Is(200, """{ "status": "VOID" }""");

        var cancelled = $$"""{ "id": "{{order}}", "status": "CANCELLED", "items": [{ "voidedQuantity": 1 }] }""";
        await Shows(screen, order, "ticket.line_voided", cancelled);
        await Shows(screen, order, "ticket.moved", cancelled);
        await Move(order, "PREPARING").Is(409, """{ "code": "ticket-closed", "ticketStatus": "CANCELLED" }""");
    }

    [Fact(DisplayName = "Of a round that two bills share each voids what is its own")]
    public async Task Shared()
    {
        var dish = await LastItem(2);
        var (bill, order, _) = await Order("64", dish, dish);
        var line = (await Till.Get($"/bills/{bill}"))["items.1.id"];
        var rest = await Till.Post($"/bills/{bill}/split", $$"""{ "items": [{ "lineId": "{{line}}" }] }""").Is(200);

        await Void(Guid.Parse(rest["splitInto.0"]), line).Is(200, """{ "status": "VOID" }""");

        await Till.Get($"/orders/{order}").Is(200, """
            { "ticketStatus": "NEW", "items": [{ "quantity": 1 }, { "voidedQuantity": 1 }] }
            """);
        await Round(bill, "64", dish).Is(201);
        await Round(bill, "64", dish).Is(409, """{ "code": "insufficient-stock" }""");
    }

    [Fact(DisplayName = "A void that is sent twice gives its plates back once")]
    public async Task Sent_twice()
    {
        var dish = await LastItem();
        var (bill, order, line) = await Order("65", dish, Chai);
        var manager = Kitchen.Manager.WithKey($"void-{line}");

        var first = await manager.Post(PathOf(bill, line), ChangedTheirMinds).Is(200);
        await Move(order, "PREPARING").Is(200);
        var again = await manager.Post(PathOf(bill, line), ChangedTheirMinds).Is(200);

        Assert.Equal(first.Body, again.Body);
        await Round(bill, "65", dish).Is(201);
        await Round(bill, "65", dish).Is(409);
    }

    private const string ChangedTheirMinds = """{ "reason": "Changed their minds" }""";

    private Task<Answer> Void(Guid bill, string line) => Kitchen.Manager.Post(PathOf(bill, line), ChangedTheirMinds);

    private static string PathOf(Guid bill, string line) => $"/bills/{bill}/items/{line}/void";

    private async Task<Guid> LastItem(int items = 1)
    {
        var dish = await Kitchen.AddDish($"Samaki {Guid.NewGuid():N}", 6000);
        await Kitchen.Receive(dish, items);
        return dish;
    }

    private async Task<(Guid Bill, Guid Order, string Line)> Order(string table, params Guid[] dishes)
    {
        var bill = await OpenBill(table, dishes);
        var opened = await Till.Get($"/bills/{bill}").Is(200);
        return (bill, Guid.Parse(opened["orderIds.0"]), opened["items.0.id"]);
    }

    private Task<Answer> Move(Guid order, string status) => Kitchen.Cook.Post(
        $"/kitchens/{Kitchen.Id}/tickets/{order}/move", $$"""{ "status": "{{status}}" }""");

    private static async Task Shows(EventStream screen, Guid order, string type, string ticket)
    {
        var seen = await screen.NextOf(order);
        Assert.Equal(type, seen.Type);
        Assert.Empty(JsonSubset.Differences(JsonElement.Parse(ticket), JsonElement.Parse(seen.Data)));
    }
}
