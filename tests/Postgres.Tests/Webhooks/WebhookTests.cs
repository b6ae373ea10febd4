using JikoXpress.Domain;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Retention;
using JikoXpress.Testing;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace JikoXpress.Postgres.Tests.Webhooks;

/// <summary>Events become deliveries once, and deliveries are tried until they arrive, whoever dies.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private readonly SecretsKeyFile key = new();
    private readonly TestDatabase database = new();
    private readonly FakeTimeProvider clock = Clocks.AtNoon();
    private Sender? first, second;

    private Sender First => first ?? throw new InvalidOperationException("InitializeAsync comes first.");
    private Sender Second => second ?? throw new InvalidOperationException("InitializeAsync comes first.");

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        (first, second) = (new Sender(database, key, clock), new Sender(database, key, clock));
        await first.Start();
        await second.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await database.DisposeAsync();
        key.Dispose();
    }

    [Fact]
    public async Task Each_event_is_delivered_once_to_each_subscription_that_wants_it()
    {
        var (shop, other) = (await First.Merchant(), await First.Merchant());
        await First.Happen(shop);
        var all = await First.Subscribe(shop);
        var some = await First.Subscribe(shop, "stock.back");
        await First.Happen(shop, 120);
        await First.Happen(shop, told: new KitchenEvent.StockBack(Guid.CreateVersion7(), 3));
        await First.Happen(other);

        // Two processes look at the same time.
        await First.Publish();
        await Second.Publish();
        await Task.WhenAll(First.FanOut(), Second.FanOut());
        Assert.Equal(0, await First.FanOut());

        // What happened before a subscription was made is not for it.
        Assert.Equal(121, (await First.Claim(most: 200, mostOfOne: 200)).Count(work => work.SubscriptionId == all.Subscription.Id));
        var back = Assert.Single(await First.Log(some));
        Assert.Equal("stock.back", back.Type);
        Assert.Equal(back.EventId, (await First.Feed.Read(shop.Stores, liveMode: false, 0, 200)).Events[^1].Id);
    }

    [Fact]
    public async Task An_event_that_only_a_newer_build_can_read_holds_up_its_store_alone()
    {
        var (shop, other) = (await First.Merchant(), await First.Merchant());
        var (made, theirs) = (await First.Subscribe(shop), await First.Subscribe(other));
        await First.Happen(shop);
        await First.HappenAs(shop, """{ "type": "of-a-newer-build" }""");
        await First.Happen(shop);
        await First.Happen(other, 2);

        await First.FanOut();
        Assert.Single(await First.Log(made));
        Assert.Equal(2, (await First.Log(theirs)).Count);

        // The newer build runs again.
        await using (var known = database.Source.CreateCommand(
            "UPDATE jiko.event SET payload = (SELECT min(payload) FROM jiko.event WHERE payload NOT LIKE '%newer%') "
            + "WHERE payload LIKE '%newer%'"))
            await known.ExecuteNonQueryAsync();
        await First.FanOut();
        Assert.Equal(3, (await First.Log(made)).Count);
    }

    [Fact]
    public async Task The_feed_ends_before_an_event_that_only_a_newer_build_can_read_and_a_replay_leaves_it_out()
    {
        var shop = await First.Merchant();
        var made = await First.Subscribe(shop);
        var from = clock.GetUtcNow();
        await First.Happen(shop);
        await First.HappenAs(shop, """{ "type": "of-a-newer-build" }""");
        await First.HappenAs(
            shop, $$"""{"type":"subscription.changed","subscriptionId":"{{Guid.Empty}}","status":"OF_A_NEWER_BUILD"}""");
        await First.Happen(shop);
        await First.Publish();

        var read = await First.Feed.Read(shop.Stores, liveMode: false, 0, 200);
        Assert.True(read.EndsBeforeNewer);
        var stuck = await First.Feed.Read(
            shop.Stores, liveMode: false, Assert.Single(read.Events).Position, 200);
        Assert.Equal((0, true), (stuck.Events.Count, stuck.EndsBeforeNewer));
        Assert.False((await First.Feed.Read(shop.Stores, liveMode: false, 0, 1)).EndsBeforeNewer);

        Assert.Equal(
            [true, false, false, true],
            (await First.Screens.Read(shop.Stores[0], 0, 10)).Select(each => each.Event is not null));

        var span = (from, to: from.AddHours(1));
        Assert.Equal(
            new WebhookReplay(Events: 2, LeftOut: 2),
            Office.Done(await First.Deliveries.Replay(shop, made.Subscription.Id, span.from, span.to)));
        Assert.Equal(2, (await First.Log(made)).Count);
        var elsewhere = Office.Done(await First.Webhooks.Change(
            shop, made.Subscription.Id, new WebhookChange(EventTypes: ["stock.back"])));
        Assert.Equal(
            new WebhookReplay(Events: 0, LeftOut: 2),
            Office.Done(await First.Deliveries.Replay(shop, elsewhere.Id, span.from, span.to)));
    }

    [Fact]
    public async Task An_event_whose_commit_ends_late_is_delivered_all_the_same()
    {
        var shop = await First.Merchant();
        var made = await First.Subscribe(shop);
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var told = StateJson.Write<KitchenEvent>(new KitchenEvent.StockSoldOut(shop.Stores[0]));
        await using (var early = new NpgsqlCommand(
            $"INSERT INTO jiko.event (kitchen_id, payload, at) VALUES ('{shop.Stores[0]}', '{told}', now())", connection))
            await early.ExecuteNonQueryAsync();
        await First.Happen(shop);
        await First.FanOut();
        Assert.Empty(await First.Log(made));

        await transaction.CommitAsync();
        await First.FanOut();
        await First.FanOut();
        Assert.Equal(2, (await First.Log(made)).Count);
    }

    [Fact]
    public async Task What_is_claimed_is_claimed_by_one_until_its_lease_is_over()
    {
        var shop = await First.Merchant();
        var made = await First.Subscribe(shop);
        await First.Happen(shop, 10);
        await First.FanOut();

        var claims = await Task.WhenAll(First.Claim(), Second.Claim());
        Assert.Equal(10, claims.Sum(claim => claim.Count));
        Assert.Equal(10, claims.SelectMany(claim => claim).Select(work => work.Id).Distinct().Count());
        clock.Advance(Sender.Lease - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await Second.Claim());
        // The process has died: another one takes all of it over, under the same ids.
        clock.Advance(TimeSpan.FromMilliseconds(1));
        var taken = await Second.Claim();
        Assert.Equal(
            claims.SelectMany(claim => claim).Select(work => (work.EventId, work.Body)).Order(),
            taken.Select(work => (work.EventId, work.Body)).Order());

        // Who was thought dead notes too late, and changes nothing.
        foreach (var work in taken) await Second.Note(work);
        await First.Note(taken[0], 500);
        var log = await First.Log(made);
        Assert.All(log, delivery => Assert.Equal(("DELIVERED", 1), (delivery.State, delivery.Attempts.Count)));
    }

    [Fact]
    public async Task A_receiver_with_a_thousand_events_does_not_stand_before_the_others()
    {
        var (busy, quiet) = (await First.Merchant(), await First.Merchant());
        var (many, one) = (await First.Subscribe(busy), await First.Subscribe(quiet));
        await First.Happen(busy, 300);
        await First.FanOut();
        clock.Advance(TimeSpan.FromSeconds(1));
        await First.Happen(quiet);
        await First.FanOut();

        var claimed = await First.Claim(most: 48, mostOfOne: 4);
        Assert.Equal(4, claimed.Count(work => work.SubscriptionId == many.Subscription.Id));
        Assert.Equal(1, claimed.Count(work => work.SubscriptionId == one.Subscription.Id));
        // Those that are under way count, and a claim takes no more than there is room for.
        Assert.Empty(await First.Claim(most: 48, mostOfOne: 4, underWay: (many.Subscription.Id, 4)));
        Assert.Single(await First.Claim(most: 48, mostOfOne: 4, underWay: (many.Subscription.Id, 3)));
        Assert.Empty(await First.Claim(most: 0, mostOfOne: 4));
    }

    [Fact]
    public async Task A_receiver_that_fails_is_tried_among_its_like_until_it_takes_something()
    {
        var shop = await First.Merchant();
        var made = await First.Subscribe(shop);
        await First.Happen(shop, 3);
        await First.FanOut();
        var work = Assert.Single(await First.Claim(most: 1));
        Assert.False(await First.Note(work, 500));

        Assert.Equal(clock.GetUtcNow(), (await First.Find(made)).FailingSince);
        Assert.Empty(await First.Claim());
        Assert.Equal(2, (await First.Claim(WebhookPool.Failing)).Count);
        clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var again in await First.Claim(WebhookPool.Failing)) await First.Note(again);
        Assert.Null((await First.Find(made)).FailingSince);
        Assert.All(await First.Log(made), delivery => Assert.Equal("DELIVERED", delivery.State));
    }

    [Fact]
    public async Task Ten_tries_over_three_days_and_then_it_is_given_up_and_can_be_replayed()
    {
        var shop = await First.Merchant();
        var made = await First.Subscribe(shop);
        await First.Happen(shop);
        await First.FanOut();
        for (var time = 1; time <= 10; time++)
        {
            var work = Assert.Single(await First.Claim(time is 1 ? WebhookPool.Well : WebhookPool.Failing));
            Assert.Equal(time - 1, work.Tries);
            Assert.False(await First.Note(work, status: null));
            var delivery = Assert.Single(await First.Log(made));
            if (delivery.NextTryAt is not { } next) continue;
            clock.SetUtcNow(next.AddMilliseconds(-1));
            Assert.Empty(await First.Claim(WebhookPool.Failing));
            clock.SetUtcNow(next);
        }

        var given = Assert.Single(await First.Log(made, "FAILED"));
        Assert.Equal((10, "timeout", "thanks"), (given.Attempts.Count, given.Attempts[0].Error, given.Attempts[0].Answer));
        Assert.Equal(10, given.Attempts[0].Number);
        Assert.InRange(clock.GetUtcNow() - given.CreatedAt, TimeSpan.FromDays(3), TimeSpan.FromDays(4));

        Office.Done(await First.Deliveries.Replay(shop.MerchantId, made.Subscription.Id, given.Id));
        var replayed = Assert.Single(await First.Claim(WebhookPool.Failing));
        Assert.Equal((given.EventId, 0, 10), (replayed.EventId, replayed.Tries, replayed.Attempts));
        await First.Note(replayed);
        Assert.Equal(11, Assert.Single(await First.Log(made, "DELIVERED")).Attempts.Count);
    }

    [Fact]
    public async Task Five_days_without_a_success_disable_it_and_enabling_begins_to_count_anew()
    {
        var shop = await First.Merchant();
        var made = await First.Subscribe(shop);
        await First.Happen(shop, 3);
        await First.FanOut();
        await First.Note((await First.Claim(most: 1))[0], 500);
        clock.Advance(TimeSpan.FromDays(5) - TimeSpan.FromSeconds(1));
        Assert.False(await First.Note((await First.Claim(WebhookPool.Failing, most: 1))[0], 500));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await First.Note((await First.Claim(WebhookPool.Failing, most: 1))[0], 500));

        Assert.Equal(("FAILING", false), ((await First.Find(made)).DisabledBecause, (await First.Find(made)).Enabled));
        Assert.Empty(await First.Claim(WebhookPool.Failing));
        Assert.Equal("webhook-disabled", Office.CodeOf(await First.Deliveries.Test(shop.MerchantId, made.Subscription.Id)));
        // What happens now is not for it.
        await First.Happen(shop);
        await First.FanOut();
        Office.Done(await First.Webhooks.Change(shop, made.Subscription.Id, new WebhookChange(Enabled: true)));
        Assert.Null((await First.Find(made)).FailingSince);
        clock.Advance(TimeSpan.FromDays(1));
        var waited = await First.Claim();
        Assert.Equal(3, waited.Count);
        Assert.False(await First.Note(waited[0], 500));
    }

    [Fact]
    public async Task Gone_disables_it_at_once()
    {
        var shop = await First.Merchant();
        var made = await First.Subscribe(shop);
        await First.Happen(shop);
        await First.FanOut();
        Assert.True(await First.Note((await First.Claim())[0], 410));
        Assert.Equal("GONE", (await First.Find(made)).DisabledBecause);
        Assert.Equal("PENDING", Assert.Single(await First.Log(made)).State);
    }

    [Fact]
    public async Task Secrets_are_kept_encrypted_and_several_sign_until_they_expire()
    {
        var shop = await First.Merchant();
        var made = await First.Subscribe(shop);
        await First.Happen(shop, 2);
        await First.FanOut();
        Assert.Equal([made.Secret], (await Second.Claim(most: 1))[0].Secrets);
        Assert.Equal(0, await database.Ask<long>($"""
            SELECT (SELECT count(*) FROM jiko.webhook_secret s WHERE s::text LIKE '%{made.Secret[6..^1]}%')
                + (SELECT count(*) FROM jiko.audit a WHERE a::text LIKE '%{made.Secret[6..^1]}%')
            """));

        var fresh = Office.Done(await First.Webhooks.RotateSecret(shop.MerchantId, made.Subscription.Id, overlapHours: 1));
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal([fresh.Text, made.Secret], (await Second.Claim(most: 1))[0].Secrets);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([fresh.Text], (await Second.Claim(most: 1))[0].Secrets);
        Assert.Single((await First.Find(made)).Secrets);
    }

    [Fact]
    public async Task What_waits_for_a_removed_subscription_is_not_sent()
    {
        var shop = await First.Merchant();
        var made = await First.Subscribe(shop);
        await First.Happen(shop);
        await First.FanOut();
        Office.Done(await First.Webhooks.Remove(shop.MerchantId, made.Subscription.Id));

        Assert.Empty(await First.Claim());
        Assert.Equal("FAILED", Assert.Single(await First.Log(made)).State);
        Assert.Equal("not-found", Office.CodeOf(await First.Webhooks.Find(shop.MerchantId, made.Subscription.Id)));
        await First.Happen(shop);
        await First.FanOut();
        Assert.Single(await First.Log(made));
    }

    [Fact]
    public async Task A_span_is_replayed_to_its_edges_and_no_longer_one_than_5000_events()
    {
        var shop = await First.Merchant();
        await First.Happen(shop, 2);
        var from = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromHours(1));
        await First.Happen(shop, 3);
        await First.Publish();
        var made = await First.Subscribe(shop);

        Assert.Equal(2, await Replay(made, shop, from, from.AddHours(1)));
        Assert.Equal(2, (await First.Log(made)).Count);
        Assert.Equal(5, await Replay(made, shop, from, from.AddHours(1).AddMilliseconds(1)));
        Assert.Equal(3, await Replay(made, shop, from.AddMilliseconds(1), from.AddHours(2)));
        Assert.Equal(5, (await First.Log(made)).Count);
        Assert.Equal(
            "replay-out-of-range", Office.CodeOf(await First.Deliveries.Replay(shop, made.Subscription.Id, from, from)));

        await database.Run($"""
            INSERT INTO jiko.event (kitchen_id, payload, at)
            SELECT kitchen_id, payload, at FROM jiko.event, generate_series(1, 999) WHERE kitchen_id = '{shop.Stores[0]}'
            """);
        await First.Publish();
        Assert.Equal(5_000, await Replay(made, shop, from, from.AddHours(2)));
        await First.Happen(shop);
        await First.Publish();
        Assert.Equal(
            "replay-out-of-range",
            Office.CodeOf(await First.Deliveries.Replay(shop, made.Subscription.Id, from, from.AddHours(2))));
    }

    [Fact]
    public async Task What_is_delivered_is_kept_for_30_days_and_what_waits_for_longer()
    {
        var shop = await First.Merchant();
        var made = await First.Subscribe(shop);
        await First.Happen(shop, 2);
        await First.FanOut();
        await First.Note((await First.Claim(most: 1))[0]);
        clock.Advance(new RetentionSettings().Deliveries);
        await First.Prune();
        Assert.Equal(2, (await First.Log(made)).Count);

        clock.Advance(TimeSpan.FromDays(1));
        await First.Prune();
        Assert.Equal("PENDING", Assert.Single(await First.Log(made)).State);
        Assert.Equal(0, await database.Ask<long>("SELECT count(*) FROM jiko.webhook_attempt"));

        Office.Done(await First.Webhooks.Change(shop, made.Subscription.Id, new WebhookChange(Enabled: false)));
        clock.Advance(TimeSpan.FromDays(1));
        await First.Prune();
        Assert.Empty(await First.Log(made));
    }

    private async Task<int> Replay(
        Grains.Abstractions.Management.NewWebhookSubscription made,
        Grains.Abstractions.Management.WebhookOwner shop, DateTimeOffset from, DateTimeOffset to) =>
        Office.Done(await First.Deliveries.Replay(shop, made.Subscription.Id, from, to)).Events;
}
