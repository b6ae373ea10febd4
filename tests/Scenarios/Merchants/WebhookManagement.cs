using System.Text.Json;
using JikoXpress.Scenarios.Vocabulary;
using JikoXpress.Webhooks.Tests;

namespace JikoXpress.Scenarios.Merchants;

/// <summary>Subscriptions, their secrets, their deliveries and the feed, as a merchant's backend sees them.</summary>
public sealed class WebhookManagement(WebhookHouse house) : WebhookScenario(house)
{
    [Fact]
    public async Task A_subscription_is_made_shown_changed_and_removed()
    {
        var (store, shop) = await Shop();
        var keyed = shop.WithKey("first");
        const string Body = """
            { "url": "https://shop.example/hook", "eventTypes": ["checkout_session.confirmed"], "description": "Orders" }
            """;
        var made = await keyed.Post(Subscriptions, Body).Is(201, """
            {
              "object": "webhook_subscription", "url": "https://shop.example/hook", "description": "Orders",
              "eventTypes": ["checkout_session.confirmed"], "storeIds": null, "enabled": true, "livemode": false,
              "disabledReason": null, "failingSince": null, "secrets": [{ "expiresAt": null, "secret": null }]
            }
            """);
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", made["secret"]);
        Assert.Equal("no-store", made.Header("Cache-Control"));
        // The same key gives the same secret again, which is kept nowhere as it is.
        Assert.Equal(made.Body, (await keyed.Post(Subscriptions, Body).Is(201)).Body);
        await shop.Get($"{Subscriptions}/{made.Id}").Is(200, """{ "description": "Orders", "secret": null }""");
        await shop.Get(Subscriptions).Is(200, $$"""{ "data": [{ "id": "{{made.Id}}", "secret": null }] }""");

        await shop.Patch($"{Subscriptions}/{made.Id}", $$"""
            { "eventTypes": ["*"], "storeIds": ["{{store}}"], "enabled": false }
            """).Is(200, $$"""
            {
              "url": "https://shop.example/hook", "eventTypes": ["*"], "storeIds": ["{{store}}"], "enabled": false,
              "disabledReason": "MERCHANT"
            }
            """);
        await shop.Patch($"{Subscriptions}/{made.Id}", """{ "storeIds": [] }""")
            .Is(200, """{ "storeIds": null, "enabled": false }""");

        await shop.Delete($"{Subscriptions}/{made.Id}").Is(204);
        await shop.Get($"{Subscriptions}/{made.Id}").Is(404, """{ "code": "not-found" }""");
        await shop.Delete($"{Subscriptions}/{made.Id}").Is(404);
        await shop.Get(Subscriptions).Is(200, """{ "data": [] }""");
    }

    [Fact]
    public async Task What_cannot_be_sent_to_is_refused_when_it_is_named()
    {
        var (_, shop) = await Shop();
        foreach (var url in (string[])
            ["http://shop.example/", "https://10.0.0.7/", "https://[fd00::1]/", "https://till.local/", "https://a:b@shop.example/"])
        {
            await shop.Post(Subscriptions, $$"""{ "url": "{{url}}" }""")
                .Is(422, """{ "code": "url-invalid", "errors": [{ "pointer": "/url" }] }""");
            await shop.Post(Sessions, $$"""{ "amount": 5000, "callbackUrl": "{{url}}" }""")
                .Is(422, """{ "code": "url-invalid", "errors": [{ "pointer": "/callbackUrl" }] }""");
        }

        await shop.Post(Subscriptions, $$"""
            { "url": "https://shop.example/", "eventTypes": ["sale"], "description": "" }
            """).Is(422, """{ "errors": [{ "code": "word-not-known" }, { "code": "invalid-text" }] }""");
        await shop.Post(Subscriptions, $$"""
            { "url": "https://shop.example/", "storeIds": ["{{Restaurant.Kitchen.Id}}"] }
            """).Is(404, """{ "code": "store-not-found" }""");
        for (var number = 0; number < 16; number++)
            await shop.Post(Subscriptions, """{ "url": "https://shop.example/" }""").Is(201);
        await shop.Post(Subscriptions, """{ "url": "https://shop.example/" }""").Is(409, """{ "code": "limit-reached" }""");
    }

