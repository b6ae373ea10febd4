using System.Text.Json;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Bills;

/// <summary>Guests move to another table, and the kitchen hears where to bring their food.</summary>
public sealed class MovedTables(Restaurant restaurant) : BillScenario(restaurant)
{
    [Fact(DisplayName = "The tickets of a bill follow it to another table")]
    public async Task Transferred()
    {
        using var screen = await Kitchen.Cook.Follow($"/kitchens/{Kitchen.Id}/tickets/stream");
        var bill = await OpenBill("71", Pilau);
        var order = Guid.Parse((await Till.Get($"/bills/{bill}").Is(200))["orderIds.0"]);
        Assert.Equal("ticket.created", (await screen.NextOf(order)).Type);

        await Till.Post($"/bills/{bill}/transfer", """{ "tableNumber": "72" }""").Is(200, """{ "tableNumber": "72" }""");

        await Shows(screen, order, "72");
        await Till.Get($"/orders/{order}").Is(200, """{ "tableNumber": "72", "ticketStatus": "NEW" }""");
        (await Kitchen.Cook.Get($"/kitchens/{Kitchen.Id}/tickets").Is(200))
            .Holds($$"""{ "id": "{{order}}", "tableNumber": "72" }""");
        await Round(bill, "71", Chai).Is(422, """{ "code": "bill-table-mismatch" }""");
        await Round(bill, "72", Chai).Is(201);
    }

    [Fact(DisplayName = "The tickets of a bill that is merged are for the table of the other")]
    public async Task Merged()
    {
        using var screen = await Kitchen.Cook.Follow($"/kitchens/{Kitchen.Id}/tickets/stream");
        var (stays, goes) = (await OpenBill("73", Pilau), await OpenBill("74", Chai));
        var order = Guid.Parse((await Till.Get($"/bills/{goes}").Is(200))["orderIds.0"]);
        Assert.Equal("ticket.created", (await screen.NextOf(order)).Type);

        await Till.Post($"/bills/{stays}/merge", $$"""{ "billId": "{{goes}}" }""").Is(200);

        await Shows(screen, order, "73");
        await Till.Get($"/orders/{order}").Is(200, """{ "tableNumber": "73" }""");
    }

    [Fact(DisplayName = "A kitchen that moves its ticket on another host keeps the new table")]
    public async Task Ticket_moves_too()
    {
        var bill = await OpenBill("75", Pilau);
        var order = (await Till.Get($"/bills/{bill}").Is(200))["orderIds.0"];
        var path = $"/kitchens/{Kitchen.Id}/tickets/{order}/move";
        await Kitchen.Cook.Post(path, """{ "status": "PREPARING" }""").Is(200);

        await Till.Post($"/bills/{bill}/transfer", """{ "tableNumber": "76" }""").Is(200);

        await Kitchen.Cook.Post(path, """{ "status": "READY" }""").Is(200, """{ "status": "READY", "tableNumber": "76" }""");
    }

    private static async Task Shows(EventStream screen, Guid order, string table)
    {
        var seen = await screen.NextOf(order);
        Assert.Equal("ticket.table_changed", seen.Type);
        Assert.Empty(JsonSubset.Differences(
            JsonElement.Parse($$"""{ "id": "{{order}}", "tableNumber": "{{table}}" }"""), JsonElement.Parse(seen.Data)));
    }
}
