using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Management;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Shifts;

/// <summary>A manager corrects what was keyed wrongly. Each of these has a kitchen, and so a till, of its own.</summary>
public sealed class Corrections(Restaurant restaurant) : Scenario(restaurant)
{
    [Fact]
    public async Task Cash_that_was_a_card_leaves_the_drawer_of_the_open_shift()
    {
        var (at, shift) = await Open(@float: 1000);
        var sale = await TillShifts.Sell(at, Cash(5000, tendered: 10_000)).Is(201);

        using var screen = await at.Manager.Follow($"/kitchens/{at.Id}/tickets/stream");
        var corrected = await Correct(at.Manager.WithKey("wrong"), sale, Card).Is(201, $$"""
            {
              "object": "payment_correction", "sessionId": "{{sale.Id}}", "paymentId": "{{sale["payments.0.id"]}}",
              "from": "CASH", "to": "CARD", "amount": 5000, "reason": "Keyed wrongly", "byId": "*", "corrects": null
            }
            """);
        var again = await Correct(at.Manager.WithKey("wrong"), sale, Card).Is(201);
        Assert.Equal((corrected.Body, "true"), (again.Body, again.Header("Idempotency-Replayed")));

        await at.Cashier.Get($"/checkout-sessions/{sale.Id}?expand=timeline").Is(200, $$"""
            {
              "status": "CONFIRMED", "orderId": "{{sale["orderId"]}}",
              "payments": [{
                "paymentMethod": "CARD", "amount": 5000, "status": "PAID", "tendered": null,
                "corrections": [{ "id": "{{corrected.Id}}", "from": "CASH", "to": "CARD" }]
              }],
              "timeline": [{}, {}, { "event": "PAYMENT_CORRECTED", "by": "STAFF" }]
            }
            """);
        await at.Manager.Get($"/shifts/{shift}").Is(200, """
            {
              "expectedCash": 1000, "paymentCorrections": null,
              "takings": [
                { "paymentMethod": "CASH", "payments": 1, "taken": 5000, "returned": 0, "corrected": -5000 },
                { "paymentMethod": "CARD", "payments": 0, "taken": 0, "corrected": 5000 }
              ]
            }
            """);
        await at.Manager.Get($"/kitchens/{at.Id}/audit?limit=1").Is(200, """{ "data": [{ "action": "payment.corrected", "byKind": "STAFF" }] }""");
        await at.Cashier.Post($"/shifts/{shift}/close", """{ "counted": 1000 }""")
            .Is(200, """{ "expectedCash": 1000, "difference": 0, "corrected": null }""");
        var report = await SalesReports.Report(at).Is(200, $$"""
            {
              "total": { "orders": 1, "net": 5000 },
              "paymentMethods": [
                { "paymentMethod": "CASH", "payments": 1, "taken": 5000, "corrected": -5000, "net": 0 },
                { "paymentMethod": "CARD", "payments": 0, "taken": 0, "corrected": 5000, "net": 5000 }
              ],
              "paymentCorrections": [{ "id": "{{corrected.Id}}", "from": "CASH", "to": "CARD", "amount": 5000 }]
            }
            """);
        SalesReports.Fits(report);
        Assert.Equal(1, await Restaurant.Database.Ask<long>($"SELECT count(*) FROM jiko.customer_order WHERE kitchen_id = '{at.Id}'"));
        Assert.Equal(1, await Restaurant.Database.Ask<long>($$"""
            SELECT count(*) FROM jiko.event WHERE kitchen_id = '{{at.Id}}' AND payload::jsonb ->> 'type' = 'payment.corrected'
            """));
    }

