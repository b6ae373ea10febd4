using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Merchants;

/// <summary>Merchants and their keys: made over the API, scoped, replaced, and apart from each other.</summary>
public sealed class ShopKeys(MobileRestaurant mobile) : MerchantScenario(mobile)
{
    [Fact(DisplayName = "I6, K2, M9: a bearer API key with the write scope opens sessions")]
    public async Task A_key_with_the_write_scope_opens_sessions()
    {
        var (_, _, reader) = await Shop(scopes: "\"payments:read\"");
        await reader.Get(Sessions).Is(200, """{ "object": "list", "data": [] }""");
        await reader.Post(Sessions, """{ "amount": 5000 }""").Is(403, """{ "code": "scope-missing" }""");

        var (_, _, writer) = await Shop(scopes: "\"payments:write\"");
        await writer.Post(Sessions, """{ "amount": 5000 }""").Is(201);
        await writer.Get(Sessions).Is(403, """{ "code": "scope-missing" }""");
        await Restaurant.Stranger.Post(Sessions, """{ "amount": 5000 }""").Is(401, """{ "code": "unauthenticated" }""");
        await Kitchen.Manager.Post(Sessions, """{ "amount": 5000 }""").Is(403, """{ "code": "role-not-allowed" }""");
    }

    [Fact]
    public async Task A_key_is_shown_once_replaced_with_an_overlap_and_revoked_at_once()
    {
        var platform = await Restaurant.Operator();
        var (merchant, _, first) = await Shop();
        var keys = $"/operator/merchants/{merchant}/keys";
        await first.Get(Sessions).Is(200);
        var listed = await platform.Get(keys).Is(200, """
            { "data": [{ "object": "merchant_key", "active": true, "lastUsedAt": "*", "livemode": false }] }
            """);
        Assert.DoesNotContain("jk_test_", listed.Body, StringComparison.Ordinal);

        var keyed = platform.WithKey($"rotate-{merchant}");
        var rotate = $"{keys}/{listed["data.0.id"]}/rotate";
        var second = await keyed.Post(rotate, """{ "overlapHours": 1 }""").Is(201, """{ "name": "Web shop" }""");
        await keyed.Post(rotate, """{ "overlapHours": 1 }""").Is(201, second.Body);
        var successor = new Caller(Restaurant, second["token"]);
        var sale = await first.Post(Sessions, """{ "amount": 5000 }""").Is(201);
        await successor.Get($"{Sessions}/{sale.Id}").Is(200, """{ "amountTotal": 5000 }""");
        await Pass(TimeSpan.FromHours(1));
        await first.Get(Sessions).Is(401, """{ "code": "token-expired" }""");

        await platform.Post($"{keys}/{second.Id}/revoke").Is(200, """{ "active": false }""");
        await successor.Get(Sessions).Is(401, """{ "code": "unauthenticated" }""");
    }

    [Fact(DisplayName = "I6: an app token opens sessions for a short time, with less than its key may do")]
    public async Task An_app_token_has_some_of_its_keys_rights_for_a_short_time()
    {
        var (merchant, _, backend) = await Shop();
        var keyed = backend.WithKey($"token-{merchant}");
        var made = await keyed.Post("/app-tokens", """{ "scopes": ["payments:write"], "expiresIn": 600 }""").Is(201, $$"""
            {
              "object": "app_token", "token": "*", "scopes": ["payments:write"], "livemode": false,
              "expiresAt": "{{Restaurant.In(10.Minutes)}}"
            }
            """);
        await keyed.Post("/app-tokens", """{ "scopes": ["payments:write"], "expiresIn": 600 }""").Is(201, made.Body);
        Assert.StartsWith("jk_app_test_", made["token"], StringComparison.Ordinal);

        var app = new Caller(Restaurant, made["token"]);
        var sale = await app.Post(Sessions, """{ "amount": 5000 }""").Is(201);
        await app.Get($"{Sessions}/{sale.Id}").Is(403, """{ "code": "scope-missing" }""");
        await app.Post("/app-tokens").Is(403, """{ "code": "role-not-allowed" }""");
        await app.Get(Sessions).Is(403, """{ "code": "role-not-allowed" }""");
        await app.Get("/webhook-callback").Is(403, """{ "code": "role-not-allowed" }""");
        await backend.Get($"{Sessions}/{sale.Id}").Is(200);

        await Pass(10.Minutes);
        await app.Post(Sessions, """{ "amount": 5000 }""").Is(401, """{ "code": "token-expired" }""");
        await backend.Post("/app-tokens", """{ "expiresIn": 59 }""").Is(422, """{ "code": "expiry-out-of-range" }""");
        await backend.Post("/app-tokens", """{ "scopes": ["all"] }""").Is(422, """{ "code": "word-not-known" }""");

        var (_, _, reader) = await Shop(scopes: "\"payments:read\"");
        await reader.Post("/app-tokens", """{ "scopes": ["payments:write"] }""")
            .Is(422, """{ "code": "scope-not-allowed", "errors": [{ "pointer": "/scopes/0" }] }""");
        await Kitchen.Manager.Post("/app-tokens").Is(403);
    }

