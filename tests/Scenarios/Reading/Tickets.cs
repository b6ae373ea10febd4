using System.Text.Json;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Reading;

/// <summary>What the kitchen's screen sees: every ticket once, whatever happens to its connection.</summary>
public sealed class Tickets(Restaurant restaurant) : Scenario(restaurant)
{
    [Fact]
    public async Task Are_listed_in_the_order_in_which_they_are_cooked()
    {
        await Pass(1.Seconds);
        var first = await Sell("first");
        await Pass(1.Seconds);
        var second = await Sell("second");

        var tickets = await Kitchen.Cook.Get($"/kitchens/{Kitchen.Id}/tickets?status=NEW").Is(200);
        Assert.Equal(
            [first, second],
            tickets.At("data").EnumerateArray().Select(ticket => ticket.GetProperty("id").GetGuid()).TakeLast(2));
        Assert.DoesNotContain("unitPrice", tickets.Body, StringComparison.Ordinal);
        await Restaurant.Neighbour.Cook.Get($"/kitchens/{Kitchen.Id}/tickets").Is(404, """{ "code": "not-found" }""");
    }

    [Fact]
    public async Task Appear_on_the_screen_as_they_are_paid()
    {
        using var screen = await Kitchen.Cook.Follow($"/kitchens/{Kitchen.Id}/tickets/stream");

        var slip = await Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "DINE_IN", "tableNumber": "03",
              "items": [{ "menuId": "{{Pilau}}", "quantity": 1, "itemInstructions": "bila pilipili\ntafadhali" }]
            }
            """).Is(201);
        var sold = await Sell("meanwhile");
        var paid = await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", """
            { "payments": [{ "paymentMethod": "CASH", "amount": 5000 }] }
            """).Is(200);

        Assert.Equal("ticket.created", (await screen.NextOf(sold)).Type);
        var ticket = await screen.Next();
        Assert.Equal("ticket.created", ticket.Type);
        Assert.Empty(JsonSubset.Differences(
            JsonElement.Parse($$"""
                {
                  "object": "ticket", "id": "{{paid["orderId"]}}", "status": "NEW", "tableNumber": "03",
                  "number": {{slip["number"]}},
                  "items": [{ "name": "Pilau", "quantity": 1, "itemInstructions": "bila pilipili\ntafadhali" }]
                }
                """),
            JsonElement.Parse(ticket.Data)));
    }

    [Fact]
    public async Task Are_neither_lost_nor_repeated_when_the_screen_comes_back()
    {
        var from = await Here();
        var sold = new List<Guid>();
        var seen = new List<Guid>();
        for (var visit = 1; visit <= 5; visit++)
        {
            using var screen = await Kitchen.Cook.With("Last-Event-ID", from)
                .Follow($"/kitchens/{Kitchen.Id}/tickets/stream");
            for (var sale = 1; sale <= 4; sale++) sold.Add(await Sell($"{visit}.{sale}"));
            for (var ticket = 1; ticket <= 3; ticket++)
            {
                var next = await screen.Next();
                from = next.Id;
                seen.Add(IdOf(next));
            }
        }

        using var last = await Kitchen.Cook.With("Last-Event-ID", from)
            .Follow($"/kitchens/{Kitchen.Id}/tickets/stream");
        while (seen.Count < sold.Count) seen.Add(IdOf(await last.Next()));
        Assert.Equal(sold, seen);
    }

    [Fact]
    public async Task Are_neither_lost_nor_repeated_when_many_are_sold_at_once_on_two_hosts()
    {
        var other = await Restaurant.OpenBranch();
        var from = await Here();
        var screens = new[]
        {
            await Kitchen.Cook.With("Last-Event-ID", from).Follow($"/kitchens/{Kitchen.Id}/tickets/stream"),
            await Kitchen.Cook.With("Last-Event-ID", from).At(other).Follow($"/kitchens/{Kitchen.Id}/tickets/stream"),
        };

        var sold = await 40.AtOnce(number => Sell($"{number}", number % 2 == 0 ? Till : Till.At(other)));

        var seen = new List<Guid>[] { [], [] };
        foreach (var (screen, tickets) in screens.Zip(seen))
        {
            while (tickets.Count < sold.Length) tickets.Add(IdOf(await screen.Next()));
            Assert.Equal(sold.Order(), tickets.Order());
            screen.Dispose();
        }

        Assert.Equal(seen[0], seen[1]);
    }

    [Fact]
    public async Task Survive_a_restart_of_the_host()
    {
        var from = await Here();
        var before = await Sell("before");
        await Restaurant.RestartHost();
        var after = await Sell("after");

        using var screen = await Kitchen.Cook.With("Last-Event-ID", from)
            .Follow($"/kitchens/{Kitchen.Id}/tickets/stream");
        Assert.Equal([before, after], [IdOf(await screen.Next()), IdOf(await screen.Next())]);
    }

    [Fact]
    public async Task Are_listed_while_they_are_open_and_by_their_status_afterwards()
    {
        var (open, served) = (await Sell("open"), await Sell("served"));
        await Kitchen.Cook.Post($"/kitchens/{Kitchen.Id}/tickets/{served}/move", """{ "status": "SERVED" }""").Is(200);

        var shown = Ids(await List(""));
        Assert.Contains(open, shown);
        Assert.DoesNotContain(served, shown);
        Assert.Contains(served, Ids(await List("?status=SERVED")));
    }

    [Fact]
    public async Task That_a_page_does_not_show_are_found_on_the_next_and_in_the_stream()
    {
        for (var sale = 1; sale <= 4; sale++)
        {
            await Sell($"page {sale}");
            await Pass(2.Minutes);
        }

        var first = await List("?limit=1");
        var listed = Ids(first);
        for (var page = first; page.At("paging.hasMore").GetBoolean();)
        {
            page = await List($"?limit=1&after={page["paging.after"]}");
            listed.AddRange(Ids(page));
        }

        Assert.Equal(Ids(await List("")), listed);
        using var screen = await Kitchen.Cook.With("Last-Event-ID", first["lastEventId"])
            .Follow($"/kitchens/{Kitchen.Id}/tickets/stream");
        var hidden = listed.Skip(1).ToHashSet();
        while (hidden.Count > 0) hidden.Remove(IdOf(await screen.Next()));
        await Kitchen.Cook.Get($"/kitchens/{Kitchen.Id}/tickets?after=nonsense").Is(400, """{ "code": "cursor-invalid" }""");
    }

    /// <summary>
    /// A place in the stream behind all that was sold. That of the list may be earlier: what has just been sold is
    /// listed, and told afterwards.
    /// </summary>
    private async Task<string> Here()
    {
        using var screen = await Kitchen.Cook.Follow($"/kitchens/{Kitchen.Id}/tickets/stream");
        return (await screen.NextOf(await Sell("here"))).Id;
    }

    private Task<Answer> List(string query) => Kitchen.Cook.Get($"/kitchens/{Kitchen.Id}/tickets{query}").Is(200);

    private static List<Guid> Ids(Answer tickets) =>
        [.. tickets.At("data").EnumerateArray().Select(ticket => ticket.GetProperty("id").GetGuid())];

    private Task<Guid> Sell(string tag) => Sell(tag, Till);

    private async Task<Guid> Sell(string tag, Caller till) => Guid.Parse((await till.Post("/checkout-sessions", $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP", "tag": "{{tag}}",
          "items": [{ "menuId": "{{Chai}}", "quantity": 1 }], "payments": [{ "paymentMethod": "CASH", "amount": 1000 }]
        }
        """).Is(201))["orderId"]);

    private static Guid IdOf(ServerEvent ticket) => JsonElement.Parse(ticket.Data).GetProperty("id").GetGuid();
}
