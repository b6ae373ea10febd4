using System.Globalization;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Management;

/// <summary>A manager's list of the day. Each of these has a kitchen of its own.</summary>
public sealed class SalesReports(Restaurant restaurant) : Scenario(restaurant)
{
    [Fact]
    public async Task What_was_sold_is_what_was_paid_and_what_bills_still_owe()
    {
        var at = await Open();
        await Sell(at, "PICKUP", Lines((at.Pilau, 1), (at.Chai, 2)), Cash(7000)).Is(201);
        await Sell(at, "PICKUP", Lines((at.Nyama, 2)), """{ "paymentMethod": "CARD", "amount": 4000 }""", Cash(2000)).Is(201);
        var open = await Tab(at, "1", Lines((at.Pilau, 2), (at.Chai, 1)));
        var paid = await Tab(at, "2", Lines((at.Mishkaki, 2)));
        await at.Cashier.Post($"/bills/{paid}/pay", Payments(Cash(5000))).Is(200, """{ "status": "PAID" }""");

        var report = await Report(at).Is(200, $$"""
            {
              "object": "sales_report", "currency": "TZS",
              "total": { "orders": 4, "quantity": 10, "sold": 29000, "voided": 0, "refunded": 0, "net": 29000 },
              "paymentMethods": [
                { "paymentMethod": "CASH", "payments": 3, "taken": 14000, "returned": 0, "net": 14000 },
                { "paymentMethod": "CARD", "payments": 1, "taken": 4000, "returned": 0, "net": 4000 }
              ],
              "channels": [{ "channel": "POS", "orders": 4, "net": 29000 }],
              "staff": [{ "name": "Juma", "orders": 4, "quantity": 10, "net": 29000 }],
              "bills": { "unpaidBefore": 0, "unpaid": 11000, "writtenOff": 0 }
            }
            """);
        report.Holds($$"""{ "menuId": "{{at.Pilau}}", "name": "Pilau", "quantity": 3, "net": 15000 }""", "items");
        report.Holds($$"""{ "menuId": "{{at.Chai}}", "name": "Chai", "quantity": 3, "net": 3000 }""", "items");
        Assert.Equal(at.Pilau.ToString(), report["items.0.menuId"]);
        Fits(report);

        var bill = await at.Cashier.Get($"/bills/{open}").Is(200, """{ "balance": 11000 }""");
        await at.Manager.Post($"/bills/{open}/items/{bill["items.0.id"]}/void", """{ "reason": "Cold", "quantity": 1 }""").Is(200);
        await at.Manager.Post($"/bills/{open}/write-off", """{ "reason": "Ran away" }""").Is(200);
        Fits(await Report(at).Is(200, """
            {
              "total": { "sold": 29000, "voided": 5000, "net": 24000, "quantityVoided": 1 },
              "bills": { "unpaidBefore": 0, "unpaid": 0, "writtenOff": 6000 }
            }
            """));
    }

    [Fact]
    public async Task Refunds_and_voids_that_give_money_back_are_shown_where_they_belong()
    {
        var at = await Open();
        await at.Manager.Patch($"/kitchens/{at.Id}/settings", """{ "settings": { "allowPartPayments": true } }""").Is(200);
        var sale = await Sell(at, "PICKUP", Lines((at.Pilau, 2), (at.Chai, 1)), Cash(11_000)).Is(201);
        var order = sale["orderId"];
        await at.Manager.Post($"/orders/{order}/refunds", $$"""
            { "items": [{ "menuId": "{{at.Pilau}}", "quantity": 1 }, { "menuId": "{{at.Chai}}" }], "reason": "Cold" }
            """).Is(201);
        await at.Manager.Post($"/orders/{order}/refunds", """{ "amount": 500, "reason": "Late" }""").Is(201);
        var part = await Tab(at, "1", Lines((at.Nyama, 1), (at.Chipsi, 1)));
        await at.Cashier.Post($"/bills/{part}/pay", Payments(Cash(4000))).Is(200, """{ "balance": 1000 }""");
        var line = (await at.Cashier.Get($"/bills/{part}"))["items.0.id"];
        await at.Manager.Post($"/bills/{part}/items/{line}/void", """{ "reason": "Burnt" }""")
            .Is(200, """{ "status": "PAID", "paid": 2000 }""");

        var report = await Report(at).Is(200, """
            {
              "total": {
                "sold": 16000, "voided": 3000, "refunded": 6500, "net": 6500, "quantityVoided": 1, "quantityRefunded": 2
              },
              "paymentMethods": [{ "paymentMethod": "CASH", "taken": 15000, "returned": 8500, "net": 6500 }],
              "bills": { "unpaid": 0 }
            }
            """);
        report.Holds("""{ "name": "Pilau", "quantity": 2, "quantityRefunded": 1, "refunded": 5000, "net": 5000 }""", "items");
        report.Holds("""{ "name": "Nyama choma", "quantity": 1, "quantityVoided": 1, "voided": 3000, "net": 0 }""", "items");
        report.Holds("""{ "menuId": null, "name": null, "quantity": 0, "refunded": 500, "net": -500 }""", "items");
        Fits(report);
    }

