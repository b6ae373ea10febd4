using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Shifts;

/// <summary>The money of a till, from the float to the count. Each of these has a kitchen, and so a till, of its own.</summary>
public sealed class TillShifts(Restaurant restaurant) : Scenario(restaurant)
{
    [Fact]
    public async Task A_day_at_the_till()
    {
        var at = await Open();
        var shift = await at.Cashier.Post("/shifts", """{ "float": 20000 }""").Is(201, $$"""
            {
              "object": "shift", "status": "OPEN", "kind": "REGULAR", "tillId": "{{at.TillId}}", "float": 20000,
              "currency": "TZS", "openedAt": "*", "openedBy": "*", "closedAt": null, "expectedCash": null
            }
            """);
        Assert.Equal($"/api/v1/shifts/{shift.Id}", shift.Header("Location"));

        await Sell(at, """{ "paymentMethod": "CASH", "amount": 5000, "tendered": 10000 }""").Is(201, """
            { "payments": [{ "amount": 5000, "tendered": 10000, "change": 5000, "status": "PAID" }] }
            """);
        await Sell(at, """{ "paymentMethod": "CARD", "amount": 3000 }""", $$"""
            { "paymentMethod": "KITCHEN_CHANNEL", "amount": 2000, "kitchenPaymentMethodId": "{{at.LipaVoda}}" }
            """).Is(201);
        await at.Cashier.Post($"/shifts/{shift.Id}/pay-ins", """{ "amount": 10000, "reason": "Change from the bank" }""").Is(201, """
            { "object": "drawer_movement", "type": "PAY_IN", "amount": 10000, "reason": "Change from the bank", "by": "*" }
            """);
        await Pass(1.Minutes);
        await at.Cashier.Post($"/shifts/{shift.Id}/pay-outs", """{ "amount": 3000, "reason": "Milk" }""")
            .Is(201, """{ "type": "PAY_OUT", "amount": 3000 }""");
        var cancelled = await Sell(
            at, """{ "paymentMethod": "CASH", "amount": 2000 }""", """{ "paymentMethod": "MOBILE_MONEY", "amount": 3000 }""").Is(201);
        await at.Cashier.Post($"/checkout-sessions/{cancelled.Id}/cancel").Is(200, """{ "cashToReturn": 2000 }""");
        await at.Cashier.Post($"/checkout-sessions/{cancelled.Id}/return-money").Is(200);

        // Who counts is not told what should be there; the manager is.
        var blind = await at.Cashier.Get($"/shifts/{shift.Id}").Is(200, """
            {
              "status": "OPEN", "expectedCash": null, "takings": null, "paidIn": null,
              "cashMovements": [{ "type": "PAY_IN", "amount": 10000 }, { "type": "PAY_OUT", "amount": 3000 }]
            }
            """);
        Assert.DoesNotContain("32000", blind.Body, StringComparison.Ordinal);
        await at.Cashier.Get($"/shifts/{shift.Id}/report").Is(409, """{ "code": "shift-not-closed" }""");
        await at.Manager.Get($"/shifts/{shift.Id}").Is(200, """{ "status": "OPEN", "expectedCash": 32000 }""");

        await at.Cashier.Post($"/shifts/{shift.Id}/close", """{ "counted": 31500, "note": "A coin fell down" }""").Is(200, """
            {
              "status": "CLOSED", "counted": 31500, "expectedCash": 32000, "difference": -500, "note": "A coin fell down",
              "float": 20000, "paidIn": 10000, "paidOut": 3000,
              "takings": [
                { "paymentMethod": "CASH", "payments": 2, "taken": 7000, "returned": 2000 },
                { "paymentMethod": "CARD", "payments": 1, "taken": 3000, "returned": 0 },
                { "paymentMethod": "KITCHEN_CHANNEL", "payments": 1, "taken": 2000, "returned": 0 }
              ]
            }
            """);
        await at.Cashier.Get($"/shifts/{shift.Id}").Is(200, """{ "status": "CLOSED", "expectedCash": 32000, "difference": -500 }""");

        var books = await (await Restaurant.Operator()).Get($"/operator/kitchens/{at.Id}/trial-balance").Is(200);
        books.Holds("""{ "account": "DRAWER", "balance": 0 }""");
        books.Holds("""{ "account": "SAFE", "balance": 4500 }""");
        books.Holds("""{ "account": "OVER_SHORT", "balance": 500 }""");
    }

