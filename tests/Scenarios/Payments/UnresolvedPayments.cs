using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Payments;

/// <summary>One list has all that has no end, each with what settles it.</summary>
public sealed class UnresolvedPayments(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    private const string List = "/operator/unresolved-payments";

    [Fact]
    public async Task A_push_without_an_outcome_is_listed_and_asked_about_on_demand()
    {
        // The guest pays without a webhook, and two questions find nothing.
        var sale = await Ring("038");
        await Pass(2.Seconds);
        var reference = sale["payments.0.push.reference"];
        var platform = await Restaurant.Operator();
        // It began a moment ago, and nobody had to ask about it yet.
        var ofKitchen = $"{List}?kind=ATTEMPT&adapter=simulator&kitchenId={Kitchen.Id}";
        Assert.DoesNotContain(reference, (await platform.Get(ofKitchen).Is(200)).Body, StringComparison.Ordinal);
        await Ask();
        (await platform.Get(ofKitchen).Is(200)).Holds($$"""
            {
              "kind": "ATTEMPT", "reference": "{{reference}}", "sessionId": "{{sale.Id}}", "amount": 5000, "currency": "TZS",
              "times": 1, "nextAt": "*",
              "actions": [{ "name": "ask", "href": "/api/v1/operator/payment-attempts/{{reference}}/ask" }]
            }
            """);
        Assert.DoesNotContain(
            reference, (await platform.Get($"{List}?olderThanMinutes=1").Is(200)).Body, StringComparison.Ordinal);
        await Kitchen.Manager.Get(List).Is(403);

        await Ask();
        await Ask();

        await Kiosk.Get($"/checkout-sessions/{sale.Id}").Is(200, """{ "status": "CONFIRMED" }""");
        Assert.DoesNotContain(reference, (await platform.Get($"{List}?kind=ATTEMPT").Is(200)).Body, StringComparison.Ordinal);
        await platform.Post("/operator/payment-attempts/JX000000000000000000/ask", null).Is(404);

        async Task Ask()
        {
            await platform.Post($"/operator/payment-attempts/{reference}/ask", null)
                .Is(202, $$"""{ "object": "payment_question", "reference": "{{reference}}" }""");
            await Pass(11.Seconds);
        }
    }

    [Fact]
    public async Task Webhooks_that_prove_nothing_are_counted_by_account_and_day()
    {
        var before = await Forged();
        Assert.Equal(401, await Mobile.Send("""{ "reference": "JX000000000000000000" }""", "evt_forged", token: "guessed"));
        Assert.Equal(401, await Mobile.Send(
            """{ "reference": "JX000000000000000000" }""", "evt_forged", secret: "whsec_bm90LXRoZS1yaWdodC1rZXktYXQtYWxsLW5vLW5vLW5v"));
        Assert.Equal(401, await Mobile.Send("{}", "evt_forged", adapter: "nobody"));
        await Mobile.UntilQuiet();

        Assert.Equal(before + 2, await Forged());
    }

    [Fact]
    public async Task A_conflict_leaves_the_list_when_it_is_closed_and_the_trail_says_who()
    {
        await Restaurant.Database.Run("""
            INSERT INTO jiko.payment_conflict (adapter, receipt, reference, known_reference, seen_at)
            VALUES ('simulator', 'QK-conflict', 'JX00000000000000000X', 'JX00000000000000000Y', now())
            """);
        var platform = await Restaurant.Operator();
        var listed = await platform.Get($"{List}?kind=CONFLICT").Is(200);
        var id = listed.Json.GetProperty("data").EnumerateArray()
            .First(item => item.GetProperty("receipt").GetString() == "QK-conflict").GetProperty("id").GetString();

        await platform.Post($"/operator/payment-conflicts/{id}/close", null).Is(200, """{ "closedAt": "*" }""");
        await platform.Post($"/operator/payment-conflicts/{id}/close", null).Is(200);
        await platform.Post($"/operator/payment-conflicts/{Guid.NewGuid()}/close", null).Is(404);

        Assert.DoesNotContain("QK-conflict", (await platform.Get($"{List}?kind=CONFLICT").Is(200)).Body, StringComparison.Ordinal);
        (await platform.Get("/operator/payment-conflicts").Is(200)).Holds($$"""{ "id": "{{id}}", "closedAt": "*" }""");
        Assert.Equal(1, await Restaurant.Database.Ask<long>(
            $"SELECT count(*) FROM jiko.audit WHERE action = 'payment-conflict.changed' AND object_id = '{id}'"));
    }

    [Fact]
    public async Task A_refund_that_a_person_has_to_decide_about_is_listed_once()
    {
        var phone = Mobile.Phone("051");
        var refused = await RefusedRefund.Of(Mobile, Kitchen, phone);
        var platform = await Restaurant.Operator();

        (await platform.Get($"{List}?kind=EXCEPTION&limit=100").Is(200)).Holds($$"""
            {
              "exceptionKind": "REFUND_REFUSED", "reference": "{{refused.Reference}}", "currency": "TZS",
              "actions": [{ "name": "resolve", "decisions": ["PAID_BACK", "ANOTHER_PHONE", "BALANCE"] }]
            }
            """);
        Assert.DoesNotContain(
            refused.Reference, (await platform.Get($"{List}?kind=REFUND&limit=100").Is(200)).Body, StringComparison.Ordinal);
        await Kitchen.Manager.Post(
            refused.Resolve, $$"""{ "decision": "ANOTHER_PHONE", "phoneNumber": "{{Mobile.Phone("000")}}" }""").Is(200);
        await Mobile.UntilQuiet();
        Assert.DoesNotContain(
            refused.Reference, (await platform.Get($"{List}?kind=EXCEPTION&limit=100").Is(200)).Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_payment_that_is_unclear_waits_in_both_lists_though_the_first_has_paid()
    {
        var sale = await Ring("001");
        // What a busy machine has interrupted is done again when its lease is over.
        for (var tries = 0; tries < 5 && await StatusOf(sale) is not "CONFIRMED"; tries++) await Pass(16.Seconds);
        var reference = sale["payments.0.push.reference"];
        await Restaurant.Database.Run($"""
            INSERT INTO jiko.payment_exception (
                kind, adapter, reference, receipt, amount, seen_at, kitchen_id, session_id)
            SELECT 'AMOUNT_UNCLEAR', 'simulator', '{reference}', receipt, 5000, now(), '{Kitchen.Id}', '{sale.Id}'
            FROM unnest(ARRAY['', 'QK-second']) AS receipt
            """);
        var platform = await Restaurant.Operator();

        foreach (var (caller, path) in new[]
        {
            (platform, $"{List}?kind=EXCEPTION&limit=100&kitchenId={Kitchen.Id}"),
            (Kitchen.Manager, $"/kitchens/{Kitchen.Id}/payment-exceptions?limit=100"),
        })
        {
            var listed = (await caller.Get(path).Is(200)).Json.GetProperty("data").EnumerateArray()
                .Where(item => item.GetProperty("reference").GetString() == reference).ToList();
            Assert.Equal("QK-second", Assert.Single(listed).GetProperty("receipt").GetString());
        }
    }

    [Theory]
    [InlineData("kind=NOTHING")]
    [InlineData("olderThanMinutes=-1")]
    [InlineData("kitchenId=here")]
    [InlineData("older=1")]
    public async Task A_filter_that_says_nothing_is_refused(string query)
    {
        var answer = await (await Restaurant.Operator()).Get($"{List}?{query}");
        Assert.InRange(answer.Status, 400, 422);
    }

    private async Task<long> Forged() => await Restaurant.Database.Ask<long>(
        "SELECT coalesce(sum(count), 0)::bigint FROM jiko.forged_webhook WHERE adapter = 'simulator'");

    private async Task<string> StatusOf(Answer sale) =>
        (await Kiosk.Get($"/checkout-sessions/{sale.Id}").Is(200))["status"];

    private Task<Answer> Ring(string ending) => Kiosk.Post("/checkout-sessions", $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }],
          "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{Mobile.Phone(ending)}}" }]
        }
        """).Is(201);
}
