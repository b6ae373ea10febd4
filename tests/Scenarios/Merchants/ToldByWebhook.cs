using System.Text.Json;
using JikoXpress.Grains.Ports;
using JikoXpress.Scenarios.Vocabulary;
using JikoXpress.Webhooks;
using JikoXpress.Webhooks.Tests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace JikoXpress.Scenarios.Merchants;

/// <summary>A shop's server hears of its sales, whatever becomes of the server or of the processes that tell it.</summary>
public sealed class ToldByWebhook(WebhookHouse house) : WebhookScenario(house)
{
    [Fact(DisplayName = "K11, K12: a paid session is told to the shop's server, signed, once, whichever process tells it")]
    public async Task A_sale_is_told_signed_and_once()
    {
        var (store, shop) = await Shop();
        var server = await Server();
        var subscription = await Subscribe(shop, server);
        var session = await Sell(shop);

        await House.Until(() => server.All.Count >= 2);
        await House.Settle();

        Assert.Equal(["checkout_session.confirmed", "payment.started"], server.All.Select(TypeOf).Order());
        var paid = server.All.Single(webhook => TypeOf(webhook) is "checkout_session.confirmed");
        Verify(subscription["secret"], paid);
        var body = JsonElement.Parse(paid.Body);
        Assert.Equal(paid.Id, body.GetProperty("id").GetString());
        Assert.Equal(store, body.GetProperty("storeId").GetGuid());
        Assert.False(body.GetProperty("livemode").GetBoolean());
        Assert.Equal(session.Id, body.GetProperty("data").GetProperty("sessionId").GetGuid());
        Assert.True(SequenceOf(paid) > SequenceOf(server.All.Single(each => each != paid)));
        Assert.DoesNotContain("+255", paid.Body, StringComparison.Ordinal);
        await shop.Get($"{Subscriptions}/{subscription.Id}/deliveries?status=DELIVERED").Is(200, """
            { "data": [{ "status": "DELIVERED", "attempts": [{ "number": 1, "httpStatus": 200, "error": null }] }, {}] }
            """);
    }

    [Fact(DisplayName = "K10, K13: a session's callbackUrl hears of each change, signed with the merchant's callback secret")]
    public async Task A_callback_hears_of_each_change()
    {
        var (_, shop) = await Shop();
        var server = await Server();
        var secret = (await shop.Get("/webhook-callback").Is(200, """
            { "object": "webhook_callback", "secrets": [{ "secret": "*" }] }
            """))["secrets.0.secret"];
        var session = await shop.Post(Sessions, $$"""
            { "amount": 5000, "callbackUrl": "{{server.Address}}orders/{CHECKOUT_SESSION_ID}" }
            """).Is(201);
        await PayOnPage(session, Mobile.Phone("013")).Is(202);
        await Mobile.UntilQuiet();
        await Mobile.Pass(1.Seconds);
        await shop.Post($"{Sessions}/{session.Id}/expire").Is(200);

        await House.Until(() => server.All.Count >= 3);
        await House.Settle();
        Assert.Equal(
            ["payment.started", "payment.failed", "checkout_session.expired"],
            server.All.OrderBy(SequenceOf).Select(TypeOf));
        Assert.All(server.All, webhook =>
        {
            Assert.Equal($"/orders/{session.Id}", webhook.Path);
            Verify(secret, webhook);
        });

        // A session without one tells nobody.
        await Sell(shop);
        await House.Settle();
        Assert.Equal(3, server.All.Count);

        var fresh = await shop.Post("/webhook-callback/rotate-secret", """{ "overlapHours": 0 }""").Is(201);
        var delivery = (await shop.Get("/webhook-callback/deliveries?limit=1").Is(200)).At("data.0");
        await shop.Post($"/webhook-callback/deliveries/{delivery.GetProperty("id")}/replay").Is(200);
        await House.Until(() => server.All.Count >= 4);
        Verify(fresh["secret"], server.All.Last());
        Assert.ThrowsAny<Exception>(() => Verify(secret, server.All.Last()));
    }

    [Fact]
    public async Task A_server_that_is_down_for_a_day_misses_nothing()
    {
        var (_, shop) = await Shop();
        var server = await Server();
        var subscription = await Subscribe(shop, server, "\"checkout_session.confirmed\"");
        server.Answer = Answering(503);
        var first = await Sell(shop);
        await House.Until(() => !server.All.IsEmpty);
        foreach (var pause in (TimeSpan[])[TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)])
        {
            var known = server.All.Count;
            await House.Settle();
            await Mobile.Pass(pause);
            await House.Until(() => server.All.Count > known);
        }

        var second = await Sell(shop);
        await House.Settle();
        await Mobile.Pass(TimeSpan.FromHours(12));
        await House.Settle();
        await shop.Get($"{Subscriptions}/{subscription.Id}").Is(200, """{ "enabled": true, "failingSince": "*" }""");

        server.All.Clear();
        server.Answer = Answering(200);
        for (var time = 0; time < 8 && server.All.Count < 2; time++)
        {
            await Mobile.Pass(TimeSpan.FromHours(6));
            await House.Settle();
        }

