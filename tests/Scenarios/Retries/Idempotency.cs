using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Retries;

/// <summary>
/// A till on a bad network sends the same request again until it hears an answer; it takes effect once.
/// </summary>
public sealed class Idempotency(Restaurant restaurant) : Scenario(restaurant)
{
    [Fact]
    public async Task Fifty_times_at_once_is_once()
    {
        var before = await Orders();

        var answers = await 50.AtOnce(_ => Till.WithKey("fifty").Post("/checkout-sessions", Sale()));

        Assert.All(answers, answer => answer.Is(201, """{ "status": "CONFIRMED" }"""));
        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        Assert.Single(answers.Select(answer => (answer.Header("Location"), answer.Header("ETag"))).Distinct());
        Assert.Equal(49, answers.Count(IsReplayed));
        Assert.Equal(before + 1, await Orders());
    }

    [Fact]
    public async Task A_key_stands_for_one_body()
    {
        await Till.WithKey("one-body").Post("/checkout-sessions", Sale()).Is(201);

        var rewritten = $$"""
            {"tag":null,"payments":[{"amount":5000,"paymentMethod":"CASH"}],
             "items":[{"itemInstructions":null,"quantity":1,"menuId":"{{Pilau}}"}],
             "fulfillmentType":"PICKUP","channel":"POS","sessionType":"IMMEDIATE"}
            """;
        Assert.True(IsReplayed(await Till.WithKey("one-body").Post("/checkout-sessions", rewritten).Is(201)));
        await Till.WithKey("one-body").Post("/checkout-sessions", Sale(items: 2))
            .Is(422, """{ "code": "idempotency-key-reused" }""");
    }

    [Fact]
    public async Task The_first_answer_is_given_again_whatever_has_happened_since()
    {
        var slip = await Kiosk.WithKey("slip").Post("/checkout-sessions", Slip).Is(201);
        var paid = await Confirm(slip, "pay").Is(200);

        Assert.Equal(slip.Body, (await Kiosk.WithKey("slip").Post("/checkout-sessions", Slip).Is(201)).Body);
        await Pass(1.Hours);
        var again = await Kiosk.WithKey("slip").Post("/checkout-sessions", Slip)
            .Is(201, """{ "status": "PENDING_PAYMENT" }""");
        Assert.Equal(slip.Bytes.ToArray(), again.Bytes.ToArray());
        Assert.True(IsReplayed(again));
        Assert.Equal(paid.Body, (await Confirm(slip, "pay").Is(200)).Body);
    }

    [Fact]
    public async Task The_answer_outlives_the_host()
    {
        var sale = await Till.WithKey("restart").Post("/checkout-sessions", Sale()).Is(201);
        var slip = await Kiosk.WithKey("restart").Post("/checkout-sessions", Slip).Is(201);
        var paid = await Confirm(slip, "restart").Is(200);

        await Restaurant.RestartHost();

        var again = await Till.WithKey("restart").Post("/checkout-sessions", Sale()).Is(201);
        Assert.True(IsReplayed(again));
        Assert.Equal(sale.Bytes.ToArray(), again.Bytes.ToArray());
        Assert.Equal((sale.Header("ETag"), sale.Header("Location")), (again.Header("ETag"), again.Header("Location")));
        Assert.Equal(slip.Body, (await Kiosk.WithKey("restart").Post("/checkout-sessions", Slip).Is(201)).Body);
        Assert.Equal(paid.Body, (await Confirm(slip, "restart").Is(200)).Body);
    }

    [Fact]
    public async Task After_its_answer_was_pruned_a_key_of_a_session_shows_the_session_as_it_is_and_does_nothing()
    {
        var slip = await Kiosk.WithKey("long-ago").Post("/checkout-sessions", Slip).Is(201);
        await Confirm(slip, "long-ago").Is(200);
        var before = await Orders();
        await Restaurant.Database.Run("DELETE FROM jiko.operation");

        var again = await Kiosk.WithKey("long-ago").Post("/checkout-sessions", Slip)
            .Is(201, """{ "status": "CONFIRMED" }""");
        Assert.True(IsReplayed(again));
        Assert.True(IsReplayed(await Confirm(slip, "long-ago").Is(200, """{ "status": "CONFIRMED" }""")));
        Assert.Equal(before, await Orders());
    }

    [Fact]
    public async Task A_refusal_leaves_the_key_free()
    {
        var dish = await Kitchen.AddDish("Kisamvu", 5000);
        await Kitchen.Receive(dish, 1);
        await Till.WithKey("free").Post("/checkout-sessions", Sale(dish, items: 2))
            .Is(409, """{ "code": "insufficient-stock" }""");
        await Till.WithKey("free").Post("/checkout-sessions", "{").Is(400);

        var sold = await Till.WithKey("free").Post("/checkout-sessions", Sale(dish)).Is(201);
        Assert.False(IsReplayed(sold));
    }