    [Fact]
    public async Task An_app_token_is_in_one_customers_hands_and_reads_what_it_has_opened()
    {
        var (_, _, backend) = await Shop();
        var app = new Caller(Restaurant, (await backend.Post("/app-tokens").Is(201))["token"]);
        var other = new Caller(Restaurant, (await backend.Post("/app-tokens").Is(201))["token"]);
        var sale = await app.WithKey("cart-1").Post(Sessions, """{ "amount": 5000 }""").Is(201);
        var neighbours = await backend.Post(Sessions, """
            { "amount": 6000, "customerEmail": "neema@example.com", "metadata": { "margin": "secret" } }
            """).Is(201);

        await app.Get($"{Sessions}/{sale.Id}").Is(200, $$"""{ "id": "{{sale.Id}}" }""");
        await backend.Get($"{Sessions}/{sale.Id}").Is(200);
        await app.Get($"{Sessions}/{neighbours.Id}").Is(404, """{ "code": "not-found" }""");
        await other.Get($"{Sessions}/{sale.Id}").Is(404, """{ "code": "not-found" }""");
        var same = await other.WithKey("cart-1").Post(Sessions, """{ "amount": 5000 }""").Is(201);
        Assert.NotEqual(sale.Id, same.Id);
        await app.Post(Sessions, """
            { "amount": 5000, "mode": "subscription", "subscription": { "interval": "day" } }
            """).Is(422, """{ "code": "mode-not-supported", "allowed": "payment" }""");
    }

    [Fact(DisplayName = "M3, M8: another merchant's sessions and stores are not there")]
    public async Task Another_merchants_objects_are_not_there()
    {
        var (_, store, asha) = await Shop();
        var (_, _, juma) = await Shop();
        var sale = await asha.Post(Sessions, """{ "amount": 5000 }""").Is(201);

        await juma.Get($"{Sessions}/{sale.Id}").Is(404, """{ "code": "not-found" }""");
        await juma.Post($"{Sessions}/{sale.Id}/expire").Is(404, """{ "code": "not-found" }""");
        await juma.Get(Sessions).Is(200, """{ "data": [] }""");
        await juma.Post(Sessions, $$"""{ "amount": 5000, "storeId": "{{store}}" }""")
            .Is(404, """{ "code": "store-not-found", "detail": "Store not found" }""");
        await (await Restaurant.Operator()).Post("/operator/merchants", $$"""
            { "name": "Juma", "storeIds": ["{{store}}"] }
            """).Is(409, """{ "code": "store-taken" }""");
    }

    [Fact(DisplayName = "P8 livemode: test and live are two worlds, in keys, sessions and phones")]
    public async Task Test_and_live_are_two_worlds()
    {
        var (_, testStore, test) = await Shop();
        var (_, liveStore, live) = await Shop(live: true);
        Assert.StartsWith("jk_test_", test.Token, StringComparison.Ordinal);
        Assert.StartsWith("jk_live_", live.Token, StringComparison.Ordinal);

        var sale = await test.Post(Sessions, """{ "amount": 5000 }""").Is(201, """{ "livemode": false }""");
        await live.Get($"{Sessions}/{sale.Id}").Is(404);
        await test.Post(Sessions, $$"""{ "amount": 5000, "storeId": "{{liveStore}}" }""").Is(404);
        await live.Post(Sessions, $$"""{ "amount": 5000, "storeId": "{{testStore}}" }""").Is(404);
        // The simulator is no way to be paid in live mode, and there is no other one here.
        await live.Post(Sessions, """{ "amount": 5000 }""").Is(422, """{ "code": "mobile-money-unavailable" }""");
        await (await Restaurant.Operator()).Post("/operator/merchants", $$"""
            { "name": "Both", "storeIds": ["{{Kitchen.Id}}", "{{liveStore}}"] }
            """).Is(422, """{ "code": "livemode-mismatch" }""");
    }
}