        Assert.Equal(
            new[] { first.Id, second.Id }.Order(), server.All.Select(SessionOf).Distinct().Order());
        await shop.Get($"{Subscriptions}/{subscription.Id}").Is(200, """{ "failingSince": null }""");
    }

    [Fact]
    public async Task A_server_that_hangs_delays_nobody_else()
    {
        var (_, shop) = await Shop();
        var (_, other) = await Shop();
        var (hanging, quick) = (await Server(), await Server());
        var stuck = await Subscribe(shop, hanging);
        await Subscribe(other, quick);
        var end = new TaskCompletionSource();
        hanging.Answer = _ => end.Task;
        for (var sale = 0; sale < 5; sale++) await Sell(shop);
        await House.Until(() => hanging.All.Count >= 4);
        await Sell(other);
        // Nobody's time passes: the one is heard while the other hangs.
        await House.Until(() => quick.All.Count >= 2);

        Restaurant.Clock.Advance(WebhookSender.Timeout);
        end.SetResult();
        await House.Settle();
        var log = await shop.Get($"{Subscriptions}/{stuck.Id}/deliveries?limit=100").Is(200);
        Assert.Contains("\"error\":\"timeout\"", log.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_dies_after_it_has_sent_is_followed_by_another_with_the_same_id()
    {
        var (_, shop) = await Shop();
        var server = await Server();
        var subscription = await Subscribe(shop, server, "\"checkout_session.confirmed\"");
        // Due now, and nobody looks before time passes: this process is the first.
        await shop.Post($"{Subscriptions}/{subscription.Id}/test").Is(201);
        var claimed = await Restaurant.Host.Services.GetRequiredService<IWebhookDeliveries>().Claim(
            new WebhookClaim(
                WebhookPool.Well, Most: 10, MostOfOne: 4, new Dictionary<Guid, int>(), TimeSpan.FromSeconds(30)),
            Restaurant.Clock.GetUtcNow());
        // It sends, and nothing is noted.
        await Restaurant.Host.Services.GetRequiredService<WebhookSender>()
            .Send(claimed.Single(work => work.SubscriptionId == subscription.Id));
        Assert.Single(server.All);
        await House.Settle();
        Assert.Single(server.All);

        await Mobile.Pass(30.Seconds);
        await House.Until(() => server.All.Count >= 2);
        await House.Settle();
        Assert.Equal(2, server.All.Count);
        Assert.Single(server.All.Select(webhook => (webhook.Id, webhook.Body)).Distinct());
        await shop.Get($"{Subscriptions}/{subscription.Id}/deliveries")
            .Is(200, """{ "data": [{ "status": "DELIVERED", "attempts": [{ "number": 1 }] }] }""");
    }

    [Fact]
    public async Task Gone_disables_the_subscription_and_what_waits_is_sent_when_it_is_enabled_again()
    {
        var (_, shop) = await Shop();
        var server = await Server();
        var subscription = await Subscribe(shop, server, "\"checkout_session.confirmed\"");
        var path = $"{Subscriptions}/{subscription.Id}";
        server.Answer = Answering(410);
        await Sell(shop);
        await House.Until(() => !server.All.IsEmpty);
        await House.Settle();
        await shop.Get(path).Is(200, """{ "enabled": false, "disabledReason": "GONE" }""");
        await shop.Post($"{path}/test").Is(409, """{ "code": "webhook-disabled" }""");
        // What happens meanwhile is not sent, but in the feed.
        await Sell(shop);
        await Mobile.Pass(TimeSpan.FromMinutes(10));
        await House.Settle();
        Assert.Single(server.All);

        server.Answer = Answering(200);
        await shop.Patch(path, """{ "enabled": true }""").Is(200, """{ "enabled": true, "disabledReason": null }""");
        await House.Until(() => server.All.Count >= 2);
        await House.Settle();
        Assert.Single(server.All.Select(webhook => webhook.Id).Distinct());
    }

    private static Func<HttpContext, Task> Answering(int status) => http =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    private static long SequenceOf(Received webhook) =>
        JsonElement.Parse(webhook.Body).GetProperty("sequence").GetInt64();

    private static Guid SessionOf(Received webhook) =>
        JsonElement.Parse(webhook.Body).GetProperty("data").GetProperty("sessionId").GetGuid();

    /// <summary>With code that is not ours, but for the time, which is the test's.</summary>
    private static void Verify(string secret, Received webhook)
    {
        var signed = $"{webhook.Id}.{webhook.Headers["webhook-timestamp"]}.{webhook.Body}";
        var verifier = new StandardWebhooks.StandardWebhook(secret);
        var expected = verifier.Sign(
            webhook.Id,
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(
                webhook.Headers["webhook-timestamp"], System.Globalization.CultureInfo.InvariantCulture)),
            webhook.Body);
        Assert.True(webhook.Headers["webhook-signature"].Split(' ').Contains(expected), $"Nobody signed {signed}");
    }
}