    [Fact]
    public async Task A_day_that_is_over_stays_as_it_was()
    {
        var at = await Open();
        var sale = await Sell(at, "PICKUP", Lines((at.Pilau, 1)), Cash(5000)).Is(201);
        var bill = await Tab(at, "1", Lines((at.Chai, 3)));
        var first = await Report(at).Is(200, """{ "bills": { "unpaidBefore": 0, "unpaid": 3000 } }""");
        var day = first["businessDate"];

        await Restaurant.NextDay();
        await at.BeginShift();
        await at.Manager.Post($"/orders/{sale["orderId"]}/refunds", """{ "amount": 5000, "reason": "Late" }""").Is(201);
        await at.Cashier.Post($"/bills/{bill}/pay", Payments(Cash(3000))).Is(200, """{ "status": "PAID" }""");

        Assert.Equal(first.Body, (await at.Manager.Get($"/kitchens/{at.Id}/sales-report?date={day}").Is(200)).Body);
        var second = await Report(at).Is(200, """
            {
              "total": { "orders": 0, "sold": 0, "refunded": 5000, "net": -5000 },
              "paymentMethods": [{ "paymentMethod": "CASH", "payments": 1, "taken": 3000, "returned": 5000, "net": -2000 }],
              "bills": { "unpaidBefore": 3000, "unpaid": 0 }
            }
            """);
        Fits(first);
        Fits(second);
        Assert.Equal(first["until"], second["from"]);
    }

