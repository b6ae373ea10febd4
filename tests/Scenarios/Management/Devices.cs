using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Management;

/// <summary>What each kind of device may do. It is the kind of its pairing code, and no request can choose it.</summary>
public sealed class Devices(Restaurant restaurant) : Scenario(restaurant)
{
    private string Tickets => $"/kitchens/{Kitchen.Id}/tickets";

    [Fact]
    public async Task A_kitchen_display_reads_and_moves_tickets_without_a_pin()
    {
        var paired = await Paired("KITCHEN_DISPLAY").Is(201, """{ "kind": "KITCHEN_DISPLAY", "token": "*" }""");
        var display = new Caller(Restaurant, paired["token"]);
        using var screen = await display.Follow($"{Tickets}/stream");
        var order = await Sold();

        Assert.Equal("ticket.created", (await screen.NextOf(order)).Type);
        await display.Get(Tickets).Holds($$"""{ "id": "{{order}}", "status": "NEW" }""");
        await display.Post($"{Tickets}/{order}/move", """{ "status": "PREPARING" }""").Is(200, """{ "status": "PREPARING" }""");
        Assert.Equal("ticket.moved", (await screen.NextOf(order)).Type);
    }

    [Fact]
    public async Task A_kitchen_display_may_do_nothing_else()
    {
        var display = new Caller(Restaurant, (await Paired("KITCHEN_DISPLAY").Is(201))["token"]);
        var order = await Sold();
        var session = (await Till.Get($"/orders/{order}").Is(200))["sessionId"];

        foreach (var path in (string[])
            [
                "/checkout-sessions", $"/checkout-sessions/{session}", $"/checkout-sessions/{session}/events", "/orders",
                $"/orders/{order}", "/bills", "/menu", "/slips?number=0001-8", "/shifts", "/cart",
                $"/kitchens/{Kitchen.Id}/staff", $"/kitchens/{Kitchen.Id}/devices", "/staff-sessions/current",
            ])
            await display.Get(path).Is(403, """{ "code": "role-not-allowed" }""");
        await display.Post("/checkout-sessions", "{}").Is(403);
        await display.Post($"/orders/{order}/refunds", """{ "amount": 1, "reason": "No" }""").Is(403);
        await display.Post("/staff-sessions", """{ "staffNumber": 1, "pin": "1470" }""").Is(403);
        var neighbours = $"/kitchens/{Restaurant.Neighbour.Id}/tickets";
        await display.Get(neighbours).Is(404, """{ "code": "not-found" }""");
        await display.Get($"{neighbours}/stream").Is(404);
        await display.Post($"{neighbours}/{order}/move", """{ "status": "READY" }""").Is(404);
    }

    [Fact]
    public async Task A_display_that_was_taken_off_sees_nothing_any_more()
    {
        var paired = await Paired("KITCHEN_DISPLAY").Is(201);
        var display = new Caller(Restaurant, paired["token"]);
        await display.Get(Tickets).Is(200);

        await Kitchen.Manager.Post($"/kitchens/{Kitchen.Id}/devices/{paired["deviceId"]}/revoke").Is(200);

        await display.Get(Tickets).Is(401, """{ "code": "unauthenticated" }""");
    }

    [Fact]
    public async Task At_a_store_tablet_staff_sign_in_and_sell_as_at_the_till()
    {
        var paired = await Paired("STORE_TABLET").Is(201, """{ "kind": "STORE_TABLET" }""");
        var tablet = new Caller(Restaurant, paired["token"]);
        var salma = await Kitchen.Manager.Post(
            $"/kitchens/{Kitchen.Id}/staff", """{ "name": "Salma", "role": "CASHIER", "pin": "1470" }""").Is(201);

        await Sell(tablet).Is(403);
        var session = await tablet.Post(
            "/staff-sessions", $$"""{ "staffNumber": {{salma["staffNumber"]}}, "pin": "1470" }""").Is(201, $$"""
            { "deviceId": "{{paired["deviceId"]}}", "expiresAt": "{{In(8.Hours)}}" }
            """);
        await Sell(new Caller(Restaurant, session["token"])).Is(201, """{ "status": "CONFIRMED" }""");
    }

    [Fact]
    public async Task A_set_up_code_is_good_for_five_minutes_and_one_device()
    {
        var code = await Invited("KITCHEN_DISPLAY").Is(201, $$"""{ "expiresAt": "{{In(5.Minutes)}}" }""");
        var late = await Invited("STORE_TABLET").Is(201);
        await Pair(code).Is(201);

        await Pair(code).Is(422, """{ "code": "pairing-code-invalid" }""");
        await Pass(5.Minutes);
        await Pair(late).Is(422, """{ "code": "pairing-code-invalid" }""");
        await Invited("FRIDGE").Is(400, """{ "code": "invalid-type" }""");
    }

    private Task<Answer> Invited(string kind) => Kitchen.Manager.Post(
        $"/kitchens/{Kitchen.Id}/devices/pairing-codes", $$"""{ "kind": "{{kind}}", "name": "New" }""");

    private Task<Answer> Pair(Answer code) =>
        Restaurant.Stranger.Post("/devices/pair", $$"""{ "code": "{{code["code"]}}" }""");

    private async Task<Answer> Paired(string kind) => await Pair(await Invited(kind).Is(201));

    private async Task<Guid> Sold() => Guid.Parse((await Sell(Till).Is(201))["orderId"]);

    private Task<Answer> Sell(Caller caller) => caller.Post("/checkout-sessions", $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Chai}}", "quantity": 1 }], "payments": [{ "paymentMethod": "CASH", "amount": 1000 }]
        }
        """);
}
