using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Reading;

/// <summary>A day and a half of business, looked at page by page and through every filter.</summary>
public sealed class Lists(Restaurant restaurant) : Scenario(restaurant)
{
    private const int Sales = 12;

    [Fact]
    public async Task Are_walked_to_their_end_and_back_without_missing_or_repeating()
    {
        var all = await Business();

        foreach (var limit in (int[])[1, 5, 100])
        {
            var there = new List<Guid>();
            var pages = new List<Answer>();
            for (var after = ""; ;)
            {
                var page = await Till.Get($"/checkout-sessions?limit={limit}{after}")
                    .Is(200, """{ "object": "list" }""");
                pages.Add(page);
                there.AddRange(IdsOf(page));
                if (!page.At("paging.hasMore").GetBoolean()) break;
                after = $"&after={page["paging.after"]}";
            }

            Assert.Equal(all, there);

            var back = new List<Guid>(IdsOf(pages[^1]));
            var here = pages[^1];
            while (back.Count < all.Count)
            {
                here = await Till.Get($"/checkout-sessions?limit={limit}&before={here["paging.before"]}").Is(200);
                back.InsertRange(0, IdsOf(here));
            }

            Assert.Equal(all, back);
        }
    }

    [Fact]
    public async Task Go_on_from_where_they_stopped_while_business_goes_on()
    {
        var all = await Business();
        var page = await Till.Get("/checkout-sessions?limit=3").Is(200);

        var newer = await Sell("99");

        var next = await Till.Get($"/checkout-sessions?limit=3&after={page["paging.after"]}").Is(200);
        Assert.Equal(all.Skip(3).Take(3), IdsOf(next));
        Assert.Equal([newer], IdsOf(await Till.Get($"/checkout-sessions?before={page["paging.before"]}")));
    }

    [Fact]
    public async Task Show_what_was_asked_for()
    {
        var all = await Business();
        var slip = await NewSlip("filter-slip");
        var cancelled = await NewSlip("filter-cancelled");
        await Till.Post($"/checkout-sessions/{cancelled.Id}/cancel").Is(200);
        var today = slip["businessDate"];

        await Shows("status=PENDING_PAYMENT", [slip.Id]);
        await Shows("status=CANCELLED", [cancelled.Id]);
        await Shows("channel=KIOSK", [cancelled.Id, slip.Id]);
        await Shows("sessionType=SLIP&status=CANCELLED", [cancelled.Id]);
        await Shows("tableNumber=T1", [all[^2]]);
        await Shows("clientReference=filter-slip", [slip.Id]);
        await Shows($"slipNumber={slip["slip.slipNumber"]}", [slip.Id]);
        await Shows("slipNumber=0001-8", []); // Sales have numbers too, and are no slips.
        await Shows($"startDate={today}&channel=KIOSK", [cancelled.Id, slip.Id]);
        await Shows($"endDate=2026-03-02&limit=100", all[^(Sales / 2)..]);
        await Shows("startDate=2026-03-03&endDate=2026-03-02", []);
        await Shows("currency=TZS&tableNumber=T1", [all[^2]]);
        await Shows("channel=APP", []);
        await Till.Get("/checkout-sessions?currency=EUR").Is(400, """{ "code": "invalid-type" }""");
        await Till.Get("/checkout-sessions?status=paid").Is(400, """{ "code": "invalid-type" }""");

        await Till.Post($"/checkout-sessions/{slip.Id}/cancel").Is(200);
    }

    [Fact]
    public async Task Of_orders_are_walked_in_the_same_way()
    {
        await Business();
        var orders = IdsOf(await Till.Get("/orders?limit=100").Is(200)).ToList();
        var walked = new List<Guid>();
        for (var after = ""; ;)
        {
            var page = await Till.Get($"/orders?limit=5{after}").Is(200);
            walked.AddRange(IdsOf(page));
            if (!page.At("paging.hasMore").GetBoolean()) break;
            after = $"&after={page["paging.after"]}";
        }

        Assert.True(orders.Count >= Sales);
        Assert.Equal(orders, walked);
    }

    /// <summary>Sales on two business days; all sessions of the kitchen so far, newest first.</summary>
    private async Task<List<Guid>> Business()
    {
        var known = IdsOf(await Till.Get("/checkout-sessions?limit=100").Is(200)).ToList();
        if (known.Count > 0) return known;
        for (var sale = 0; sale < Sales; sale++)
        {
            if (sale == Sales / 2) await Restaurant.NextDay();
            await Sell($"T{sale}");
        }

        return [.. IdsOf(await Till.Get("/checkout-sessions?limit=100").Is(200))];
    }

    private async Task<Guid> Sell(string table)
    {
        await Pass(1.Seconds);
        return (await Till.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "DINE_IN", "tableNumber": "{{table}}",
              "items": [{ "menuId": "{{Chai}}", "quantity": 1 }], "payments": [{ "paymentMethod": "CASH",
              "amount": 1000 }]
            }
            """).Is(201)).Id;
    }

    private async Task<Answer> NewSlip(string reference)
    {
        await Pass(1.Seconds);
        return await Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "clientReference": "{{reference}}",
              "items": [{ "menuId": "{{Chai}}", "quantity": 1 }]
            }
            """).Is(201);
    }

    private async Task Shows(string filter, IEnumerable<Guid> expected) =>
        Assert.Equal(expected, IdsOf(await Till.Get($"/checkout-sessions?{filter}").Is(200)));

    private static IEnumerable<Guid> IdsOf(Answer page) =>
        page.At("data").EnumerateArray().Select(item => item.GetProperty("id").GetGuid());
}