    [Fact]
    public async Task A_refund_comes_out_of_the_shift_of_the_till_that_pays_it()
    {
        var at = await Open();
        var first = await at.Cashier.Post("/shifts", """{ "float": 10000 }""").Is(201);
        var early = await Sell(at, """{ "paymentMethod": "CASH", "amount": 5000 }""").Is(201);
        var late = await Sell(
            at, """{ "paymentMethod": "CARD", "amount": 3000 }""", """{ "paymentMethod": "CASH", "amount": 2000 }""").Is(201);

        await at.Manager.Post($"/orders/{early["orderId"]}/refunds", """{ "amount": 1500, "reason": "Cold" }""").Is(201);
        await at.Manager.Get($"/shifts/{first.Id}").Is(200, """
            {
              "expectedCash": 15500,
              "takings": [
                { "paymentMethod": "CASH", "payments": 2, "taken": 7000, "returned": 1500 },
                { "paymentMethod": "CARD", "payments": 1, "taken": 3000, "returned": 0 }
              ]
            }
            """);
        await at.Cashier.Post($"/shifts/{first.Id}/close", """{ "counted": 15500 }""").Is(200, """{ "difference": 0 }""");

        // What one shift has taken may be given back by another: whose drawer it leaves answers for it.
        var second = await at.SecondCashier.Post("/shifts", """{ "float": 8000 }""").Is(201);
        await at.Manager.Post($"/orders/{late["orderId"]}/refunds", """{ "amount": 5000, "reason": "Cold" }""").Is(201);
        await at.SecondCashier.Post($"/shifts/{second.Id}/close", """{ "counted": 6000 }""").Is(200, """
            {
              "expectedCash": 6000, "difference": 0,
              "takings": [
                { "paymentMethod": "CASH", "payments": 0, "taken": 0, "returned": 2000 },
                { "paymentMethod": "CARD", "payments": 0, "taken": 0, "returned": 3000 }
              ]
            }
            """);
        await at.Manager.Get($"/shifts/{first.Id}").Is(200, """{ "expectedCash": 15500 }""");
    }

