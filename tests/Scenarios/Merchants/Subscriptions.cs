using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Merchants;

/// <summary>Customers who pay again and again, each time on their phone.</summary>
public sealed class Subscriptions(MobileRestaurant mobile) : MerchantScenario(mobile)
{
    private const string Path = "/subscriptions";

    [Fact(DisplayName = "I11 subscription: each period has a session of its own, and the phone that paid the first is asked")]
    public async Task Each_period_is_asked_for()
    {
        var (_, store, shop) = await Shop();
        var phone = Mobile.Phone("001");
        var (first, subscription) = await Begin(shop, phone, """{ "interval": "day", "periods": 2 }""");
        await shop.Get($"{Path}/{subscription}").Is(200, $$"""
            {
              "object": "subscription", "status": "active", "storeId": "{{store}}", "amount": 5000, "currency": "TZS",
              "interval": "day", "intervalCount": 1, "periods": 2, "whenUnpaid": "keep", "customerPhone": "{{phone}}",
              "period": 1, "periodStatus": "paid", "latestSessionId": "{{first}}", "cancelAtPeriodEnd": false
            }
            """);
        Assert.Equal(5_000, Mobile.Spent(phone));
        await Pass(23.Hours);
        Assert.Equal(5_000, Mobile.Spent(phone));

        await Pass(1.Hours);
        await Pass(5.Seconds);
        Assert.Equal(10_000, Mobile.Spent(phone));
        var second = await shop.Get($"{Path}/{subscription}").Is(200, """{ "period": 2, "periodStatus": "paid" }""");
        await shop.Get($"{Sessions}/{second["latestSessionId"]}").Is(200, $$"""
            {
              "status": "complete", "mode": "subscription", "subscriptionId": "{{subscription}}", "subscriptionPeriod": 2,
              "amountTotal": 5000, "description": "Milk", "metadata": { "a": "1" }
            }
            """);

        await Pass(24.Hours);
        await shop.Get($"{Path}/{subscription}").Is(200, """{ "status": "ended", "period": 2, "endedAt": "*" }""");
        Assert.Equal(10_000, Mobile.Spent(phone));
        await shop.Get($"{Path}?status=ended").Is(200, $$"""{ "data": [{ "id": "{{subscription}}" }] }""");
        Assert.Empty((await shop.Get($"{Path}?status=active").Is(200)).At("data").EnumerateArray());
        var (_, _, other) = await Shop();
        await other.Get($"{Path}/{subscription}").Is(404);
        await other.Post($"{Path}/{subscription}/pause").Is(404);
    }

    [Fact]
    public async Task A_pause_leaves_periods_out_and_a_cancelled_subscription_ends_with_its_period()
    {
        var (_, _, shop) = await Shop();
        var phone = Mobile.Phone("001");
        var (first, subscription) = await Begin(shop, phone, """{ "interval": "day" }""");
        var once = shop.WithKey("pause-once");
        var paused = await once.Post($"{Path}/{subscription}/pause").Is(200, """{ "status": "paused" }""");
        await once.Post($"{Path}/{subscription}/pause").Is(200, paused.Body);
        await shop.Post($"{Path}/{subscription}/pause").Is(200, """{ "status": "paused" }""");
        await Pass(36.Hours);
        await shop.Get($"{Path}/{subscription}").Is(200, """{ "status": "paused", "period": 1 }""");
        await shop.Post($"{Path}/{subscription}/resume").Is(200, $$"""
            { "status": "active", "period": 1, "periodStatus": "paid", "latestSessionId": "{{first}}" }
            """);
        Assert.Equal(5_000, Mobile.Spent(phone));
        await Pass(12.Hours);
        await Pass(5.Seconds);
        Assert.Equal(10_000, Mobile.Spent(phone));
        var cancelling = shop.WithKey("cancel-once");
        await cancelling.Post($"{Path}/{subscription}/cancel", """{ "atPeriodEnd": true }""")
            .Is(200, """{ "status": "active", "cancelAtPeriodEnd": true }""");
        await cancelling.Post($"{Path}/{subscription}/cancel", """{ "atPeriodEnd": false }""")
            .Is(422, """{ "code": "idempotency-key-reused" }""");
        await shop.Post($"{Path}/{subscription}/resume").Is(200, """{ "status": "active", "cancelAtPeriodEnd": false }""");
        await shop.Post($"{Path}/{subscription}/cancel", """{ "atPeriodEnd": true }""").Is(200);
        await Pass(24.Hours);
        await shop.Get($"{Path}/{subscription}").Is(200, """{ "status": "cancelled", "cancelAtPeriodEnd": true }""");
        Assert.Equal(10_000, Mobile.Spent(phone));
    }