    [Fact]
    public async Task Each_scope_opens_its_own_and_another_merchants_subscriptions_are_not_there()
    {
        var (_, shop) = await Shop();
        var (_, other) = await Shop();
        var (_, reader) = await Shop("\"webhooks:read\"");
        var (_, payments) = await Shop("\"payments:read\", \"payments:write\"");
        var server = await Server();
        var path = $"{Subscriptions}/{(await Subscribe(shop, server)).Id}";

        await reader.Get(Subscriptions).Is(200);
        await reader.Get("/events").Is(200);
        await reader.Post(Subscriptions, """{ "url": "https://shop.example/" }""").Is(403, """{ "code": "scope-missing" }""");
        await reader.Get("/webhook-callback").Is(403, """{ "code": "scope-missing" }""");
        await payments.Get("/events").Is(403, """{ "code": "scope-missing" }""");
        await payments.Post(Sessions, """{ "amount": 5000 }""").Is(201);
        await Restaurant.Kitchen.Manager.Get(Subscriptions).Is(403, """{ "code": "role-not-allowed" }""");

        await other.Get(path).Is(404);
        await other.Patch(path, """{ "enabled": false }""").Is(404);
        await other.Delete(path).Is(404);
        await other.Get($"{path}/deliveries").Is(404);
        await other.Post($"{path}/test").Is(404);
        await other.Post($"{path}/rotate-secret").Is(404);
        await other.Post($"{path}/deliveries/{Guid.CreateVersion7()}/replay").Is(404);
        await shop.Post($"{path}/deliveries/{Guid.CreateVersion7()}/replay").Is(404);
        await other.Post($"{path}/replay", """{ "from": "2026-01-01T00:00:00Z", "to": "2026-12-01T00:00:00Z" }""").Is(404);
        await shop.Get(path).Is(200, """{ "enabled": true }""");
    }

    [Fact]
    public async Task Two_secrets_sign_until_the_overlap_is_over()
    {
        var (_, shop) = await Shop();
        var server = await Server();
        var made = await Subscribe(shop, server);
        var path = $"{Subscriptions}/{made.Id}";
        var fresh = await shop.WithKey("rotate").Post($"{path}/rotate-secret", """{ "overlapHours": 2 }""")
            .Is(201, """{ "object": "webhook_secret", "expiresAt": null, "secret": "*" }""");
        Assert.Equal(
            fresh.Body, (await shop.WithKey("rotate").Post($"{path}/rotate-secret", """{ "overlapHours": 2 }""").Is(201)).Body);
        Assert.NotEqual(made["secret"], fresh["secret"]);
        await shop.Get(path).Is(200, """{ "secrets": [{ "expiresAt": null }, { "expiresAt": "*" }] }""");

        await shop.Post($"{path}/test").Is(201, """{ "type": "webhook.test", "status": "PENDING" }""");
        await House.Until(() => !server.All.IsEmpty);
        Assert.Equal(2, server.All.Last().Headers["webhook-signature"].Split(' ').Length);

        await Mobile.Pass(TimeSpan.FromHours(2));
        await shop.Post($"{path}/test").Is(201);
        await House.Until(() => server.All.Count >= 2);
        Assert.Single(server.All.Last().Headers["webhook-signature"].Split(' '));
        await shop.Post($"{path}/rotate-secret", """{ "overlapHours": 169 }""").Is(422, """{ "code": "expiry-out-of-range" }""");
        for (var number = 0; number < 3; number++) await shop.Post($"{path}/rotate-secret").Is(201);
        await shop.Post($"{path}/rotate-secret").Is(409, """{ "code": "limit-reached" }""");
        // Rather at once than never: what has become known must end.
        await shop.Post($"{path}/rotate-secret", """{ "overlapHours": 0 }""").Is(201);
        var left = await shop.Get(path).Is(200);
        Assert.Equal(1, left.At("secrets").GetArrayLength());
    }