    [Fact]
    public async Task A_closed_shift_stays_as_it_was_and_the_correction_is_told_beside_it()
    {
        var (at, shift) = await Open(@float: 1000);
        var card = await TillShifts.Sell(at, Cash(5000)).Is(201);
        var cash = await TillShifts.Sell(at, """{ "paymentMethod": "CARD", "amount": 5000 }""").Is(201);
        var lipa = await TillShifts.Sell(at, Cash(5000)).Is(201);
        // 5000 of the two sales in cash are in the drawer, the card's too, the channel's are not.
        await at.Cashier.Post($"/shifts/{shift}/close", """{ "counted": 1000 }""")
            .Is(200, """{ "expectedCash": 11000, "difference": -10000 }""");
        var printed = (await at.Manager.Get($"/shifts/{shift}/report").Is(200)).Body;

        await Correct(at.Manager, card, Card).Is(201);
        await Pass(1.Minutes);
        await Correct(at.Manager, lipa, Lipa(at)).Is(201, """{ "from": "CASH", "to": "KITCHEN_CHANNEL" }""");

        await at.Cashier.Get($"/shifts/{shift}").Is(200, """
            {
              "status": "CLOSED", "counted": 1000, "expectedCash": 11000, "difference": -10000,
              "takings": [
                { "paymentMethod": "CASH", "payments": 2, "taken": 10000, "corrected": null },
                { "paymentMethod": "CARD", "payments": 1, "taken": 5000, "corrected": null }
              ],
              "corrected": { "counted": 1000, "expectedCash": 1000, "difference": 0 },
              "paymentCorrections": [{ "from": "CASH", "to": "CARD", "amount": 5000 }, { "to": "KITCHEN_CHANNEL" }]
            }
            """);
        var now = (await at.Manager.Get($"/shifts/{shift}/report").Is(200)).Body;
        Assert.StartsWith(printed, now, StringComparison.Ordinal);
        Assert.Contains("Corrected: CASH was CARD", now, StringComparison.Ordinal);

        await Correct(at.Manager, cash, CashBody).Is(201);
        await at.Manager.Get($"/shifts/{shift}").Is(200, """
            { "expectedCash": 11000, "corrected": { "counted": 1000, "expectedCash": 6000, "difference": -5000 } }
            """);
        var books = await (await Restaurant.Operator()).Get($"/operator/kitchens/{at.Id}/trial-balance").Is(200);
        books.Holds("""{ "account": "OVER_SHORT", "balance": 5000 }""");
        books.Holds("""{ "account": "CARD_TERMINAL", "balance": 5000 }""");
        SalesReports.Fits(await SalesReports.Report(at).Is(200, """
            { "paymentMethods": [
              { "paymentMethod": "CASH", "net": 5000 }, { "paymentMethod": "CARD", "net": 5000 },
              { "paymentMethod": "KITCHEN_CHANNEL", "net": 5000 }] }
            """));

        // The next shift at the till knows nothing of it.
        var next = await at.Cashier.Post("/shifts", """{ "float": 500 }""").Is(201);
        await at.Cashier.Post($"/shifts/{next.Id}/close", """{ "counted": 500 }""").Is(200, """{ "difference": 0, "takings": [] }""");
    }

    [Fact]
    public async Task Only_what_is_left_after_refunds_is_corrected_and_later_refunds_come_by_the_right_method()
    {
        var (at, shift) = await Open(@float: 0);
        var sale = await TillShifts.Sell(at, """{ "paymentMethod": "CARD", "amount": 5000 }""").Is(201);
        var order = sale["orderId"];
        await at.Manager.Post($"/orders/{order}/refunds", """{ "amount": 1000, "reason": "Cold" }""").Is(201);
        await Pass(1.Minutes);

        await Correct(at.Manager, sale, CashBody).Is(201, """{ "amount": 4000, "from": "CARD", "to": "CASH" }""");
        await Pass(1.Minutes);
        await at.Manager.Post($"/orders/{order}/refunds", """{ "amount": 500, "reason": "Cold" }""")
            .Is(201, """{ "payments": [{ "paymentMethod": "CASH", "amount": 500 }] }""");

        await at.Cashier.Get($"/orders/{order}").Is(200, """
            { "refunds": [{ "payments": [{ "paymentMethod": "CARD" }] }, { "payments": [{ "paymentMethod": "CASH" }] }] }
            """);
        await at.Manager.Get($"/shifts/{shift}").Is(200, """{ "expectedCash": 3500 }""");
        await at.Manager.Post($"/orders/{order}/refunds", """{ "amount": 3500, "reason": "Cold" }""").Is(201);
        await Correct(at.Manager, sale, Card, corrects: (await Payment(at, sale))["payments.0.corrections.0.id"])
            .Is(409, """{ "code": "payment-given-back" }""");
    }