    [Fact]
    public async Task The_report_is_printed_on_either_paper()
    {
        var at = await Open("Mama Fatuma");
        var shift = await at.Cashier.Post("/shifts", """{ "float": 10000 }""").Is(201);
        await Sell(at, """{ "paymentMethod": "CASH", "amount": 5000 }""").Is(201);
        await at.Cashier.Post($"/shifts/{shift.Id}/pay-outs", """{ "amount": 1500, "reason": "Charcoal for the grill and matches" }""").Is(201);
        await at.Cashier.Post($"/shifts/{shift.Id}/close", """{ "counted": 13600 }""").Is(200, """{ "difference": 100 }""");

        var report = await at.Manager.Get($"/shifts/{shift.Id}/report?paper=58").Is(200);

        Assert.Equal("text/plain; charset=utf-8", report.Header("Content-Type"));
        var opened = TimeZoneInfo.ConvertTime(Restaurant.Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Africa/Dar_es_Salaam"));
        Assert.Equal(
            $"""
                      Mama Fatuma
                         Shift
            Opened {opened:d MMM yyyy HH:mm} by Juma
            Closed {opened:d MMM yyyy HH:mm} by Juma
            --------------------------------
            1 x CASH                   5,000
            --------------------------------
            Charcoal for the grill
            and matches               -1,500
            --------------------------------
            Float                     10,000
            Cash expected             13,500
            Cash counted              13,600
            OVER                         100

            """.ReplaceLineEndings("\n"),
            report.Body);
        Assert.All(
            (await at.Manager.Get($"/shifts/{shift.Id}/report").Is(200)).Body.Split('\n'),
            line => Assert.InRange(line.Length, 0, 48));
        await at.Manager.Get($"/shifts/{shift.Id}/report?paper=70").Is(400, """{ "code": "invalid-type" }""");
    }

    [Fact]
    public async Task A_sale_after_the_closing_is_rescued()
    {
        var at = await Open();
        var shift = await at.Cashier.Post("/shifts", """{ "float": 1000 }""").Is(201);
        await at.Cashier.Post($"/shifts/{shift.Id}/close", """{ "counted": 1000 }""").Is(200, """{ "difference": 0 }""");
        await at.Manager.Get("/shifts?status=OPEN").Is(200, """{ "data": [] }""");

        await Sell(at, """{ "paymentMethod": "CASH", "amount": 5000 }""").Is(201, """{ "status": "CONFIRMED" }""");

        var found = await at.Manager.Get("/shifts?status=OPEN")
            .Is(200, $$"""{ "data": [{ "kind": "RESCUE", "tillId": "{{at.TillId}}", "openedBy": null, "float": 0 }] }""");
        var rescue = found.At("data")[0].GetProperty("id").GetGuid();
        await at.Cashier.Get("/shifts?status=OPEN").Is(200, """{ "data": [] }""");
        await at.Cashier.Post($"/shifts/{rescue}/close", """{ "counted": 5000 }""").Is(403, """{ "code": "role-not-allowed" }""");

        // The next shift begins with its own float, and the money that nobody counted stays apart from it.
        var next = await at.Cashier.Post("/shifts", """{ "float": 2000 }""").Is(201);
        await Sell(at, """{ "paymentMethod": "CASH", "amount": 5000 }""").Is(201);
        await at.Manager.Get($"/shifts/{rescue}").Is(200, """
            { "status": "OPEN", "expectedCash": 5000, "takings": [{ "paymentMethod": "CASH", "payments": 1, "taken": 5000 }] }
            """);
        await at.Manager.Post($"/shifts/{rescue}/pay-outs", """{ "amount": 1000, "reason": "To the bank" }""").Is(201);
        await at.Manager.Post($"/shifts/{rescue}/close", """{ "counted": 4000 }""")
            .Is(200, """{ "expectedCash": 4000, "difference": 0 }""");
        await at.Cashier.Post($"/shifts/{next.Id}/close", """{ "counted": 7000 }""")
            .Is(200, """{ "expectedCash": 7000, "difference": 0 }""");
        await at.Manager.Get("/shifts?status=OPEN").Is(200, """{ "data": [] }""");
    }

    [Fact]
    public async Task What_was_taken_before_the_first_shift_is_rescued_too()
    {
        var at = await Open();
        await Sell(at, """{ "paymentMethod": "CASH", "amount": 5000 }""").Is(201);
        await at.Manager.Get("/shifts").Is(200, """{ "data": [] }""");

        var shift = await at.Cashier.Post("/shifts", """{ "float": 0 }""").Is(201);

        await at.Manager.Get($"/shifts/{shift.Id}").Is(200, """{ "expectedCash": 0 }""");
        var rescue = (await at.Manager.Get("/shifts").Is(200)).At("data").EnumerateArray()
            .Single(one => one.GetProperty("kind").GetString() == "RESCUE").GetProperty("id").GetGuid();
        await at.Manager.Post($"/shifts/{rescue}/close", """{ "counted": 4000 }""").Is(200, """{ "difference": -1000 }""");
        await at.Cashier.Post($"/shifts/{shift.Id}/close", """{ "counted": 0 }""").Is(200, """{ "difference": 0 }""");
    }

    [Fact]
    public async Task A_shift_is_closed_once_and_the_same_key_gets_the_same_answer()
    {
        var at = await Open();
        var shift = await at.Cashier.WithKey("open").Post("/shifts", """{ "float": 500 }""").Is(201);
        var again = await at.Cashier.WithKey("open").Post("/shifts", """{ "float": 500 }""").Is(201);
        Assert.Equal((shift.Body, "true"), (again.Body, again.Header("Idempotency-Replayed")));
        await at.Cashier.Post("/shifts", """{ "float": 500 }""").Is(409, """{ "code": "shift-already-open" }""");
        var paidIn = await at.Cashier.WithKey("in").Post($"/shifts/{shift.Id}/pay-ins", """{ "amount": 100, "reason": "Coins" }""").Is(201);
        Assert.Equal(
            paidIn.Body,
            (await at.Cashier.WithKey("in").Post($"/shifts/{shift.Id}/pay-ins", """{ "amount": 100, "reason": "Coins" }""")).Body);

        var closed = await at.Cashier.WithKey("close").Post($"/shifts/{shift.Id}/close", """{ "counted": 600 }""").Is(200);
        var replay = await at.Cashier.WithKey("close").Post($"/shifts/{shift.Id}/close", """{ "counted": 600 }""").Is(200);

        Assert.Equal((closed.Body, "true"), (replay.Body, replay.Header("Idempotency-Replayed")));
        await at.Cashier.WithKey("close").Post($"/shifts/{shift.Id}/close", """{ "counted": 601 }""")
            .Is(422, """{ "code": "idempotency-key-reused" }""");
        foreach (var (path, body) in new[]
        {
            ("close", """{ "counted": 600 }"""), ("pay-ins", """{ "amount": 1, "reason": "Coins" }"""),
            ("pay-outs", """{ "amount": 1, "reason": "Coins" }"""),
        })
        {
            await at.Cashier.Post($"/shifts/{shift.Id}/{path}", body).Is(409, """{ "code": "shift-not-open" }""");
        }
    }

    [Fact]
    public async Task Nobody_touches_anothers_shift_but_the_manager()
    {
        var at = await Open();
        var shift = await at.Cashier.Post("/shifts", """{ "float": 0 }""").Is(201);
        var count = """{ "counted": 0 }""";

        foreach (var path in new[] { "", "/report" })
            await at.SecondCashier.Get($"/shifts/{shift.Id}{path}").Is(403, """{ "code": "role-not-allowed" }""");
        await at.SecondCashier.Post($"/shifts/{shift.Id}/close", count).Is(403, """{ "code": "role-not-allowed" }""");
        await at.SecondCashier.Post($"/shifts/{shift.Id}/pay-outs", """{ "amount": 1, "reason": "Lunch" }""").Is(403);
        await at.SecondCashier.Get("/shifts").Is(200, """{ "data": [] }""");
        foreach (var stranger in new[] { Restaurant.Neighbour.Manager, Restaurant.Neighbour.Cashier })
        {
            await stranger.Get($"/shifts/{shift.Id}").Is(404, """{ "code": "not-found" }""");
            await stranger.Post($"/shifts/{shift.Id}/close", count).Is(404, """{ "code": "not-found" }""");
        }

        foreach (var nobody in new[] { at.Cook, at.Kiosk, Restaurant.AppUser, await Restaurant.Operator() })
            await nobody.Post($"/shifts/{shift.Id}/close", count).Is(403, """{ "code": "role-not-allowed" }""");
        await at.Manager.Post($"/shifts/{shift.Id}/close", count).Is(200, """{ "status": "CLOSED" }""");
    }

    [Theory]
    [InlineData("", """{ "float": -1 }""", 422, "amount-out-of-range")]
    [InlineData("", """{ "float": 1000000000001 }""", 422, "amount-out-of-range")]
    [InlineData("", """{ "float": 1.5 }""", 400, "invalid-type")]
    [InlineData("", "{}", 422, "field-required")]
    [InlineData("", """{ "float": 0, "tillId": "7d444840-9dc0-11d1-b245-5ffdce74fad2" }""", 422, "unknown-field")]
    [InlineData("/pay-ins", """{ "amount": 0, "reason": "Nothing" }""", 422, "amount-out-of-range")]
    [InlineData("/pay-outs", """{ "amount": 1, "reason": " " }""", 422, "invalid-text")]
    [InlineData("/pay-outs", """{ "amount": 1, "reason": "4111111111111111" }""", 422, "card-data-not-accepted")]
    [InlineData("/pay-outs", """{ "amount": 1 }""", 422, "field-required")]
    [InlineData("/close", """{ "counted": -1 }""", 422, "amount-out-of-range")]
    [InlineData("/close", """{ "counted": "100" }""", 400, "invalid-type")]
    [InlineData("/close", "{}", 422, "field-required")]
    public async Task What_cannot_be_is_refused(string path, string body, int status, string code)
    {
        var at = Restaurant.Neighbour;
        var before = await Trace.Of(Restaurant.Database);

        await at.Cashier.Post($"/shifts{(path.Length > 0 ? $"/{Guid.NewGuid()}{path}" : "")}", body)
            .Is(status, $$"""{ "code": "{{code}}" }""");

        Assert.Equal(before, await Trace.Of(Restaurant.Database));
    }

    [Fact]
    public async Task Shifts_are_listed_newest_first_in_pages()
    {
        var at = await Open();
        var ids = new List<string>();
        for (var opened = 0; opened < 3; opened++)
        {
            var shift = await at.Cashier.Post("/shifts", """{ "float": 100 }""").Is(201);
            ids.Insert(0, $"{shift.Id}");
            await at.Cashier.Post($"/shifts/{shift.Id}/close", """{ "counted": 100 }""").Is(200);
            await Pass(1.Minutes);
        }

        var page = await at.Manager.Get("/shifts?limit=2").Is(200, $$"""
            { "data": [{ "id": "{{ids[0]}}" }, { "id": "{{ids[1]}}" }], "paging": { "hasMore": true } }
            """);
        await at.Manager.Get($"/shifts?limit=2&after={page.At("paging").GetProperty("after").GetString()}")
            .Is(200, $$"""{ "data": [{ "id": "{{ids[2]}}" }], "paging": { "hasMore": false } }""");
        await at.Manager.Get("/shifts?status=CLOSED&limit=1").Is(200, """{ "data": [{ "status": "CLOSED", "difference": 0 }] }""");
        await at.Manager.Get("/shifts?status=GONE").Is(400);
    }

    private Task<TestKitchen> Open(string name = "A kitchen with a till") => TestKitchen.Open(Restaurant, name);

    internal static Task<Answer> Sell(TestKitchen at, params string[] payments) => at.Cashier.Post("/checkout-sessions", $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{at.Pilau}}", "quantity": 1 }], "payments": [{{string.Join(", ", payments)}}]
        }
        """);
}
