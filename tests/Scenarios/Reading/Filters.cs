using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Reading;

/// <summary>The same filters on the lists of sessions, orders, tickets and bills.</summary>
public sealed class Filters(Restaurant restaurant) : Scenario(restaurant)
{
    private static readonly string[] OfSale =
    [
        "channel=POS", "sessionType=TAB", "tableNumber=F7", "currency=TZS", "startDate=2026-03-02",
        "endDate=2026-03-02", "clientReference=round-7",
    ];

    private static readonly string[] OfOthers =
    [
        "channel=KIOSK", "sessionType=SLIP", "tableNumber=F8", "startDate=2026-03-03", "endDate=2026-03-01",
        "clientReference=round-8", "slipNumber=0001-8",
    ];

    [Fact]
    public async Task Each_list_has_each_of_them()
    {
        var tab = await Till.Post("/checkout-sessions", $$"""
            {
              "sessionType": "TAB", "channel": "POS", "fulfillmentType": "DINE_IN", "tableNumber": "F7",
              "clientReference": "round-7", "items": [{ "menuId": "{{Chai}}", "quantity": 1 }]
            }
            """).Is(201);
        var lists = new[]
        {
            ("/checkout-sessions", $"{tab.Id}"), ("/orders", tab["orderId"]), ("/bills", tab["billId"]),
            ($"/kitchens/{Kitchen.Id}/tickets", tab["orderId"]),
        };
        foreach (var (path, id) in lists)
        {
            foreach (var filter in OfSale.Append(string.Join('&', OfSale)))
                await Till.Get($"{path}?{filter}").Is(200, $$"""{ "data": [{ "id": "{{id}}" }] }""");
            // The sale of a table has a number as well, but no slip; an order and its ticket have the number alone.
            foreach (var filter in OfOthers.Where(filter => !filter.StartsWith("slip") || path is "/bills"))
                await Till.Get($"{path}?{filter}").Is(200, """{ "data": [] }""");
            await Till.Get($"{path}?currency=EUR").Is(400, """{ "code": "invalid-type" }""");
            await Till.Get($"{path}?slipNumber=0001-9").Is(422, """{ "code": "slip-number-invalid" }""");
            await Till.Get($"{path}?status=NONE").Is(400, """{ "code": "invalid-type" }""");
            await Till.Get($"{path}?table=F7").Is(422, """{ "code": "unknown-parameter" }""");
        }
    }

    [Fact]
    public async Task Tickets_are_walked_forth_and_back()
    {
        var tickets = new List<Guid>();
        var at = await TestKitchen.Open(Restaurant, "Forth and back");
        for (var sale = 0; sale < 3; sale++)
        {
            await Pass(1.Seconds);
            var sold = await at.Cashier.Post("/checkout-sessions", $$"""
                {
                  "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
                  "items": [{ "menuId": "{{at.Chai}}", "quantity": 1 }],
                  "payments": [{ "paymentMethod": "CASH", "amount": 1000 }]
                }
                """).Is(201);
            tickets.Add(Guid.Parse(sold["orderId"]));
        }

        var path = $"/kitchens/{at.Id}/tickets?limit=1";
        var first = await at.Cook.Get(path).Is(200, Of(tickets[0]));
        var second = await at.Cook.Get($"{path}&after={first["paging.after"]}").Is(200, Of(tickets[1]));
        await at.Cook.Get($"{path}&after={second["paging.after"]}").Is(200, Of(tickets[2]));
        var back = await at.Cook.Get($"{path}&before={second["paging.before"]}").Is(200, Of(tickets[0]));
        await at.Cook.Get($"{path}&after={back["paging.after"]}").Is(200, Of(tickets[1]));
        await at.Cook.Get($"{path}&after={first["paging.after"]}&before={second["paging.before"]}").Is(400);

        static string Of(Guid ticket) => $$"""{ "data": [{ "id": "{{ticket}}" }] }""";
    }
}
