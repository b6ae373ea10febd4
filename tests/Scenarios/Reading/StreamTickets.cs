using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Reading;

/// <summary>A browser opens an event stream by a ticket in its address, since it cannot send a token.</summary>
public sealed class StreamTickets(Restaurant restaurant) : Scenario(restaurant)
{
    private const string Unauthenticated = """{ "code": "unauthenticated" }""";

    private Caller Browser => Restaurant.Stranger;

    private string Tickets => $"/kitchens/{Kitchen.Id}/tickets";

    [Fact]
    public async Task Opens_the_kitchen_s_stream_once()
    {
        var ticket = await TicketOf(Kitchen.Cook).Is(201, $$"""
            { "object": "stream_ticket", "ticket": "*", "expiresAt": "{{In(1.Minutes)}}" }
            """);
        Assert.Equal("no-store", ticket.Header("Cache-Control"));

        using var screen = await Browser.Follow(Url(ticket));
        var order = await Sold();
        Assert.Equal("ticket.created", (await screen.NextOf(order)).Type);

        await Browser.Get(Url(ticket)).Is(401, Unauthenticated);
    }

    [Fact]
    public async Task Goes_on_after_the_last_event_that_the_browser_had()
    {
        var from = (await Kitchen.Cook.Get($"{Tickets}?limit=100").Is(200))["lastEventId"];
        var (first, second) = (await Sold(), await Sold());
        string seen;
        using (var screen = await Browser.Follow($"{Url(await TicketOf(Kitchen.Cook).Is(201))}&lastEventId={from}"))
            seen = (await screen.NextOf(first)).Id;

        using var again = await Browser.Follow($"{Url(await TicketOf(Kitchen.Cook).Is(201))}&lastEventId={seen}");

        Assert.Contains($"{second}", (await again.Next()).Data, StringComparison.Ordinal);
        await Browser.Get($"{Url(await TicketOf(Kitchen.Cook).Is(201))}&lastEventId=nonsense")
            .Is(400, """{ "code": "cursor-invalid" }""");
    }

    [Fact]
    public async Task Opens_a_guest_s_session_and_no_other_stream()
    {
        var (one, other) = (await Slip(), await Slip());
        var ticket = await Kiosk.Post($"/checkout-sessions/{one.Id}/stream-tickets").Is(201);

        await Browser.Get(Url(ticket).Replace($"{one.Id}", $"{other.Id}", StringComparison.Ordinal))
            .Is(401, Unauthenticated);
        await Browser.Get($"{Tickets}/stream?ticket={ticket["ticket"]}").Is(401, Unauthenticated);
        using var stream = await Browser.Follow(Url(ticket));
        Assert.Contains($"{one.Id}", (await stream.Next()).Data, StringComparison.Ordinal);

        foreach (var slip in (Answer[])[one, other]) await Till.Post($"/checkout-sessions/{slip.Id}/cancel").Is(200);
    }

    [Fact]
    public async Task Is_given_to_nobody_who_may_not_see_the_stream()
    {
        var slip = await Slip();

        await Restaurant.AppUser.Post($"/checkout-sessions/{slip.Id}/stream-tickets").Is(404, """{ "code": "not-found" }""");
        await Restaurant.Neighbour.Cook.Post($"/checkout-sessions/{slip.Id}/stream-tickets").Is(404);
        await Restaurant.Neighbour.Cook.Post($"{Tickets}/stream-tickets").Is(404);
        await Kiosk.Post($"{Tickets}/stream-tickets").Is(403, """{ "code": "role-not-allowed" }""");
        await Browser.Post($"{Tickets}/stream-tickets").Is(401, Unauthenticated);

        await Till.Post($"/checkout-sessions/{slip.Id}/cancel").Is(200);
    }

    [Fact]
    public async Task Is_good_for_a_minute()
    {
        var (soon, late) = (await TicketOf(Kitchen.Cook).Is(201), await TicketOf(Kitchen.Cook).Is(201));

        await Pass(1.Minutes - TimeSpan.FromMilliseconds(1));
        (await Browser.Follow(Url(soon))).Dispose();
        await Pass(TimeSpan.FromMilliseconds(1));
        await Browser.Get(Url(late)).Is(401, Unauthenticated);
    }

    [Fact]
    public async Task Is_as_good_as_the_token_that_asked_for_it()
    {
        var code = await Kitchen.Manager.Post(
            $"/kitchens/{Kitchen.Id}/devices/pairing-codes", """{ "kind": "KITCHEN_DISPLAY", "name": "Screen" }""").Is(201);
        var paired = await Browser.Post("/devices/pair", $$"""{ "code": "{{code["code"]}}" }""").Is(201);
        var ticket = await TicketOf(new Caller(Restaurant, paired["token"])).Is(201);

        await Kitchen.Manager.Post($"/kitchens/{Kitchen.Id}/devices/{paired["deviceId"]}/revoke").Is(200);

        await Browser.Get(Url(ticket)).Is(401, Unauthenticated);
    }

    [Fact]
    public async Task Opens_nothing_but_streams_and_does_not_go_with_a_token()
    {
        var ticket = await TicketOf(Kitchen.Cook).Is(201);

        await Browser.Get($"{Tickets}?ticket={ticket["ticket"]}").Is(401, Unauthenticated);
        await Kitchen.Cook.Get(Url(ticket)).Is(400, """{ "code": "malformed-request" }""");
        await Browser.Get($"{Tickets}/stream?ticket=nonsense").Is(401, Unauthenticated);
        await Browser.Get($"{Tickets}/stream?ticket=").Is(401, Unauthenticated);
    }

    private Task<Answer> TicketOf(Caller caller) => caller.Post($"{Tickets}/stream-tickets");

    private static string Url(Answer ticket) => ticket["url"]["/api/v1".Length..];

    private async Task<Guid> Sold()
    {
        var sale = await Till.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Chai}}", "quantity": 1 }], "payments": [{ "paymentMethod": "CASH", "amount": 1000 }]
            }
            """).Is(201);
        return Guid.Parse(sale["orderId"]);
    }

    private Task<Answer> Slip() => Kiosk.Post("/checkout-sessions", $$"""
        {
          "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Chai}}", "quantity": 1 }]
        }
        """).Is(201);
}