    [Fact]
    public async Task A_second_correction_names_the_first()
    {
        var (at, _) = await Open(@float: 0);
        var sale = await TillShifts.Sell(at, Cash(5000)).Is(201);
        await Correct(at.Manager, sale, Card, corrects: $"{Guid.NewGuid()}").Is(404, """{ "code": "not-found" }""");
        var first = await Correct(at.Manager, sale, Card).Is(201);

        await Correct(at.Manager, sale, CashBody).Is(409, $$"""{ "code": "payment-corrected", "correctionId": "{{first.Id}}" }""");
        await Correct(at.Manager, sale, Card, corrects: $"{first.Id}").Is(409, """{ "code": "payment-method-unchanged" }""");
        await Correct(at.Manager, sale, CashBody, corrects: $"{first.Id}")
            .Is(201, $$"""{ "from": "CARD", "to": "CASH", "corrects": "{{first.Id}}" }""");

        await Payment(at, sale).Is(200, """{ "payments": [{ "paymentMethod": "CASH", "corrections": [{}, {}] }] }""");
        SalesReports.Fits(await SalesReports.Report(at).Is(200, """
            { "paymentMethods": [{ "paymentMethod": "CASH", "corrected": 0, "net": 5000 }, { "paymentMethod": "CARD", "net": 0 }] }
            """));
    }

    [Fact]
    public async Task A_drawer_gives_no_more_than_it_holds()
    {
        var (at, shift) = await Open(@float: 0);
        var sale = await TillShifts.Sell(at, Cash(5000)).Is(201);
        await at.Cashier.Post($"/shifts/{shift}/pay-outs", """{ "amount": 1, "reason": "Milk" }""").Is(201);

        await Correct(at.Manager, sale, Card).Is(409, """{ "code": "drawer-holds-less" }""");
        await at.Cashier.Post($"/shifts/{shift}/pay-ins", """{ "amount": 1, "reason": "Milk" }""").Is(201);
        await Correct(at.Manager, sale, Card).Is(201);
    }

    [Fact]
    public async Task What_no_till_takes_by_hand_and_what_is_not_paid_is_not_corrected()
    {
        var (at, _) = await Open(@float: 0);
        var guest = await at.Guest(balance: 9000);
        var wallet = await TillShifts.Sell(at, $$"""
            { "paymentMethod": "KITCHEN_WALLET", "amount": 5000, "kitchenCustomerId": "{{guest}}" }
            """).Is(201);
        var waiting = await TillShifts.Sell(at, Cash(2000), """{ "paymentMethod": "MOBILE_MONEY", "amount": 3000 }""").Is(201);
        var sale = await TillShifts.Sell(at, Cash(5000)).Is(201);

        await Correct(at.Manager, wallet, Card).Is(409, """{ "code": "payment-not-correctable" }""");
        await Correct(at.Manager, waiting, Card).Is(409, """{ "code": "payment-not-correctable" }""");
        foreach (var method in new[] { "MOBILE_MONEY", "KITCHEN_WALLET", "PLATFORM_WALLET" })
            await Correct(at.Manager, sale, $"\"paymentMethod\": \"{method}\"").Is(422, """{ "code": "payment-method-not-allowed" }""");
        await Correct(at.Manager, sale, "\"paymentMethod\": \"KITCHEN_CHANNEL\"").Is(422, """{ "code": "kitchen-payment-method-required" }""");
        await Correct(at.Manager, sale, $"\"paymentMethod\": \"KITCHEN_CHANNEL\", \"kitchenPaymentMethodId\": \"{Guid.NewGuid()}\"")
            .Is(422, """{ "code": "kitchen-payment-method-not-found" }""");
        await Correct(at.Manager, sale, $"\"paymentMethod\": \"CARD\", \"kitchenPaymentMethodId\": \"{at.LipaVoda}\"")
            .Is(422, """{ "code": "kitchen-payment-method-not-allowed" }""");
        var path = $"/checkout-sessions/{sale.Id}/payments/{sale["payments.0.id"]}/corrections";
        await at.Manager.Post(path, """{ "paymentMethod": "CARD", "reason": " " }""").Is(422, """{ "code": "invalid-text" }""");
        await at.Manager.Post(path, """{ "paymentMethod": "CARD" }""").Is(422, """{ "code": "field-required" }""");
        await Correct(at.Manager, sale, CashBody).Is(409, """{ "code": "payment-method-unchanged" }""");
        foreach (var nobody in new[] { at.Cashier, at.Cook, at.Kiosk, Restaurant.AppUser, await Restaurant.Operator() })
            await Correct(nobody, sale, Card).Is(403);
        await Correct(Restaurant.Neighbour.Manager, sale, Card).Is(404, """{ "code": "not-found" }""");
        await at.Manager.Post($"/checkout-sessions/{sale.Id}/payments/{Guid.NewGuid()}/corrections", $$"""{ {{Card}}, "reason": "x" }""")
            .Is(404, """{ "code": "not-found" }""");
        await at.Cashier.Post($"/checkout-sessions/{waiting.Id}/cancel").Is(200);
    }

