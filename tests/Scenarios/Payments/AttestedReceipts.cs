using System.Text.Json;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Payments;

/// <summary>Cashiers attest payments with the network's receipt, and each receipt counts once.</summary>
public sealed class AttestedReceipts(TillRestaurant at) : TillScenario(at)
{
    [Fact]
    public async Task A_receipt_makes_one_sale_and_is_kept()
    {
        var receipt = At.NextReceipt();
        var sale = await Sale(By(Kitchen.LipaVoda, receipt: $"{receipt.ToLowerInvariant()[..4]} {receipt[4..]}"))
            .Is(201, $$"""
                {
                  "status": "CONFIRMED", "orderId": "*",
                  "payments": [{ "status": "PAID", "attested": { "receipt": "{{receipt}}", "by": "*", "unusual": null } }]
                }
                """);

        await Sale(By(Kitchen.LipaVoda, receipt: receipt)).Is(409, $$"""
            { "code": "receipt-used", "sessionId": "{{sale.Id}}" }
            """);
        // Neither on another method of the same network, nor by another cashier.
        var (till, _) = await Till();
        await Kitchen.SecondCashier.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }],
              "payments": [{{By(till, receipt: receipt)}}]
            }
            """).Is(409, """{ "code": "receipt-used" }""");
        await Manager.Get($"/checkout-sessions?receipt={receipt}").Is(200, $$"""{ "data": [{ "id": "{{sale.Id}}" }] }""");
        Assert.Equal(1, await At.Restaurant.Database.Ask<long>($"""
            SELECT count(*) FROM jiko.audit WHERE action = 'payment.attested' AND details LIKE '%{receipt}%'
            """));
    }

    [Fact]
    public async Task Many_tries_at_once_use_a_receipt_once()
    {
        var receipt = At.NextReceipt();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(_ => Sale(By(Kitchen.LipaVoda, receipt: receipt))));

        Assert.Single(answers, answer => answer.Status is 201);
        Assert.All(answers.Where(answer => answer.Status is not 201), answer => answer.Is(409));
    }

    [Fact]
    public async Task A_code_that_looks_otherwise_is_a_warning()
    {
        await Sale(By(Kitchen.LipaVoda, receipt: $"X{At.NextReceipt()}YZ9"))
            .Is(201, """{ "payments": [{ "attested": { "unusual": true } }] }""");
        await Sale(By(Kitchen.LipaVoda, receipt: "?")).Is(422, """{ "code": "receipt-invalid" }""");
        await Sale("""{ "paymentMethod": "CASH", "amount": 5000, "receipt": "9A12BC3DEF" }""")
            .Is(422, """{ "code": "receipt-not-allowed" }""");
    }

    [Fact]
    public async Task A_cashier_attests_what_the_till_is_silent_about_and_its_word_later_is_no_other_money()
    {
        var (method, till) = await Till();
        var receipt = At.NextReceipt();
        var sale = await Sale(By(method)).Is(201);
        var attest = $"/checkout-sessions/{sale.Id}/payments/{sale["payments.0.id"]}/attest";

        await Kitchen.Kiosk.Post(attest, $$"""{ "receipt": "{{receipt}}" }""").Is(403);
        await Kitchen.Cook.Post(attest, $$"""{ "receipt": "{{receipt}}" }""").Is(403);
        await At.Restaurant.Neighbour.Cashier.Post(attest, $$"""{ "receipt": "{{receipt}}" }""").Is(404);
        await Cashier.Post(attest, """{ "receipt": "9A" }""").Is(422);
        await Cashier.WithKey($"attest-{receipt}").Post(attest, $$"""{ "receipt": "{{receipt}}" }""").Is(200, $$"""
            {
              "status": "CONFIRMED",
              "payments": [{ "status": "PAID", "payTill": null, "attested": { "receipt": "{{receipt}}" } }]
            }
            """);
        await Cashier.WithKey($"attest-{receipt}").Post(attest, $$"""{ "receipt": "{{receipt}}" }""").Is(200);
        await Cashier.Post(attest, $$"""{ "receipt": "{{receipt}}" }""").Is(409, """{ "code": "session-not-pending" }""");

        // Another sale of the same amount waits: the till's word about the attested one must not pay it.
        var next = await Sale(By(method)).Is(201);
        Assert.Equal(200, await At.Tell(Brought(till, receipt)));
        await MustBe(next, "PENDING_PAYMENT");
        Assert.Equal(JsonValueKind.Undefined, (await Waiting(receipt)).ValueKind);
        Assert.Equal(1, await At.Restaurant.Database.Ask<long>(
            $"SELECT count(*) FROM jiko.ledger_transfer WHERE session_id = '{sale.Id}'"));
    }

    [Fact]
    public async Task A_till_that_brought_another_amount_than_was_attested_is_listed()
    {
        var (method, till) = await Till();
        var receipt = At.NextReceipt();
        var sale = await Sale(By(method, receipt: receipt)).Is(201, """{ "status": "CONFIRMED" }""");

        Assert.Equal(200, await At.Tell(Brought(till, receipt, 500)));
        var waiting = await Waiting(receipt);
        Assert.Equal(("RECEIPT_DIFFERS", 500, $"{sale.Id}"), (
            waiting.GetProperty("kind").GetString(), waiting.GetProperty("amount").GetInt64(),
            waiting.GetProperty("sessionId").GetString()));
        (await Decide(waiting, """{ "decision": "ASSIGN", "reference": "JX000000000000000000" }""")).Is(422);
        (await Decide(waiting, """{ "decision": "CLOSE", "note": "The cashier pays the rest" }""")).Is(200);
    }

    [Fact]
    public async Task What_the_till_has_brought_before_is_the_proof_of_its_amount()
    {
        var (method, till) = await Till();
        var receipt = At.NextReceipt();
        Assert.Equal(200, await At.Tell(Brought(till, receipt, 4000)));

        await Sale(By(method, receipt: receipt)).Is(422, """{ "code": "receipt-amount-mismatch", "received": 4000 }""");
        var sale = await Sale("""{ "paymentMethod": "CASH", "amount": 1000 }""", By(method, 4000, receipt))
            .Is(201, """{ "status": "CONFIRMED" }""");
        Assert.Equal(JsonValueKind.Undefined, (await Waiting(receipt)).ValueKind);
        await Sale("""{ "paymentMethod": "CASH", "amount": 1000 }""", By(method, 4000, receipt))
            .Is(409, $$"""{ "code": "receipt-used", "sessionId": "{{sale.Id}}" }""");
    }

    [Fact]
    public async Task A_receipt_that_a_till_has_paid_a_sale_with_is_used()
    {
        var (method, till) = await Till();
        var receipt = At.NextReceipt();
        var paid = await Sale(By(method)).Is(201);
        Assert.Equal(200, await At.Tell(Brought(till, receipt)));
        await MustBe(paid, "CONFIRMED");

        await Sale(By(Kitchen.LipaVoda, receipt: receipt)).Is(409, $$"""
            { "code": "receipt-used", "sessionId": "{{paid.Id}}" }
            """);
    }

    [Fact]
    public async Task A_slip_and_a_bill_are_paid_with_receipts_and_each_is_used_once()
    {
        var receipt = At.NextReceipt();
        var slip = await Cashier.Post("/checkout-sessions", $$"""
            {
              "sessionType": "SLIP", "channel": "POS", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }]
            }
            """).Is(201);
        await Cashier.Post($"/checkout-sessions/{slip.Id}/confirm-slip", $$"""
            { "payments": [{{By(Kitchen.LipaVoda, receipt: receipt)}}] }
            """).Is(200, """{ "status": "CONFIRMED" }""");

        var round = await Cashier.Post("/checkout-sessions", $$"""
            {
              "sessionType": "TAB", "channel": "POS", "fulfillmentType": "DINE_IN", "tableNumber": "07",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }]
            }
            """).Is(201);
        await Cashier.Post($"/bills/{round["billId"]}/pay", $$"""
            { "payments": [{{By(Kitchen.LipaVoda, receipt: receipt)}}] }
            """).Is(409, $$"""{ "code": "receipt-used", "sessionId": "{{slip.Id}}" }""");
        await Cashier.Post($"/bills/{round["billId"]}/pay", $$"""
            { "payments": [{{By(Kitchen.LipaVoda, receipt: At.NextReceipt())}}] }
            """).Is(200, """{ "status": "PAID" }""");
    }

    [Fact]
    public async Task A_bill_and_a_slip_wait_for_the_till()
    {
        var (method, till) = await Till();
        var round = await Cashier.Post("/checkout-sessions", $$"""
            {
              "sessionType": "TAB", "channel": "POS", "fulfillmentType": "DINE_IN", "tableNumber": "08",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }]
            }
            """).Is(201);
        await Cashier.Post($"/bills/{round["billId"]}/pay", $$"""{ "payments": [{{By(method)}}] }""")
            .Is(202, """{ "status": "PAYMENT_PENDING" }""");
        Assert.Equal(200, await At.Tell(Brought(till, At.NextReceipt())));
        await Cashier.Get($"/bills/{round["billId"]}").Is(200, """{ "status": "PAID" }""");

        var slip = await Cashier.Post("/checkout-sessions", $$"""
            {
              "sessionType": "SLIP", "channel": "POS", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }]
            }
            """).Is(201);
        var pay = $"/checkout-sessions/{slip.Id}/confirm-slip";
        await Cashier.Post(pay, $$"""{ "payments": [{{By(method)}}] }""").Is(202);
        await At.Mobile.Pass(7.Minutes);
        // The first try of the slip is over: its money would not fit any more, but that of the second does.
        await Cashier.Post(pay, $$"""{ "payments": [{{By(method)}}] }""").Is(202);
        Assert.Equal(200, await At.Tell(Brought(till, At.NextReceipt())));
        await MustBe(slip, "CONFIRMED");
    }

    [Fact]
    public async Task The_shift_shows_what_was_attested_and_by_whom()
    {
        var shift = await Cashier.Post("/shifts", """{ "float": 0 }""").Is(201);
        var (method, till) = await Till();
        var (told, silent) = (At.NextReceipt(), At.NextReceipt());
        await Sale(By(method, receipt: told)).Is(201);
        await Sale(By(method, receipt: silent)).Is(201);
        Assert.Equal(200, await At.Tell(Brought(till, told)));
        // What the till has told by itself is not in the cashier's hands.
        await Sale(By(method)).Is(201);
        Assert.Equal(200, await At.Tell(Brought(till, At.NextReceipt())));

        await Cashier.Post($"/shifts/{shift.Id}/close", """{ "counted": 0 }""").Is(200, $$"""
            {
              "takings": [{ "paymentMethod": "KITCHEN_CHANNEL", "payments": 2, "taken": 10000 }],
              "attested": {
                "sum": 10000, "unconfirmed": 5000,
                "receipts": [
                  { "receipt": "{{told}}", "amount": 5000, "by": "*", "notified": 5000 },
                  { "receipt": "{{silent}}", "amount": 5000, "by": "*", "notified": null }
                ]
              }
            }
            """);
        var report = await Cashier.Get($"/shifts/{shift.Id}/report").Is(200);
        Assert.Contains("2 attested by Juma", report.Body, StringComparison.Ordinal);
    }
}