    [Fact]
    public async Task A_day_begins_when_the_kitchen_says_and_hours_are_the_kitchens()
    {
        var at = await Open();
        await at.Manager.Patch($"/kitchens/{at.Id}/settings", """{ "settings": { "timeZone": "Africa/Lagos", "dayStartsAt": "06:30" } }""").Is(200);
        var local = TimeZoneInfo.ConvertTime(Restaurant.Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Africa/Lagos"));
        await Sell(at, "PICKUP", Lines((at.Chai, 1)), Cash(1000)).Is(201);

        var report = await Report(at).Is(200, $$"""
            { "total": { "orders": 1 }, "hours": [{ "hour": {{local.Hour}}, "orders": 1, "quantity": 1, "net": 1000 }] }
            """);
        Assert.EndsWith("T05:30:00.000Z", report["from"], StringComparison.Ordinal);
        Assert.EndsWith("T05:30:00.000Z", report["until"], StringComparison.Ordinal);
        Fits(report);
    }

    [Fact]
    public async Task A_spreadsheet_gets_a_table_and_no_formula()
    {
        var at = await Open();
        var trap = await at.AddDish("=HYPERLINK(\"http://x.example\",\"Ugali\")", 700);
        var quoted = await at.AddDish("Wali, \"maharage\"", 900);
        await Sell(at, "PICKUP", Lines((trap, 1), (quoted, 2)), Cash(2500)).Is(201);

        var csv = await at.Manager.Get($"/kitchens/{at.Id}/sales-report.csv").Is(200);

        Assert.Equal("text/csv; charset=utf-8", csv.Header("Content-Type"));
        var day = (await Report(at).Is(200))["businessDate"];
        Assert.Equal($"attachment; filename=\"sales-{day}.csv\"", csv.Header("Content-Disposition"));
        var lines = csv.Body.Split("\r\n");
        Assert.Equal(
            "section,key,name,orders,quantity,quantityVoided,quantityRefunded,sold,voided,refunded,payments,taken,returned,corrected,net,currency",
            lines[0]);
        Assert.Equal($"TOTAL,{day},,1,3,0,0,2500,0,0,,,,,2500,TZS", lines[1]);
        Assert.Contains($""""ITEM,{quoted},"Wali, ""maharage""",,2,0,0,1800,0,0,,,,,1800,TZS"""", lines);
        Assert.Contains(
            $""""ITEM,{trap},"'=HYPERLINK(""http://x.example"",""Ugali"")",,1,0,0,700,0,0,,,,,700,TZS"""", lines);
        Assert.Contains("PAYMENT_METHOD,CASH,,,,,,,,,1,2500,0,0,2500,TZS", lines);
        Assert.Contains("BILLS,UNPAID,,,,,,,,,,,,,0,TZS", lines);
        Assert.Equal("", lines[^1]);
    }

    [Fact]
    public async Task Only_managers_and_operators_see_it_and_only_of_a_day_that_can_be()
    {
        var path = $"/kitchens/{Kitchen.Id}/sales-report";
        await (await Restaurant.Operator()).Get(path).Is(200);
        foreach (var end in new[] { "", ".csv" })
        {
            await Till.Get(path + end).Is(403, """{ "code": "role-not-allowed" }""");
            await Kitchen.Cook.Get(path + end).Is(403);
            await Kiosk.Get(path + end).Is(403);
            await Restaurant.Stranger.Get(path + end).Is(401);
            await Restaurant.Neighbour.Manager.Get(path + end).Is(404, """{ "code": "not-found" }""");
            await Kitchen.Manager.Get($"{path}{end}?date=yesterday").Is(400, """{ "code": "invalid-type" }""");
            foreach (var day in new[] { "0001-01-01", "9999-12-31", "2019-12-31" })
                await Kitchen.Manager.Get($"{path}{end}?date={day}").Is(422, """{ "code": "parameter-out-of-range" }""");
            await Kitchen.Manager.Get($"{path}{end}?day=2026-01-01").Is(422, """{ "code": "unknown-parameter" }""");
            await Kitchen.Manager.Get($"{path}{end}?date=2020-01-01").Is(200);
        }
    }

    /// <summary>The totals by item are those by method, and what bills owe and nobody pays; every list says the same.</summary>
    internal static void Fits(Answer report)
    {
        var net = Net(report, "items");
        Assert.Equal(
            net,
            Net(report, "paymentMethods") + Long(report["bills.writtenOff"]) + Long(report["bills.unpaid"])
                - Long(report["bills.unpaidBefore"]));
        foreach (var list in new[] { "channels", "staff", "hours" }) Assert.Equal(net, Net(report, list));
        Assert.Equal(net, Long(report["total.net"]));
    }

    private static long Net(Answer report, string list) =>
        report.At(list).EnumerateArray().Sum(line => line.GetProperty("net").GetInt64());

    private static long Long(string number) => long.Parse(number, CultureInfo.InvariantCulture);

    private Task<TestKitchen> Open() => TestKitchen.Open(Restaurant, "A kitchen with a list");

    internal static Task<Answer> Report(TestKitchen at) => at.Manager.Get($"/kitchens/{at.Id}/sales-report");

    private static Task<Answer> Sell(TestKitchen at, string way, string items, params string[] payments) =>
        at.Cashier.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "{{way}}",
              "items": [{{items}}], "payments": [{{string.Join(", ", payments)}}]
            }
            """);

    private static async Task<string> Tab(TestKitchen at, string table, string items) =>
        (await at.Cashier.Post("/checkout-sessions", $$"""
            {
              "sessionType": "TAB", "channel": "POS", "fulfillmentType": "DINE_IN", "tableNumber": "{{table}}",
              "items": [{{items}}]
            }
            """).Is(201))["billId"];

    private static string Lines(params (Guid Dish, int Quantity)[] lines) => string.Join(
        ", ", lines.Select(line => $$"""{ "menuId": "{{line.Dish}}", "quantity": {{line.Quantity}} }"""));

    private static string Payments(params string[] payments) => $$"""{ "payments": [{{string.Join(", ", payments)}}] }""";

    private static string Cash(long amount) => $$"""{ "paymentMethod": "CASH", "amount": {{amount}} }""";
}
