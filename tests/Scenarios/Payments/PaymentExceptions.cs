using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Payments;

/// <summary>Money that no rule can place: it waits in a list, and a person decides once.</summary>
public sealed class PaymentExceptions(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    private string OfKitchen => $"/kitchens/{Kitchen.Id}/payment-exceptions";

    [Theory]
    [InlineData("\"5000.50\"", "TZS", "5000.50 TZS")]
    [InlineData("\"5,000.00\"", "TZS", "5,000.00 TZS")]
    [InlineData("null", "TZS", "TZS")]
    [InlineData("\"5000\"", "KES", "5000 KES")]
    public async Task A_paid_amount_that_cannot_be_taken_is_asked_about_and_then_waits(
        string amount, string currency, string said)
    {
        // What the guest does cannot be asked: the simulator says that it is pending, for ten minutes.
        var (sale, reference) = await Ringing("036");

        Assert.Equal(200, await Mobile.Send(Word(reference, "SUCCESS", amount, currency), $"evt_{reference}"));
        await Mobile.UntilQuiet();

        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """{ "status": "PENDING_PAYMENT" }""");
        await Kitchen.Manager.Get(OfKitchen).Is(200).Holds($$"""
            { "kind": "AMOUNT_UNCLEAR", "reference": "{{reference}}", "said": "{{said}}", "sessionId": "{{sale}}" }
            """);
        await Kitchen.Cashier.Get(OfKitchen).Is(403);
        // The guest pays in the end, and what has become clear waits no more.
        await Pass(11.Minutes);
        Assert.DoesNotContain(reference, (await Kitchen.Manager.Get(OfKitchen).Is(200)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/note", """{ "decision": "CLOSE", "note": "a\u0000" }""", "invalid-text")]
    [InlineData("/reference", """{ "decision": "ASSIGN", "reference": "J\u0000XXXXXXXXXXXXXXXXXX" }""", "invalid-text")]
    [InlineData("/phoneNumber", """{ "decision": "ANOTHER_PHONE", "phoneNumber": "none" }""", "phone-invalid")]
    public async Task A_decision_in_words_that_cannot_be_kept_is_refused(string pointer, string body, string code)
    {
        var id = await Nobodys();
        var tooLong = $$"""{ "decision": "CLOSE", "note": "{{new string('x', 201)}}" }""";
        var resolve = $"/operator/payment-exceptions/{id}/resolve";
        var platform = await Restaurant.Operator();

        (await platform.Post(resolve, body).Is(422))
            .Holds($$"""{ "pointer": "{{pointer}}", "code": "{{code}}" }""", "errors");
        await platform.Post(resolve, tooLong).Is(422, """{ "code": "invalid-text" }""");
        await platform.Post(resolve, """{ "decision": "CLOSE", "note": "Settled" }""").Is(200);
    }

    [Fact]
    public async Task A_decision_has_a_key_like_every_request_that_moves_money()
    {
        var one = await Nobodys();
        var platform = (await Restaurant.Operator()).WithKey("decided");
        const string settled = """{ "decision": "CLOSE", "note": "Settled" }""";

        var first = await platform.Post($"/operator/payment-exceptions/{one}/resolve", settled).Is(200);
        var again = await platform.Post($"/operator/payment-exceptions/{one}/resolve", settled).Is(200);
        Assert.Equal((first.Body, "true"), (again.Body, again.Header("Idempotency-Replayed")));
        await platform.Post($"/operator/payment-exceptions/{one}/resolve", """{ "decision": "CLOSE" }""")
            .Is(422, """{ "code": "idempotency-key-reused" }""");
    }

    [Fact]
    public async Task What_is_clear_when_it_is_asked_about_waits_for_nobody()
    {
        var (sale, reference) = await Ringing("037");
        await Pass(11.Seconds);

        Assert.Equal(200, await Mobile.Send(Word(reference, "SUCCESS", "\"5000.50\"", "TZS"), $"evt_{reference}"));
        // The aggregator is asked once in ten seconds at most.
        await Pass(11.Seconds);

        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """{ "status": "CONFIRMED" }""");
        Assert.DoesNotContain(reference, (await Kitchen.Manager.Get(OfKitchen).Is(200)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Money_that_the_network_takes_back_is_a_claim_an_event_and_waits()
    {
        var (sale, reference) = await Ringing("001");
        await Pay();

        Assert.True(Mobile.Aggregator.Reverse(reference));
        await Mobile.UntilQuiet();
        await Mobile.UntilQuiet();

        var item = await Waiting(reference);
        Assert.Equal(("REVERSED", $"{sale}"), (item.Kind, item.Session));
        Assert.Equal(1, await Restaurant.Database.Ask<long>($"""
            SELECT count(*) FROM jiko.event WHERE payload LIKE '%payment.reversed%' AND payload LIKE '%{reference}%'
            """));
        Assert.Equal(5000, await Restaurant.Database.Ask<long>($"""
            SELECT amount FROM jiko.ledger_transfer WHERE step = 'CHARGE_BACK' AND session_id = '{sale}'
            """));
        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """{ "status": "CONFIRMED" }""");

        var resolve = $"{OfKitchen}/{item.Id}/resolve";
        await Kitchen.Manager.Post(resolve, """{ "decision": "RECEIVED", "amount": 5000 }""")
            .Is(422, """{ "code": "decision-not-allowed" }""");
        await Kitchen.Manager.Post(resolve, """{ "decision": "CLOSE", "note": "The guest paid again in cash." }""").Is(200);
        await Kitchen.Manager.Post(resolve, """{ "decision": "CLOSE", "note": "The guest paid again in cash." }""").Is(200);
        await Kitchen.Manager.Post(resolve, """{ "decision": "CLOSE" }""")
            .Is(409, """{ "code": "payment-exception-resolved" }""");
    }

    [Fact]
    public async Task A_failure_after_success_that_the_aggregator_does_not_repeat_is_no_exception()
    {
        var (sale, reference) = await Ringing("035");
        await Pay();
        await Pass(30.Seconds);

        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """{ "status": "CONFIRMED" }""");
        Assert.DoesNotContain(reference, (await Kitchen.Manager.Get(OfKitchen).Is(200)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_says_how_much_came_and_it_counts_once()
    {
        var (sale, reference) = await Ringing("014");
        Assert.Equal(200, await Mobile.Send(Word(reference, "SUCCESS", "null", "TZS"), $"evt_{reference}"));
        await Mobile.UntilQuiet();
        var item = await Waiting(reference);
        var resolve = $"{OfKitchen}/{item.Id}/resolve";

        await Kitchen.Manager.Post(resolve, """{ "decision": "RECEIVED" }""").Is(422, """{ "code": "field-required" }""");
        await Restaurant.Neighbour.Manager.Post(resolve, """{ "decision": "RECEIVED", "amount": 5000 }""").Is(404);
        // What the manager sees in the aggregator's dashboard.
        Mobile.Aggregator.Charge(reference);
        await Kitchen.Manager.Post(resolve, """{ "decision": "RECEIVED", "amount": 5000 }""").Is(200);
        await Kitchen.Manager.Post(resolve, """{ "decision": "RECEIVED", "amount": 5000 }""").Is(200);
        await Kitchen.Manager.Post(resolve, """{ "decision": "RECEIVED", "amount": 6000 }""")
            .Is(409, """{ "code": "payment-exception-resolved" }""");

        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """{ "status": "CONFIRMED", "orderId": "*" }""");
        Assert.Equal(1, await Restaurant.Database.Ask<long>($"""
            SELECT count(*) FROM jiko.audit WHERE action = 'payment-exception.changed' AND object_id = '{item.Id}'
            """));
    }

    [Fact]
    public async Task Money_without_a_reference_of_ours_is_listed_with_suggestions_and_assigned_once()
    {
        var (sale, reference) = await Ringing("014");
        var phone = await Restaurant.Database.Ask<string>(
            $"SELECT phone FROM jiko.payment_attempt WHERE reference = '{reference}'");
        var unknown = $"JX{reference[2..].ToLowerInvariant()}"[..19] + "0";
        Assert.Equal(200, await Mobile.Send($$"""
            { "reference": "{{unknown}}", "id": "SIM-{{unknown}}", "status": "SUCCESS", "amount": "5000",
              "currency": "TZS", "phone": "{{phone}}", "receipt": "QK{{unknown}}" }
            """, $"evt_{unknown}"));
        await Mobile.UntilQuiet();
        await Pass(61.Seconds);
        await Pass(2.Minutes);

        var platform = await Restaurant.Operator();
        var listed = await platform.Get("/operator/payment-exceptions").Is(200);
        listed.Holds($$"""
            { "kind": "UNKNOWN_REFERENCE", "reference": "{{unknown}}", "amount": 5000, "phoneNumber": "{{phone}}" }
            """);
        var item = listed.Json.GetProperty("data").EnumerateArray()
            .First(each => each.GetProperty("reference").GetString() == unknown);
        var likeliest = item.GetProperty("suggestions")[0];
        Assert.Equal(reference, likeliest.GetProperty("reference").GetString());
        Assert.True(likeliest.GetProperty("samePhone").GetBoolean() && likeliest.GetProperty("sameAmount").GetBoolean());
        var resolve = $"/operator/payment-exceptions/{item.GetProperty("id").GetString()}/resolve";
        await platform.Post(resolve, """{ "decision": "ASSIGN", "reference": "JX000000000000000000" }""")
            .Is(422, """{ "code": "payment-not-found" }""");
        Mobile.Aggregator.Charge(reference);
        await platform.Post(resolve, $$"""{ "decision": "ASSIGN", "reference": "{{reference}}" }""").Is(200);
        await platform.Post(resolve, """{ "decision": "CLOSE" }""")
            .Is(409, """{ "code": "payment-exception-resolved" }""");

        // The session had failed meanwhile, as nobody answered: the money goes back to the phone that paid it.
        await Mobile.UntilQuiet();
        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """
            { "status": "FAILED", "payments": [{ "push": { "status": "SUCCEEDED", "received": 5000 } }] }
            """);
        await Pass(2.Minutes);
        Assert.Equal(0, Mobile.Spent(phone));
    }

    private static string Word(string reference, string status, string amount, string currency) => $$"""
        { "reference": "{{reference}}", "status": "{{status}}", "amount": {{amount}}, "currency": "{{currency}}" }
        """;

    private async Task<(string Id, string Kind, string Session)> Waiting(string reference)
    {
        var listed = await Kitchen.Manager.Get(OfKitchen).Is(200);
        var item = listed.Json.GetProperty("data").EnumerateArray()
            .First(each => each.GetProperty("reference").GetString() == reference);
        return (
            item.GetProperty("id").GetString()!, item.GetProperty("kind").GetString()!,
            item.GetProperty("sessionId").GetString()!);
    }

    private async Task<(Guid Sale, string Reference)> Ringing(string ending)
    {
        var sale = await Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }],
              "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{Mobile.Phone(ending)}}" }]
            }
            """).Is(201);
        return (sale.Id, sale["payments.0.push.reference"]);
    }

    /// <summary>Money with a reference that is none of ours, in the operator's list.</summary>
    private async Task<string> Nobodys()
    {
        var unknown = $"JX{Guid.NewGuid():N}"[..20].ToUpperInvariant();
        Assert.Equal(200, await Mobile.Send($$"""
            { "reference": "{{unknown}}", "id": "SIM-{{unknown}}", "status": "SUCCESS", "amount": "5000",
              "currency": "TZS", "phone": "{{Mobile.Phone("000")}}", "receipt": "QK{{unknown}}" }
            """, $"evt_{unknown}"));
        await Mobile.UntilQuiet();
        await Pass(61.Seconds);
        await Pass(2.Minutes);
        var listed = await (await Restaurant.Operator()).Get("/operator/payment-exceptions?limit=100").Is(200);
        return listed.Json.GetProperty("data").EnumerateArray()
            .First(item => item.GetProperty("reference").GetString() == unknown).GetProperty("id").GetString()!;
    }
}
