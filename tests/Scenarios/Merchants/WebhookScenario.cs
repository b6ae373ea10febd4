using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;
using JikoXpress.Testing;
using JikoXpress.Webhooks;
using JikoXpress.Webhooks.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace JikoXpress.Scenarios.Merchants;

/// <summary>The product with a key for secrets, and receivers on this machine: a front end and two silos, which all send.
/// </summary>
public sealed class WebhookHouse : IAsyncLifetime
{
    private readonly SecretsKeyFile key = new();

    public WebhookHouse() => Mobile = new MobileRestaurant
    {
        Otherwise = builder => builder.Configuration.AddInMemoryCollection(
            [new("JIKO_SECRETS_KEY_FILE", key.Path), new("JIKO_WEBHOOKS_TO_OWN_MACHINE", "true")]),
    };

    public MobileRestaurant Mobile { get; }

    public Restaurant Restaurant => Mobile.Restaurant;

    /// <summary>All that send.</summary>
    public IReadOnlyList<IServiceProvider> Processes =>
    [
        Restaurant.Host.Services,
        .. Restaurant.Host.Silos.Silos.Select(silo => silo.ServiceProvider),
    ];

    public ValueTask InitializeAsync() => Mobile.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Mobile.DisposeAsync();
        key.Dispose();
    }

    /// <summary>Every process sends what it finds, until this holds.</summary>
    public Task Until(Func<bool> holds) => Wait.Until(async () =>
    {
        if (holds()) return true;
        await Send();
        return holds();
    });

    /// <summary>Every process has looked once more, and what it has sent is answered and noted.</summary>
    public async Task Settle()
    {
        for (var time = 0; time < 3; time++)
        {
            await Send();
            foreach (var process in Processes) await process.GetRequiredService<WebhookRounds>().Ended();
        }
    }

    private async Task Send()
    {
        foreach (var process in Processes)
        {
            var rounds = process.GetRequiredService<WebhookRounds>();
            await rounds.FanOut();
            await rounds.Begin();
        }
    }
}

/// <summary>What scenarios of webhooks are told with: shops, and the servers that hear of their sales.</summary>
public abstract class WebhookScenario(WebhookHouse house) : IClassFixture<WebhookHouse>, IAsyncLifetime
{
    protected const string Sessions = "/checkout/sessions";
    protected const string Subscriptions = "/webhook-subscriptions";

    private readonly List<Receiver> receivers = [];

    protected WebhookHouse House => house;
    protected MobileRestaurant Mobile => house.Mobile;
    protected Restaurant Restaurant => house.Restaurant;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await house.Settle();
        foreach (var receiver in receivers) await receiver.DisposeAsync();
        await Mobile.MustBalance();
    }

    protected async Task<Receiver> Server()
    {
        var receiver = await Receiver.Open();
        receivers.Add(receiver);
        return receiver;
    }

    /// <summary>A merchant whose only store is a new kitchen in test mode, and its backend with a key.</summary>
    protected async Task<(Guid Store, Caller Backend)> Shop(string? scopes = null)
    {
        var platform = await Restaurant.Operator();
        var store = await platform.Post("/operator/kitchens", """{ "name": "Duka la Asha", "livemode": false }""").Is(201);
        var merchant = await platform.Post("/operator/merchants", $$"""
            { "name": "Asha", "storeIds": ["{{store.Id}}"] }
            """).Is(201);
        var key = await platform.Post($"/operator/merchants/{merchant.Id}/keys", scopes is null
            ? """{ "name": "Web shop" }"""
            : $$"""{ "name": "Web shop", "scopes": [{{scopes}}] }""").Is(201);
        return (store.Id, new Caller(Restaurant, key["token"]));
    }

    protected static Task<Answer> Subscribe(Caller backend, Receiver receiver, string types = "\"*\"") =>
        backend.Post(Subscriptions, $$"""
            { "url": "{{receiver.Address}}hook", "eventTypes": [{{types}}] }
            """).Is(201, """{ "object": "webhook_subscription", "enabled": true, "secret": "*" }""");

    /// <summary>A customer pays on the page, and is through.</summary>
    protected async Task<Answer> Sell(Caller backend, string? callback = null)
    {
        var session = await backend.Post(Sessions, callback is null
            ? """{ "amount": 5000 }"""
            : $$"""{ "amount": 5000, "callbackUrl": "{{callback}}" }""").Is(201);
        await PayOnPage(session, Mobile.Phone("001")).Is(202);
        await Mobile.UntilQuiet();
        await Mobile.Pass(1.Seconds);
        return session;
    }

    protected Task<Answer> PayOnPage(Answer session, string phone) => Restaurant.Stranger.Post(
        $"//api/checkout/{session["url"].Split("/pay/")[1]}/pay", $$"""
        { "paymentMethod": { "type": "mobile_money", "mobileMoney": { "phoneNumber": "{{phone}}" } } }
        """);

    protected static string TypeOf(Received webhook) =>
        System.Text.Json.JsonElement.Parse(webhook.Body).GetProperty("type").GetString() ?? "";
}