    [Fact]
    public async Task The_feed_has_every_event_of_the_stores_oldest_first_under_the_ids_of_the_webhooks()
    {
        var (store, shop) = await Shop();
        var (_, other) = await Shop();
        var server = await Server();
        await Subscribe(shop, server);
        await shop.Get("/events").Is(200, """{ "object": "list", "data": [], "paging": { "hasMore": false, "after": null } }""");
        await Sell(other);
        await Sell(shop);
        await Sell(shop);
        await House.Until(() => server.All.Count >= 4);

        var first = await shop.Get("/events?limit=3").Is(200, $$"""
            {
              "data": [
                { "object": "event", "type": "payment.started", "storeId": "{{store}}", "livemode": false, "data": { "sessionId": "*" } },
                { "type": "checkout_session.confirmed" }, { "type": "payment.started" }
              ],
              "paging": { "hasMore": true }
            }
            """);
        var rest = await shop.Get($"/events?after={first["paging.after"]}").Is(200, """
            { "data": [{ "type": "checkout_session.confirmed" }], "paging": { "hasMore": false } }
            """);
        Assert.Equal(server.All.Select(webhook => webhook.Id).Order(), Ids(first).Concat(Ids(rest)).Order());
        Assert.Equal(Ids(rest).Last(), rest["paging.after"]);
        // What a webhook says and what the feed says is the same.
        var told = server.All.Single(webhook => webhook.Id == Ids(rest).Single());
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(told.Body), rest.At("data.0")));

        await shop.Get($"/events?after={rest["paging.after"]}")
            .Is(200, $$"""{ "data": [], "paging": { "hasMore": false, "after": "{{rest["paging.after"]}}" } }""");
        var paid = await shop.Get("/events?type=checkout_session.confirmed&limit=1").Is(200, """{ "paging": { "hasMore": true } }""");
        await shop.Get($"/events?type=checkout_session.confirmed&after={paid["paging.after"]}").Is(200, """{ "data": [{}], "paging": { "hasMore": false } }""");
        await shop.Get("/events?after=147").Is(400, """{ "code": "cursor-invalid" }""");
        await shop.Get("/events?type=sale").Is(400, """{ "code": "invalid-type" }""");

        var waiting = shop.Get($"/events?after={rest["paging.after"]}&waitSeconds=30");
        await Sell(shop);
        await waiting.Is(200, """{ "data": [{ "type": "payment.started" }] }""");
    }

    [Fact]
    public async Task One_event_or_a_span_is_sent_again_under_the_same_ids()
    {
        var (_, shop) = await Shop();
        var server = await Server();
        var path = $"{Subscriptions}/{(await Subscribe(shop, server, "\"checkout_session.confirmed\"")).Id}";
        var from = Restaurant.In(TimeSpan.Zero);
        await Sell(shop);
        await Mobile.Pass(1.Minutes);
        await Sell(shop);
        await House.Until(() => server.All.Count >= 2);
        await House.Settle();
        var ids = server.All.Select(webhook => webhook.Id).ToList();

        var page = await shop.Get($"{path}/deliveries?limit=1").Is(200, """{ "paging": { "hasMore": true } }""");
        var older = await shop.Get($"{path}/deliveries?limit=1&after={page["paging.after"]}").Is(200, """{ "paging": { "hasMore": false } }""");
        await shop.Post($"{path}/deliveries/{older["data.0.id"]}/replay").Is(200, """{ "status": "PENDING" }""");
        await House.Until(() => server.All.Count >= 3);
        Assert.Equal(older["data.0.eventId"], server.All.Last().Id);
        await House.Settle();

        await shop.Post($"{path}/replay", $$"""{ "from": "{{from}}", "to": "{{Restaurant.In(1.Seconds)}}" }""")
            .Is(200, """{ "object": "webhook_replay", "events": 2 }""");
        await House.Until(() => server.All.Count >= 5);
        Assert.Equal(ids.Order(), server.All.Skip(3).Select(webhook => webhook.Id).Order());
        // Events of before the subscription are sent, too, when they are asked for.
        var late = await Server();
        var latePath = $"{Subscriptions}/{(await Subscribe(shop, late)).Id}";
        await House.Settle();
        Assert.Empty(late.All);
        await shop.Post($"{latePath}/replay", $$"""{ "from": "{{from}}", "to": "{{Restaurant.In(1.Seconds)}}" }""")
            .Is(200, """{ "events": 4 }""");
        await House.Until(() => late.All.Count >= 4);
        await shop.Post($"{path}/replay", $$"""{ "from": "{{from}}", "to": "{{from}}" }""")
            .Is(422, """{ "code": "replay-out-of-range" }""");
        await shop.Post($"{path}/replay", """{ "from": "yesterday", "to": "2026-03-01T00:00:00" }""")
            .Is(400, """{ "errors": [{ "pointer": "/from" }, { "pointer": "/to" }] }""");
        await House.Settle();
    }

    [Fact]
    public async Task Only_the_types_and_stores_that_a_subscription_names_are_sent()
    {
        var (store, shop) = await Shop();
        var (some, all) = (await Server(), await Server());
        await Subscribe(shop, some, "\"payment.failed\", \"checkout_session.expired\"");
        await shop.Post(Subscriptions, $$"""{ "url": "{{all.Address}}", "storeIds": ["{{store}}"] }""").Is(201);
        var disabled = await Server();
        await shop.Post(Subscriptions, $$"""{ "url": "{{disabled.Address}}", "enabled": false }""").Is(201);
        await Sell(shop);
        var session = await shop.Post(Sessions, """{ "amount": 5000, "expiresIn": 60 }""").Is(201);
        await PayOnPage(session, Mobile.Phone("013")).Is(202);
        await Mobile.UntilQuiet();
        await Mobile.Pass(1.Seconds);
        await Mobile.Pass(2.Minutes);

        await House.Until(() => all.All.Count >= 5 && some.All.Count >= 2);
        await House.Settle();
        Assert.Equal(["payment.failed", "checkout_session.expired"], some.All.OrderBy(Sequence).Select(TypeOf));
        Assert.Equal(5, all.All.Count);
        Assert.Empty(disabled.All);
    }

    private static IEnumerable<string> Ids(Answer page) =>
        page.At("data").EnumerateArray().Select(each => each.GetProperty("id").GetString()!);

    private static long Sequence(Received webhook) =>
        JsonElement.Parse(webhook.Body).GetProperty("sequence").GetInt64();
}