    [Fact]
    public async Task Every_command_on_a_session_can_be_repeated()
    {
        var slip = await Kiosk.Post("/checkout-sessions", Slip).Is(201);
        await Confirm(slip, "attempt", """
            { "paymentMethod": "CASH", "amount": 2000 }, { "paymentMethod": "MOBILE_MONEY", "amount": 3000 }
            """).Is(202);
        await Pass(15.Minutes);
        var returned = await Command(slip, "return-money").Is(200, """{ "status": "EXPIRED", "cashToReturn": null }""");
        Assert.Equal(returned.Body, (await Command(slip, "return-money").Is(200)).Body);
        var reissued = await Command(slip, "reissue").Is(201);
        Assert.Equal(reissued.Body, (await Command(slip, "reissue").Is(201)).Body);
        var cancelled = await Command(reissued, "cancel").Is(200, """{ "status": "CANCELLED" }""");
        Assert.Equal(cancelled.Body, (await Command(reissued, "cancel").Is(200)).Body);
        await Command(reissued, "expire").Is(409, """{ "code": "session-not-pending" }""");
    }

    [Fact]
    public async Task Keys_belong_to_their_callers()
    {
        var one = await Till.WithKey("mine").Post("/checkout-sessions", Sale()).Is(201);
        var other = await Kitchen.SecondCashier.WithKey("mine").Post("/checkout-sessions", Sale()).Is(201);
        var neighbours = await Restaurant.Neighbour.Cashier.WithKey("mine")
            .Post("/checkout-sessions", Sale(Restaurant.Neighbour.Pilau)).Is(201);

        Assert.Equal(3, new[] { one.Id, other.Id, neighbours.Id }.Distinct().Count());
        Assert.DoesNotContain(new[] { one, other, neighbours }, IsReplayed);
    }

    [Fact]
    public async Task A_replay_is_for_whoever_may_still_ask()
    {
        await Till.WithKey("gone").Post("/checkout-sessions", Sale()).Is(201);
        var yesterday = Till;
        await Pass(13.Hours);
        await Kitchen.BeginShift();
        await Restaurant.Neighbour.BeginShift();

        await yesterday.WithKey("gone").Post("/checkout-sessions", Sale()).Is(401, """{ "code": "token-expired" }""");
        Assert.True(IsReplayed(await Till.WithKey("gone").Post("/checkout-sessions", Sale()).Is(201)));
    }

    [Fact]
    public async Task A_caller_may_have_set_that_keys_are_required()
    {
        var till = $"/kitchens/{Kitchen.Id}/devices/{Kitchen.TillId}";
        await Kitchen.Manager.Patch(till, """{ "keyRequired": true }""").Is(200, """{ "keyRequired": true }""");

        await Till.Post("/checkout-sessions", Sale()).Is(400, """{ "code": "idempotency-key-missing" }""");
        await Till.WithKey("required").Post("/checkout-sessions", Sale()).Is(201);

        await Kitchen.Manager.Patch(till, """{ "keyRequired": false }""").Is(200, """{ "keyRequired": false }""");
        await Till.Post("/checkout-sessions", Sale()).Is(201);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    public async Task A_key_is_visible_characters(string key)
    {
        await Till.WithKey(key).Post("/checkout-sessions", Sale()).Is(400, """{ "code": "idempotency-key-invalid" }""");
    }

    [Fact]
    public async Task A_key_has_at_most_255_characters_and_comes_once()
    {
        await Till.WithKey(new string('k', 256)).Post("/checkout-sessions", Sale())
            .Is(400, """{ "code": "idempotency-key-invalid" }""");
        await Till.WithKey("a").WithKey("b").Post("/checkout-sessions", Sale())
            .Is(400, """{ "code": "idempotency-key-invalid" }""");
        await Till.WithKey(new string('k', 255)).Post("/checkout-sessions", Sale()).Is(201);
    }

    private const string FiveThousandInCash = """{ "paymentMethod": "CASH", "amount": 5000 }""";

    private string Slip => $$"""
        {
          "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }]
        }
        """;

    private string Sale(int items = 1) => Sale(Pilau, items);

    private static string Sale(Guid dish, int items = 1) => $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{dish}}", "quantity": {{items}} }],
          "payments": [{ "paymentMethod": "CASH", "amount": {{5000 * items}} }]
        }
        """;

    private Task<Answer> Confirm(Answer slip, string key, string payments = FiveThousandInCash) =>
        Till.WithKey(key).Post($"/checkout-sessions/{slip.Id}/confirm-slip", $$"""{ "payments": [{{payments}}] }""");

    private Task<Answer> Command(Answer session, string command) =>
        Till.WithKey("command").Post($"/checkout-sessions/{session.Id}/{command}");

    private Task<long> Orders() => Restaurant.Database.Ask<long>("SELECT count(*) FROM jiko.customer_order");

    private static bool IsReplayed(Answer answer) => answer.Header("Idempotency-Replayed") is "true";
}
