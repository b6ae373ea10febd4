using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Management;

public sealed class Operators(Restaurant restaurant) : Scenario(restaurant)
{
    [Fact]
    public async Task A_kitchen_is_made_and_its_first_manager_takes_over()
    {
        var platform = await Restaurant.Operator();
        var kitchen = await platform.Post("/operator/kitchens", """
            { "name": "Chips Corner", "settings": { "slipTimeoutSeconds": 600, "dayStartsAt": "05:00" } }
            """).Is(201, """
            {
              "id": "*", "object": "kitchen", "name": "Chips Corner", "livemode": false,
              "settings": {
                "timeZone": "Africa/Dar_es_Salaam", "dayStartsAt": "05:00", "paymentTimeoutSeconds": 300,
                "slipTimeoutSeconds": 600, "lowStockThreshold": 5
              }
            }
            """);
        Assert.Equal($"/api/v1/operator/kitchens/{kitchen.Id}", kitchen.Header("Location"));
        await platform.Get($"/operator/kitchens/{kitchen.Id}").Is(200, kitchen.Body);
        await platform.Get("/operator/kitchens?limit=1").Is(200, """{ "data": [{ "object": "kitchen" }], "paging": { "hasMore": true } }""");

        var own = $"/kitchens/{kitchen.Id}";
        var member = await platform.Post($"{own}/staff", """{ "name": "Eliza", "role": "MANAGER", "pin": "1470" }""").Is(201);
        var code = await platform.Post($"{own}/devices/pairing-codes", """{ "kind": "POS", "name": "Till" }""").Is(201);
        var till = await Restaurant.Stranger.Post("/devices/pair", $$"""{ "code": "{{code["code"]}}" }""").Is(201);
        var session = await new Caller(Restaurant, till["token"])
            .Post("/staff-sessions", $$"""{ "staffNumber": {{member["staffNumber"]}}, "pin": "1470" }""").Is(201);
        var eliza = new Caller(Restaurant, session["token"]);

        await eliza.Patch($"{own}/settings", """{ "name": "Chips Palace", "settings": { "lowStockThreshold": 9, "latePayments": "MANUAL" } }""").Is(200, """
            {
              "name": "Chips Palace",
              "settings": { "slipTimeoutSeconds": 600, "lowStockThreshold": 9, "latePayments": "MANUAL" }
            }
            """);
        await eliza.Get($"{own}/settings").Is(200, """{ "name": "Chips Palace" }""");
    }

    [Theory]
    [InlineData("""{ "settings": { "timeZone": "Africa/Dodoma" } }""", 422, "time-zone-unknown")]
    [InlineData("""{ "settings": { "timeZone": "EAT" } }""", 422, "time-zone-unknown")]
    [InlineData("""{ "settings": { "slipTimeoutSeconds": 29 } }""", 422, "setting-out-of-range")]
    [InlineData("""{ "settings": { "slipTimeoutSeconds": 14401 } }""", 422, "setting-out-of-range")]
    [InlineData("""{ "settings": { "paymentTimeoutSeconds": 1801 } }""", 422, "setting-out-of-range")]
    [InlineData("""{ "settings": { "lowStockThreshold": -1 } }""", 422, "setting-out-of-range")]
    [InlineData("""{ "settings": { "latePayments": "KEEP" } }""", 400, "invalid-type")]
    [InlineData("""{ "settings": { "dayStartsAt": "4am" } }""", 400, "invalid-type")]
    [InlineData("""{ "settings": { "colour": "red" } }""", 422, "unknown-field")]
    [InlineData("""{ "name": "" }""", 422, "invalid-text")]
    public async Task Settings_that_cannot_be_are_refused(string body, int status, string code) => await Kitchen.Manager
        .Patch($"/kitchens/{Kitchen.Id}/settings", body).Is(status, $$"""{ "code": "{{code}}" }""");

