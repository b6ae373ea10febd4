using System.Security.Cryptography.X509Certificates;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Access;
using JikoXpress.Postgres.Events;
using JikoXpress.Postgres.Payments;
using JikoXpress.Postgres.Retention;
using JikoXpress.Postgres.Secrets;
using JikoXpress.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace JikoXpress.Postgres.Tests.Webhooks;

/// <summary>One process that sends webhooks, but for the sending: on a test's database and a clock that the test moves.
/// </summary>
internal sealed class Sender : IAsyncDisposable
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly ServiceProvider services;
    private readonly TestDatabase database;

    public Sender(TestDatabase database, SecretsKeyFile key, FakeTimeProvider clock)
    {
        (this.database, Clock) = (database, clock);
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<IIds, NewIds>()
            .AddJikoPostgres(database.ConnectionString)
            .AddJikoManagement(new CredentialSettings())
            .AddJikoPaymentAccounts(
                X509Certificate2.CreateFromPemFile(key.Path), new PaymentAccountSettingsOfHost(Simulator: null, []))
            .AddJikoWebhooks()
            .BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; }

    public IWebhooks Webhooks => services.GetRequiredService<IWebhooks>();

    public IWebhookLog Deliveries => services.GetRequiredService<IWebhookLog>();

    public IEventFeed Screens => services.GetRequiredService<IEventFeed>();

    public IMerchantFeed Feed => services.GetRequiredService<IMerchantFeed>();

    public Task Start() => services.GetServices<IHostedService>().OfType<SecretsCheck>().Single().StartAsync(default);

    public async Task<WebhookOwner> Merchant(params Guid[] stores)
    {
        if (stores.Length is 0)
            stores =
            [
                Office.Done(await services.GetRequiredService<IKitchens>()
                    .Add(new NewKitchen("Duka", LiveMode: false, KitchenSettings.Default), null)).Id,
            ];
        var merchant = Office.Done(
            await services.GetRequiredService<IMerchants>().Add(new MerchantPlan("Duka", stores.ToSequence())));
        return new WebhookOwner(merchant.Id, merchant.LiveMode, merchant.StoreIds);
    }

    public async Task<NewWebhookSubscription> Subscribe(WebhookOwner owner, params string[] types) => Office.Done(
        await Webhooks.Add(
            owner, new WebhookPlan("https://shop.example/hook", types is [] ? null : types.ToSequence())));

    /// <summary>Something happens in a store, as a commit would tell it.</summary>
    public async Task Happen(WebhookOwner owner, int times = 1, KitchenEvent? told = null)
    {
        var payload = StateJson.Write(told ?? new KitchenEvent.StockSoldOut(Guid.CreateVersion7()));
        for (var time = 0; time < times; time++) await HappenAs(owner, payload);
    }

    /// <summary>The same, in words of any build.</summary>
    public async Task HappenAs(WebhookOwner owner, string payload)
    {
        await using var command = database.Source.CreateCommand(
            "INSERT INTO jiko.event (kitchen_id, payload, at) VALUES ($1, $2, $3)");
        command.Parameters.Add(new NpgsqlParameter { Value = owner.Stores[0] });
        command.Parameters.Add(new NpgsqlParameter { Value = payload });
        command.Parameters.Add(new NpgsqlParameter { Value = Clock.GetUtcNow().UtcDateTime });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>All that is committed can be read.</summary>
    public Task<long> Publish() => services.GetServices<IHostedService>().OfType<EventPublisher>().Single().Publish();

    /// <summary>Makes the deliveries of all events that can be read; returns how many events there were.</summary>
    public async Task<int> FanOut()
    {
        await Publish();
        var events = 0;
        while (await services.GetRequiredService<IWebhookFanOut>().Look() is > 0 and var looked) events += looked;
        return events;
    }

    public Task<IReadOnlyList<WebhookWork>> Claim(
        WebhookPool pool = WebhookPool.Well, int most = 100, int mostOfOne = 100,
        params (Guid Subscription, int Number)[] underWay) =>
        services.GetRequiredService<IWebhookDeliveries>().Claim(
            new WebhookClaim(
                pool, most, mostOfOne, underWay.ToDictionary(each => each.Subscription, each => each.Number), Lease),
            Clock.GetUtcNow());

    /// <summary>Notes what a receiver has answered; true if that has disabled the subscription.</summary>
    public Task<bool> Note(WebhookWork work, int? status = 200)
    {
        var result = new DeliveryTry(status, status is 200 ? null : status is null ? "timeout" : "status");
        var made = new WebhookTry(result, Clock.GetUtcNow(), TimeSpan.FromMilliseconds(20), "thanks");
        return services.GetRequiredService<IWebhookDeliveries>().Note(
            work, made, DeliveryRules.Judge(work.Id, work.Tries + 1, result, made.At, work.IsCallback));
    }

    public async Task<WebhookSubscription> Find(NewWebhookSubscription made) =>
        Office.Done(await Webhooks.Find(made.Subscription.MerchantId, made.Subscription.Id));

    public async Task<IReadOnlyList<WebhookDelivery>> Log(NewWebhookSubscription made, string? state = null) =>
        (await Deliveries.List(made.Subscription.Id, state, new PageRequest(100, null, null))).Items;

    public Task Prune() => services.GetServices<IHostedService>().OfType<RetentionRounds>().Single().Run();

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private sealed class NewIds : IIds
    {
        public Guid Next() => Guid.CreateVersion7();

        public ulong Bits() => 0;
    }
}