    [Fact]
    public async Task A_payment_of_a_bill_is_corrected_on_the_bill_too()
    {
        var (at, shift) = await Open(@float: 0);
        var bill = (await at.Cashier.Post("/checkout-sessions", $$"""
            {
              "sessionType": "TAB", "channel": "POS", "fulfillmentType": "DINE_IN", "tableNumber": "1",
              "items": [{ "menuId": "{{at.Pilau}}", "quantity": 1 }]
            }
            """).Is(201))["billId"];
        var paid = await at.Cashier.Post($"/bills/{bill}/pay", $$"""{ "payments": [{{Cash(5000)}}] }""").Is(200, """{ "status": "PAID" }""");
        var session = await at.Cashier.Get($"/checkout-sessions/{paid["payments.0.checkoutSessionId"]}").Is(200);

        await Correct(at.Manager, session, Card).Is(201, """{ "from": "CASH", "to": "CARD" }""");

        await at.Cashier.Get($"/bills/{bill}").Is(200, """
            { "status": "PAID", "paid": 5000, "payments": [{ "payments": [{ "paymentMethod": "CARD", "amount": 5000 }] }] }
            """);
        await at.Manager.Get($"/shifts/{shift}").Is(200, """{ "expectedCash": 0 }""");
    }

    [Fact]
    public async Task What_was_taken_without_a_shift_is_corrected_in_the_rescue_shift_that_waits_for_its_count()
    {
        var at = await TestKitchen.Open(Restaurant, "A kitchen with a till");
        var before = await TillShifts.Sell(at, Cash(5000)).Is(201);
        await Correct(at.Manager, before, Card).Is(201);
        var sale = await TillShifts.Sell(at, Cash(5000)).Is(201);
        var shift = await at.Cashier.Post("/shifts", """{ "float": 0 }""").Is(201);

        await Correct(at.Manager, sale, Card).Is(201);

        await at.Manager.Get($"/shifts/{shift.Id}").Is(200, """{ "expectedCash": 0, "takings": [] }""");
        var rescue = (await at.Manager.Get("/shifts").Is(200)).At("data").EnumerateArray()
            .Single(one => one.GetProperty("kind").GetString() == "RESCUE").GetProperty("id").GetGuid();
        await at.Manager.Post($"/shifts/{rescue}/close", """{ "counted": 0 }""").Is(200, """
            {
              "expectedCash": 0, "difference": 0,
              "takings": [{ "paymentMethod": "CASH", "taken": 10000, "corrected": -10000 }, { "corrected": 10000 }]
            }
            """);
    }

