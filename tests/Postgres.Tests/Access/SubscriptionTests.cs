using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Merchants;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests.Access;

/// <summary>Subscriptions as the rows keep them, and who looks at them when.</summary>
public sealed class SubscriptionTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 12, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private readonly Office office = new(database);
    private Kitchen store = null!;
    private Merchant shop = null!;

    public async ValueTask InitializeAsync()
    {
        store = await office.Kitchen();
        shop = Office.Done(await office.Merchants.Add(new MerchantPlan("Duka", [store.Id])));
        await database.Run("DELETE FROM jiko.subscription");
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task What_is_due_is_taken_by_one_and_by_another_after_the_lease()
    {
        var subscription = await Stored(Noon);
        Assert.Empty(await office.SubscriptionWork.Claim(Noon - TimeSpan.FromSeconds(1), Lease, 10));
        var claims = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => office.SubscriptionWork.Claim(Noon, Lease, 10)));
        Assert.Equal([subscription], claims.SelectMany(claim => claim).Select(claim => claim.Subscription));
        Assert.Empty(await office.SubscriptionWork.Claim(Noon + Lease - TimeSpan.FromSeconds(1), Lease, 10));
        Assert.Single(await office.SubscriptionWork.Claim(Noon + Lease, Lease, 10));
    }

    [Fact]
    public async Task Who_was_woken_or_has_lost_the_lease_writes_nothing()
    {
        var subscription = await Stored(Noon);
        var slow = Assert.Single(await office.SubscriptionWork.Claim(Noon, Lease, 10));
        var quick = Assert.Single(await office.SubscriptionWork.Claim(Noon + Lease, Lease, 10));
        Assert.Null(await office.SubscriptionWork.Store(slow, Cancelled(subscription), null, Noon));
        Assert.Equal(subscription, await office.Subscriptions.Find(subscription.Id));

        await database.Run($"UPDATE jiko.subscription SET due_at = '{Noon:O}' WHERE id = '{subscription.Id}'");
        Assert.Null(await office.SubscriptionWork.Store(quick, Cancelled(subscription), null, Noon));
        var woken = Assert.Single(await office.SubscriptionWork.Claim(Noon, Lease, 10));
        var stored = await office.SubscriptionWork.Store(woken, subscription.AfterAsking(1), woken.Lease, Noon);
        Assert.NotNull(await office.SubscriptionWork.Store(stored!, Cancelled(subscription), null, Noon));
        Assert.Null(await office.SubscriptionWork.Store(stored!, subscription, null, Noon));
        Assert.Equal(Cancelled(subscription), await office.Subscriptions.Find(subscription.Id));
        Assert.Empty(await office.SubscriptionWork.Claim(Noon + TimeSpan.FromDays(99), Lease, 10));
        Assert.Equal(1, await database.Ask<long>($"""
            SELECT count(*) FROM jiko.event
            WHERE payload LIKE '%subscription.changed%{subscription.Id}%CANCELLED%'
            """));
        Assert.Equal(0, await database.Ask<long>(
            "SELECT count(*) FROM jiko.audit a WHERE a.object_kind = 'subscription' AND a::text LIKE '%754000001%'"));
    }

    [Fact]
    public async Task The_end_of_a_trial_is_told_once_and_with_the_row()
    {
        var subscription = await Stored(Noon, trial: true);
        var slow = Assert.Single(await office.SubscriptionWork.Claim(Noon, Lease, 10));
        var quick = Assert.Single(await office.SubscriptionWork.Claim(Noon + Lease, Lease, 10));
        var due = subscription with { Status = SubscriptionStatus.Incomplete, AskedFrom = Noon };
        Assert.Null(await office.SubscriptionWork.Store(slow, due, Noon, Noon));
        Assert.Empty(await Told(subscription));
        var stored = await office.SubscriptionWork.Store(quick, due, quick.Lease, Noon);
        await office.SubscriptionWork.Store(stored!, due.AfterAsking(1), null, Noon);
        Assert.Null(await office.SubscriptionWork.Store(quick, due, null, Noon));

        Assert.Equal(
            [
                new KitchenEvent.SubscriptionDue(subscription.Id, 1, subscription.FirstSessionId),
                new KitchenEvent.SubscriptionChanged(subscription.Id, SubscriptionStatus.Incomplete),
            ],
            await Told(subscription));
        Assert.Equal(due.AfterAsking(1), await office.Subscriptions.Find(subscription.Id));
    }

    [Fact]
    public async Task A_merchant_changes_its_own_and_what_is_changed_is_looked_at()
    {
        var subscription = await Stored(Noon + TimeSpan.FromDays(30));
        Assert.Equal("not-found", Office.CodeOf(await office.Subscriptions.Pause(store.Id, subscription.Id)));
        var paused = Office.Done(await office.Subscriptions.Pause(shop.Id, subscription.Id));
        Assert.Equal((SubscriptionStatus.Paused, "+255754000001"), (paused.Status, paused.Phone));
        Assert.Equal(paused, Office.Done(await office.Subscriptions.Pause(shop.Id, subscription.Id)));
        Assert.Single(await office.SubscriptionWork.Claim(Noon.AddYears(50), Lease, 10));
        var resumed = Office.Done(await office.Subscriptions.Resume(shop.Id, subscription.Id));
        Assert.Equal(SubscriptionStatus.Active, resumed.Status);
        Assert.True(Office.Done(await office.Subscriptions.Cancel(shop.Id, subscription.Id, withPeriod: true)).EndsWithPeriod);
        Assert.True(Office.Done(await office.Subscriptions.Cancel(shop.Id, subscription.Id, withPeriod: false)).IsOver);

        var listed = await office.Subscriptions.List(shop.Id, SubscriptionStatus.Cancelled, new PageRequest(10));
        Assert.Equal([subscription.Id], listed.Items.Select(found => found.Id));
        Assert.Empty((await office.Subscriptions.List(shop.Id, SubscriptionStatus.Active, new PageRequest(10))).Items);
        Assert.Empty((await office.Subscriptions.List(store.Id, null, new PageRequest(10))).Items);
    }

    [Fact]
    public async Task With_a_key_a_change_is_made_once_and_answered_alike_again()
    {
        var subscription = await Stored(Noon + TimeSpan.FromDays(30));
        var once = new Operation(Guid.NewGuid(), Guid.NewGuid());
        var paused = Office.Done(await office.Subscriptions.Pause(shop.Id, subscription.Id, once));
        await office.Subscriptions.Resume(shop.Id, subscription.Id);

        var again = await office.Subscriptions.Pause(shop.Id, subscription.Id, once);

        Assert.Equal(new Reply<Subscription>.Accepted(paused, 0, Replayed: true), again);
        Assert.Equal(SubscriptionStatus.Active, (await office.Subscriptions.Find(subscription.Id))!.Status);
        Assert.Equal("idempotency-key-reused", Office.CodeOf(await office.Subscriptions.Cancel(
            shop.Id, subscription.Id, withPeriod: true, once with { Fingerprint = Guid.NewGuid() })));
        Assert.Equal(0, await database.Ask<long>(
            $"SELECT count(*) FROM jiko.operation WHERE state LIKE '%{subscription.Phone}%'"));
    }

    [Fact]
    public async Task A_period_that_has_begun_has_no_session_until_that_is_opened()
    {
        var subscription = await Stored(Noon);
        var begun = subscription with { Number = 2, Period = PeriodState.Open };

        Assert.Equal([begun.Id], await office.Subscriptions.WithoutSession([begun]));
        Assert.Empty(await office.Subscriptions.WithoutSession([subscription]));

        await database.Run($"""
            INSERT INTO jiko.checkout_session (
                id, version, state, kitchen_id, status, channel, session_type, opened_at, business_date, number, total,
                live_mode, opened_by)
            VALUES (
                '{begun.SessionId}', 1, '[]', '{store.Id}', 'PENDING_PAYMENT', 'HOSTED', 'IMMEDIATE', '{Noon:O}',
                '2026-03-12', 1, 5000, false, '{shop.Id}')
            """);
        Assert.Empty(await office.Subscriptions.WithoutSession([begun]));
    }

    private static Subscription Cancelled(Subscription subscription) => subscription with
    {
        Status = SubscriptionStatus.Cancelled,
        EndedAt = Noon,
    };

    private async Task<IEnumerable<KitchenEvent>> Told(Subscription subscription) =>
        (await database.Ask<string[]>($"""
            SELECT coalesce(array_agg(payload ORDER BY position), ARRAY[]::text[]) FROM jiko.event
            WHERE payload LIKE '%{subscription.Id}%'
            """)).Select(StateJson.Read<KitchenEvent>);

    private async Task<Subscription> Stored(DateTimeOffset due, bool trial = false)
    {
        var subscription = new Subscription(
            Guid.NewGuid(), shop.Id, store.Id, LiveMode: false, "TZS", new Money(5_000), new SubscriptionPlan("month"),
            Guid.NewGuid(), Noon, SubscriptionStatus.Active, "+255754000001", Noon, Period: PeriodState.Paid);
        if (trial)
        {
            subscription = subscription with
            {
                Status = SubscriptionStatus.Trialing,
                BegunAt = null,
                Period = PeriodState.Open,
                TrialEndsAt = due,
            };
        }

        await database.Run($"""
            INSERT INTO jiko.subscription VALUES (
                '{subscription.Id}', '{shop.Id}', '{store.Id}', false, '{subscription.Status.WireName}', '{StateJson.Write(subscription)}', 1,
                '{subscription.Phone}', '{due:O}', '{Noon:O}', NULL)
            """);
        return subscription;
    }
}