    [Fact]
    public async Task A_key_is_shown_once_and_revoked_at_once()
    {
        var platform = await Restaurant.Operator();
        var key = await platform.Post("/operator/keys", """{ "name": "Night shift" }""").Is(201, """{ "token": "*", "active": true }""");
        Assert.Equal("no-store", key.Header("Cache-Control"));
        var holder = new Caller(Restaurant, key["token"]);
        await holder.Get("/operator/keys").Holds($$"""{ "id": "{{key.Id}}", "name": "Night shift", "active": true }""");

        await platform.Post($"/operator/keys/{key.Id}/revoke").Is(200, """{ "active": false }""");

        await holder.Get("/operator/keys").Is(401);
        Assert.DoesNotContain("token", (await platform.Get("/operator/keys").Is(200)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_account_is_made_and_topped_up()
    {
        var platform = await Restaurant.Operator();
        var account = await platform.Post("/operator/accounts", """{ "name": "Asha", "phone": "+255755123456" }""")
            .Is(201, """{ "object": "account", "livemode": false, "wallet": { "available": 0 } }""");
        var token = await platform.Post($"/operator/accounts/{account.Id}/tokens").Is(201, """{ "token": "*" }""");
        var keyed = platform.WithKey("asha-1");
        var first = await keyed.Post($"/operator/accounts/{account.Id}/top-ups", """{ "amount": 30000 }""").Is(201);
        var again = await keyed.Post($"/operator/accounts/{account.Id}/top-ups", """{ "amount": 30000 }""").Is(201);

        Assert.Equal(first.Body, again.Body);
        await new Caller(Restaurant, token["token"]).Get("/account").Is(200, """
            { "name": "Asha", "phone": "+255755123456", "wallet": { "available": 30000, "held": 0 } }
            """);
        await platform.Post("/operator/accounts", """{ "name": "X", "phone": "+255755123456" }""").Is(409, """{ "code": "phone-taken" }""");
    }

    [Fact]
    public async Task The_books_balance_as_a_whole_and_for_each_kitchen()
    {
        await Kitchen.Guest(balance: 7_000);
        var platform = await Restaurant.Operator();
        foreach (var path in new[] { "/operator/trial-balance", $"/operator/kitchens/{Kitchen.Id}/trial-balance" })
        {
            var balance = await platform.Get(path).Is(200, """{ "object": "trial_balance", "currency": "TZS" }""");
            Assert.Equal(balance["debits"], balance["credits"]);
            balance.Holds("""{ "account": "KITCHEN_WALLET", "paymentMethod": "CASH", "credits": 7000, "balance": -7000 }""");
        }

        await platform.Get("/operator/conservation").Is(200, """{ "object": "conservation", "holds": true, "findings": [] }""");
    }

    [Theory]
    [InlineData("/operator/kitchens")]
    [InlineData("/operator/keys")]
    [InlineData("/operator/trial-balance")]
    [InlineData("/operator/conservation")]
    public async Task Nobody_else_is_an_operator(string path)
    {
        await Kitchen.Manager.Get(path).Is(403, """{ "code": "role-not-allowed" }""");
        await Restaurant.AppUser.Get(path).Is(403);
        await Restaurant.Stranger.Get(path).Is(401);
    }

    [Theory]
    [InlineData("/operator/keys", """{ "name": "Night shift" }""", "token")]
    [InlineData("/operator/bot-keys", """{ "name": "Bot", "kitchenIds": ["{kitchen}"] }""", "token")]
    [InlineData("/operator/accounts/{account}/tokens", "{}", "token")]
    [InlineData("/kitchens/{kitchen}/devices/pairing-codes", """{ "kind": "POS", "name": "Till" }""", "code")]
    public async Task A_secret_that_is_asked_for_again_with_the_same_key_is_the_same_and_the_only_one(
        string path, string body, string secret)
    {
        var platform = await Restaurant.Operator();
        var account = await platform.Post("/operator/accounts", $$"""
            { "name": "Rehema", "phone": "+25575512{{path.Length:D4}}" }
            """).Is(201);
        string Filled(string text) => text
            .Replace("{kitchen}", $"{Kitchen.Id}", StringComparison.Ordinal)
            .Replace("{account}", $"{account.Id}", StringComparison.Ordinal);
        var key = platform.WithKey($"secret {path}".Replace(' ', '-'));

        var first = await key.Post(Filled(path), Filled(body)).Is(201);
        var again = await key.Post(Filled(path), Filled(body) + " ").Is(201, first.Body);
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        Assert.NotEqual(first[secret], (await platform.Post(Filled(path), Filled(body)).Is(201))[secret]);
        if (body is not "{}")
        {
            await key.Post(Filled(path), Filled(body).Replace("name", "named", StringComparison.Ordinal)).Is(422);
            await key.Post(Filled(path), Filled(body).Replace("Night", "Day", StringComparison.Ordinal)
                .Replace("Bot", "Robot", StringComparison.Ordinal).Replace("Till", "Tills", StringComparison.Ordinal))
                .Is(422, """{ "code": "idempotency-key-reused" }""");
        }

        var stored = await Restaurant.Database.Ask<string>(
            "SELECT string_agg(state, '') FROM jiko.operation WHERE grain_kind = 'NONE'");
        Assert.DoesNotContain(first[secret], stored, StringComparison.Ordinal);
    }
}