    [Fact]
    public async Task A_count_that_was_typed_wrongly_is_corrected_and_stays_beside_the_right_one()
    {
        var (at, shift) = await Open(@float: 1000);
        await TillShifts.Sell(at, Cash(5000)).Is(201);
        var path = $"/shifts/{shift}/count-corrections";
        await at.Manager.Post(path, """{ "counted": 6000, "reason": "Typed wrongly" }""").Is(409, """{ "code": "shift-not-closed" }""");
        await at.Cashier.Post($"/shifts/{shift}/close", """{ "counted": 600 }""").Is(200, """{ "difference": -5400 }""");

        foreach (var nobody in new[] { at.Cashier, at.Cook, await Restaurant.Operator() })
            await nobody.Post(path, """{ "counted": 6000, "reason": "Typed wrongly" }""").Is(403);
        await Restaurant.Neighbour.Manager.Post(path, """{ "counted": 6000, "reason": "Typed wrongly" }""").Is(404);
        await at.Manager.Post(path, """{ "counted": 6000 }""").Is(422, """{ "code": "field-required" }""");
        await at.Manager.Post(path, """{ "counted": -1, "reason": "Typed wrongly" }""").Is(422, """{ "code": "amount-out-of-range" }""");
        await at.Manager.Post(path, """{ "counted": 600, "reason": "Typed wrongly" }""").Is(409, """{ "code": "count-unchanged" }""");
        var right = await at.Manager.WithKey("count").Post(path, """{ "counted": 6100, "reason": "Typed wrongly" }""").Is(200, """
            {
              "counted": 600, "expectedCash": 6000, "difference": -5400,
              "corrected": { "counted": 6100, "expectedCash": 6000, "difference": 100 },
              "countCorrections": [{ "before": 600, "counted": 6100, "reason": "Typed wrongly", "corrects": null }]
            }
            """);
        var again = await at.Manager.WithKey("count").Post(path, """{ "counted": 6100, "reason": "Typed wrongly" }""").Is(200);
        Assert.Equal((right.Body, "true"), (again.Body, again.Header("Idempotency-Replayed")));

        await at.Manager.Post(path, """{ "counted": 6000, "reason": "Counted again" }""")
            .Is(409, $$"""{ "code": "count-corrected", "correctionId": "{{right["countCorrections.0.id"]}}" }""");
        await at.Manager.Post(path, $$"""
            { "counted": 6000, "reason": "Counted again", "corrects": "{{right["countCorrections.0.id"]}}" }
            """).Is(200, """{ "counted": 600, "corrected": { "counted": 6000, "difference": 0 }, "countCorrections": [{}, {}] }""");
        await at.Manager.Get($"/kitchens/{at.Id}/audit?limit=1").Is(200, """{ "data": [{ "action": "count-correction.added", "byKind": "STAFF" }] }""");
        var report = (await at.Cashier.Get($"/shifts/{shift}/report").Is(200)).Body;
        Assert.Contains("SHORT", report, StringComparison.Ordinal);
        Assert.Contains("Cash expected, corrected", report, StringComparison.Ordinal);
        await SalesReports.Report(at).Is(200, """{ "countCorrections": [{ "before": 600, "counted": 6100 }, { "counted": 6000 }] }""");
        var books = await (await Restaurant.Operator()).Get($"/operator/kitchens/{at.Id}/trial-balance").Is(200);
        books.Holds("""{ "account": "OVER_SHORT", "balance": 0 }""");
        books.Holds("""{ "account": "SAFE", "balance": 5000 }""");
    }

    [Fact]
    public async Task A_correction_and_the_closing_of_its_shift_at_the_same_moment_leave_the_books_balanced()
    {
        foreach (var _ in Enumerable.Range(0, 4))
        {
            var (at, shift) = await Open(@float: 1000);
            var sale = await TillShifts.Sell(at, Cash(5000)).Is(201);

            var both = await Task.WhenAll(
                Correct(at.Manager, sale, Card), at.Cashier.Post($"/shifts/{shift}/close", """{ "counted": 1000 }"""));

            Assert.Equal([201, 200], both.Select(answer => answer.Status));
            var closed = await at.Manager.Get($"/shifts/{shift}").Is(200);
            Assert.Equal("0", closed[closed["expectedCash"] == "1000" ? "difference" : "corrected.difference"]);
        }
    }

    private const string Card = "\"paymentMethod\": \"CARD\"";
    private const string CashBody = "\"paymentMethod\": \"CASH\"";

    private static string Lipa(TestKitchen at) =>
        $"\"paymentMethod\": \"KITCHEN_CHANNEL\", \"kitchenPaymentMethodId\": \"{at.LipaVoda}\"";

    private static string Cash(long amount, long? tendered = null) => tendered is null
        ? $$"""{ "paymentMethod": "CASH", "amount": {{amount}} }"""
        : $$"""{ "paymentMethod": "CASH", "amount": {{amount}}, "tendered": {{tendered}} }""";

    private async Task<(TestKitchen At, Guid Shift)> Open(long @float)
    {
        var at = await TestKitchen.Open(Restaurant, "A kitchen with a till");
        return (at, (await at.Cashier.Post("/shifts", $$"""{ "float": {{@float}} }""").Is(201)).Id);
    }

    private static Task<Answer> Payment(TestKitchen at, Answer sale) => at.Manager.Get($"/checkout-sessions/{sale.Id}");

    /// <summary>Corrects the first payment of a sale.</summary>
    private static Task<Answer> Correct(Caller by, Answer sale, string method, string? corrects = null) => by.Post(
        $"/checkout-sessions/{sale.Id}/payments/{sale["payments.0.id"]}/corrections",
        $$"""{ {{method}}, "reason": "Keyed wrongly"{{(corrects is null ? "" : $", \"corrects\": \"{corrects}\"")}} }""");
}