    [Fact]
    public async Task A_first_session_that_is_not_paid_begins_nothing()
    {
        var (_, _, shop) = await Shop();
        await shop.Post(Sessions, """{ "amount": 5000, "mode": "subscription" }""")
            .Is(422, """{ "code": "field-required", "errors": [{ "pointer": "/subscription" }] }""");
        await shop.Post(Sessions, """
            { "amount": 5000, "mode": "subscription", "subscription": { "interval": "month", "trialDays": 7 } }
            """).Is(422, """{ "code": "customer-phone-required", "errors": [{ "pointer": "/customerPhone" }] }""");
        var open = await Open(shop, """{ "interval": "day" }""");
        await shop.Post($"{Path}/{open["subscriptionId"]}/cancel").Is(200, """{ "status": "cancelled" }""");
        await shop.Get($"{Sessions}/{open.Id}").Is(200, """{ "status": "expired" }""");
        await PayOnPage(open, Mobile.Phone("001")).Is(410);

        var late = await Open(shop, """{ "interval": "day" }""");
        await Pass(25.Hours);
        await shop.Get($"{Path}/{late["subscriptionId"]}").Is(200, """{ "status": "cancelled", "periodStatus": "unpaid" }""");
    }

    // The trial is longer than any timer of .NET runs.
    [Fact]
    public async Task A_trial_is_free_until_its_day_and_then_the_named_phone_is_asked()
    {
        var (_, _, shop) = await Shop();
        var phone = Mobile.Phone("001");
        var open = await OpenTrial(shop, phone, days: 60);
        await shop.Get($"{Path}/{open["subscriptionId"]}").Is(200, $$"""
            {
              "status": "trialing", "trialDays": 60, "trialEndsAt": "{{open["trialEndsAt"]}}",
              "customerPhone": "{{phone}}", "period": 1, "periodStatus": "open", "latestSessionId": "{{open.Id}}",
              "begunAt": null, "periodEnds": null
            }
            """);
        await Restaurant.Stranger.Get(PageOf(open)).Is(200, $$"""
            {
              "status": "open",
              "subscription": { "interval": "day", "intervalCount": 7, "trialEndsAt": "{{open["trialEndsAt"]}}" }
            }
            """);
        await shop.Post($"{Path}/{open["subscriptionId"]}/pause")
            .Is(409, """{ "code": "subscription-state", "subscriptionStatus": "trialing" }""");
        await shop.Get($"{Path}?status=trialing").Is(200, $$"""{ "data": [{ "id": "{{open["subscriptionId"]}}" }] }""");
        await Pass(TimeSpan.FromDays(60) - 1.Hours);
        Assert.Equal(0, Mobile.Spent(phone));

        await Pass(1.Hours);
        await Pass(5.Seconds);
        Assert.Equal(5_000, Mobile.Spent(phone));
        await shop.Get($"{Path}/{open["subscriptionId"]}").Is(200, $$"""
            {
              "status": "active", "period": 1, "periodStatus": "paid", "begunAt": "{{open["trialEndsAt"]}}"
            }
            """);
        await shop.Get($"{Sessions}/{open.Id}").Is(200, """{ "status": "complete", "paymentStatus": "succeeded" }""");
        await FeedSays(shop, "subscription.due", 1, $$"""
            { "data": [{ "data": { "subscriptionId": "{{open["subscriptionId"]}}", "number": 1, "sessionId": "{{open.Id}}" } }] }
            """);
        await FeedSays(shop, "subscription.changed", 2, """
            { "data": [{ "data": { "status": "INCOMPLETE" } }, { "data": { "status": "ACTIVE" } }] }
            """);

        await Pass(TimeSpan.FromDays(7));
        await Pass(5.Seconds);
        Assert.Equal(10_000, Mobile.Spent(phone));
        await shop.Get($"{Path}/{open["subscriptionId"]}").Is(200, """{ "period": 2, "periodStatus": "paid" }""");
    }

