using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Orders;

/// <summary>The kitchen says how far it is.</summary>
public sealed class MovedTickets(Restaurant restaurant) : Scenario(restaurant)
{
    [Fact]
    public async Task A_ticket_goes_from_new_to_served_and_the_screens_see_it()
    {
        using var screen = await Kitchen.Cook.Follow($"/kitchens/{Kitchen.Id}/tickets/stream");
        var order = await Sell();
        Assert.Equal("ticket.created", (await screen.NextOf(order)).Type);

        foreach (var status in new[] { "PREPARING", "READY", "PREPARING", "READY", "SERVED" })
        {
            await Move(order, status).Is(200, $$"""{ "object": "ticket", "id": "{{order}}", "status": "{{status}}" }""");
            var seen = await screen.NextOf(order);
            Assert.Equal("ticket.moved", seen.Type);
            Assert.Empty(JsonSubset.Differences(
                System.Text.Json.JsonElement.Parse($$"""{ "id": "{{order}}", "status": "{{status}}" }"""),
                System.Text.Json.JsonElement.Parse(seen.Data)));
            await Till.Get($"/orders/{order}").Is(200, $$"""{ "ticketStatus": "{{status}}", "status": "PLACED" }""");
        }

        (await Kitchen.Cook.Get($"/kitchens/{Kitchen.Id}/tickets?status=SERVED").Is(200))
            .Holds($$"""{ "id": "{{order}}" }""");
        await Move(order, "SERVED").Is(200);
        await Move(order, "CANCELLED").Is(409, """{ "code": "ticket-closed", "ticketStatus": "SERVED" }""");
    }

    [Fact]
    public async Task What_is_cancelled_stays_so_and_its_money_is_another_matter()
    {
        var order = await Sell();

        await Move(order, "CANCELLED").Is(200, """{ "status": "CANCELLED" }""");
        await Move(order, "NEW").Is(409, """{ "code": "ticket-closed", "ticketStatus": "CANCELLED" }""");
        await Till.Get($"/orders/{order}").Is(200, """{ "status": "PLACED", "refunded": 0 }""");
        await Kitchen.Manager.Post($"/orders/{order}/refunds", """{ "amount": 5000, "reason": "No more rice" }""").Is(201);
    }

    [Fact]
    public async Task The_kitchen_and_the_manager_move_tickets_of_their_own_kitchen()
    {
        var order = await Sell();

        await Till.Post($"/kitchens/{Kitchen.Id}/tickets/{order}/move", """{ "status": "READY" }""").Is(403);
        await Kitchen.Manager.Post($"/kitchens/{Kitchen.Id}/tickets/{order}/move", """{ "status": "READY" }""").Is(200);
        var neighbour = Restaurant.Neighbour;
        await neighbour.Cook.Post($"/kitchens/{neighbour.Id}/tickets/{order}/move", """{ "status": "READY" }""").Is(404);
        await neighbour.Cook.Post($"/kitchens/{Kitchen.Id}/tickets/{order}/move", """{ "status": "READY" }""").Is(404);
        await Kitchen.Cook.Post($"/kitchens/{Kitchen.Id}/tickets/{order}/move", """{ "status": "EATEN" }""").Is(400);
    }

    [Fact]
    public async Task Two_screens_at_once_never_lose_a_cancellation()
    {
        var branch = await Restaurant.OpenBranch();
        for (var turn = 0; turn < 5; turn++)
        {
            var order = await Sell();
            var answers = await Task.WhenAll(
                Move(order, "CANCELLED"),
                Kitchen.Cook.At(branch).Post($"/kitchens/{Kitchen.Id}/tickets/{order}/move", """{ "status": "READY" }"""));

            answers[0].Is(200);
            Assert.True(answers[1].Status is 200 or 409);
            await Till.Get($"/orders/{order}").Is(200, """{ "ticketStatus": "CANCELLED" }""");
        }
    }

    [Fact]
    public async Task Orders_are_found_by_how_far_they_are()
    {
        var order = await Sell("17");
        await Move(order, "READY").Is(200);

        foreach (var filter in new[] { "ticketStatus=READY", "status=PLACED&paymentState=PAID", "channel=POS&sessionType=IMMEDIATE" })
        {
            await Till.Get($"/orders?tableNumber=17&{filter}").Is(200, $$"""{ "data": [{ "id": "{{order}}" }] }""");
        }

        foreach (var filter in new[]
            { "ticketStatus=NEW", "status=REJECTED", "paymentState=ON_BILL", "channel=KIOSK", "startDate=2999-01-01" })
        {
            await Till.Get($"/orders?tableNumber=17&{filter}").Is(200, """{ "data": [] }""");
        }

        await Till.Get("/orders?ticketStatus=COLD").Is(400, """{ "code": "invalid-type" }""");
        await Till.Get("/orders?cooked=true").Is(422, """{ "code": "unknown-parameter" }""");
    }

    private async Task<Guid> Sell(string table = "16") => Guid.Parse((await Till.Post("/checkout-sessions", $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "DINE_IN", "tableNumber": "{{table}}",
          "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }], "payments": [{ "paymentMethod": "CASH", "amount": 5000 }]
        }
        """).Is(201))["orderId"]);

    private Task<Answer> Move(Guid order, string status) => Kitchen.Cook.Post(
        $"/kitchens/{Kitchen.Id}/tickets/{order}/move", $$"""{ "status": "{{status}}" }""");
}