    [Fact]
    public async Task Whoever_pays_in_a_trial_is_asked_again_after_the_first_period()
    {
        var (_, _, shop) = await Shop();
        var (named, phone) = (Mobile.Phone("001"), Mobile.Phone("002"));
        var open = await OpenTrial(shop, named, days: 3);
        await PayOnPage(open, phone).Is(202);
        await Pay();
        await shop.Get($"{Path}/{open["subscriptionId"]}").Is(200, $$"""
            {
              "status": "active", "customerPhone": "{{phone}}", "periodStatus": "paid",
              "trialEndsAt": "{{open["trialEndsAt"]}}", "begunAt": "{{open["trialEndsAt"]}}"
            }
            """);
        await Pass(TimeSpan.FromDays(9));
        await Pass(5.Seconds);
        Assert.Equal((0, 5_000), (Mobile.Spent(named), Mobile.Spent(phone)));
        await Pass(TimeSpan.FromDays(1));
        await Pass(5.Seconds);
        Assert.Equal((0, 10_000), (Mobile.Spent(named), Mobile.Spent(phone)));
        await FeedSays(shop, "subscription.due", 1, """{ "data": [{ "data": { "number": 2 } }] }""");
    }

    [Fact]
    public async Task A_trial_that_is_cancelled_or_not_paid_leaves_nothing_to_pay()
    {
        var (_, _, shop) = await Shop();
        var phone = Mobile.Phone("001");
        var open = await OpenTrial(shop, phone, days: 3);
        await shop.Post($"{Path}/{open["subscriptionId"]}/cancel", """{ "atPeriodEnd": true }""")
            .Is(200, """{ "status": "cancelled", "cancelAtPeriodEnd": false }""");
        await shop.Get($"{Sessions}/{open.Id}").Is(200, """{ "status": "expired" }""");
        await PayOnPage(open, phone).Is(410);

        var poor = Mobile.Phone("011");
        var unpaid = await OpenTrial(shop, poor, days: 3);
        var before = 0;
        foreach (var day in (int[])[2, 3, 4, 6, 8, 9])
        {
            await Pass(TimeSpan.FromDays(day - before));
            await Pass(5.Seconds);
            before = day;
            await shop.Get($"{Path}/{unpaid["subscriptionId"]}").Is(200, day switch
            {
                < 3 => """{ "status": "trialing" }""",
                < 9 => """{ "status": "incomplete" }""",
                _ => """{ "status": "cancelled", "periodStatus": "unpaid", "endedAt": "*" }""",
            });
        }

        Assert.Equal((0, 0), (Mobile.Spent(phone), Mobile.Spent(poor)));
        await shop.Get($"{Sessions}/{unpaid.Id}").Is(200, """{ "status": "expired" }""");
    }

    private static Task<Answer> OpenTrial(Caller shop, string phone, int days) => shop.Post(Sessions, $$"""
        {
          "amount": 5000, "mode": "subscription", "customerPhone": "{{phone}}",
          "subscription": { "interval": "day", "intervalCount": 7, "trialDays": {{days}} }
        }
        """).Is(201, """{ "mode": "subscription", "subscriptionPeriod": 1, "trialEndsAt": "*", "expiresAt": "*" }""");

    private async Task<(Guid Session, string Subscription)> Begin(Caller shop, string phone, string plan)
    {
        var session = await Open(shop, plan);
        await shop.Get($"{Path}/{session["subscriptionId"]}").Is(200, """{ "status": "incomplete" }""");
        await PayOnPage(session, phone).Is(202);
        await Pay();
        return (session.Id, session["subscriptionId"]);
    }

    private static Task<Answer> Open(Caller shop, string plan) => shop.Post(Sessions, $$"""
        {
          "amount": 5000, "mode": "subscription", "subscription": {{plan}}, "description": "Milk",
          "metadata": { "a": "1" }
        }
        """).Is(201, """{ "mode": "subscription", "subscriptionId": "*", "subscriptionPeriod": 1 }""");
}
