using System.Net.Http.Headers;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Caller = JikoXpress.Scenarios.Vocabulary.Caller;

namespace JikoXpress.Scenarios.Operation;

/// <summary>More browsing and ordering than the kitchen's system can take.</summary>
public sealed class Shedding : IAsyncLifetime
{
    private readonly HeldOrders orders = new();
    private readonly HeldKeys keys = new();
    private readonly MobileRestaurant mobile;

    public Shedding() => mobile = new MobileRestaurant
    {
        Otherwise = builder =>
        {
            builder.Configuration.AddInMemoryCollection(
                [new("JIKO_LANE_READING", "1/0"), new("JIKO_LANE_CREATING", "1/0")]);
            builder.Host.ConfigureContainer<IServiceCollection>(
                (_, services) =>
                {
                    services.AddSingleton<IOrderReads>(orders);
                    var usual = services.Last(service => service.ServiceType == typeof(IOperatorKeys));
                    services.AddSingleton<IOperatorKeys>(provider => keys.Before(
                        (IOperatorKeys)ActivatorUtilities.CreateInstance(provider, usual.ImplementationType!)));
                });
        },
    };

    public ValueTask InitializeAsync() => mobile.InitializeAsync();

    public ValueTask DisposeAsync() => mobile.DisposeAsync();

    [Fact]
    public async Task Money_and_time_go_on_while_guests_who_look_and_order_are_sent_away()
    {
        var kitchen = mobile.Restaurant.Kitchen;
        var paidByPhone = await Open(kitchen.Kiosk, "KIOSK", """
            "sessionType": "IMMEDIATE",
            "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "+255754000001" }]
            """);
        var paidAtTheTill = await Open(kitchen.Cashier, "POS", """ "sessionType": "SLIP" """);
        var forgotten = await Open(kitchen.Cashier, "POS", """ "sessionType": "SLIP" """);

        await mobile.UntilQuiet();

        var reading = Ask(kitchen.Cook, HttpMethod.Get, $"/orders/{paidByPhone}");
        await orders.Asked;
        var held = await HoldTheCreatingLane();
        Assert.Equal("503 overloaded, again in 1", await Ask(kitchen.Kiosk, HttpMethod.Get, "/checkout-sessions"));
        Assert.Equal("503 overloaded, again in 1", await Ask(kitchen.Manager, HttpMethod.Post, "/checkout-sessions"));

        await mobile.Pass(1.Seconds);
        await kitchen.Cashier.Post($"/checkout-sessions/{paidAtTheTill}/confirm-slip", """
            { "payments": [{ "paymentMethod": "CASH", "amount": 5000 }] }
            """).Is(200, """{ "status": "CONFIRMED" }""");
        await mobile.Pass(15.Minutes);
        Assert.Equal("503 overloaded, again in 1", await Ask(kitchen.Kiosk, HttpMethod.Get, "/checkout-sessions"));

        orders.LetGo();
        keys.LetGo();
        Assert.Equal("404 not-found, again in ", await held);
        Assert.Equal("404 not-found, again in ", await reading);
        await kitchen.Kiosk.Get($"/checkout-sessions/{paidByPhone}").Is(200, """{ "status": "CONFIRMED" }""");
        await kitchen.Cashier.Get($"/checkout-sessions/{forgotten}").Is(200, """{ "status": "EXPIRED" }""");
        Assert.Equal(1, await mobile.Restaurant.Database.Ask<long>(
            "SELECT count(*) FROM jiko.checkout_session WHERE status = 'EXPIRED'"));
        await mobile.MustBalance();
    }

    private async Task<Guid> Open(Caller caller, string channel, string more) =>
        (await caller.Post("/checkout-sessions", $$"""
            {
              "channel": "{{channel}}", "fulfillmentType": "PICKUP", {{more}},
              "items": [{ "menuId": "{{mobile.Restaurant.Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }]
            }
            """).Is(201)).Id;

    /// <summary>Asks on a connection where being sent away is no fault.</summary>
    private async Task<string> Ask(Caller caller, HttpMethod method, string path, string body = "{")
    {
        using var client = new HttpClient { BaseAddress = mobile.Restaurant.Host.Address };
        using var request = new HttpRequestMessage(method, $"/api/v1{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", caller.Token);
        if (method == HttpMethod.Post)
            request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        using var response = await client.SendAsync(request);
        using var problem = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var code = problem.RootElement.GetProperty("code").GetString();
        return $"{(int)response.StatusCode} {code}, again in {response.Headers.RetryAfter}";
    }

    /// <summary>The only place for changes is taken by a command that takes long.</summary>
    private async Task<Task<string>> HoldTheCreatingLane()
    {
        var platform = await mobile.Restaurant.Operator();
        var command = Ask(platform, HttpMethod.Post, "/operator/keys", $$"""{ "name": "{{HeldKeys.Name}}" }""");
        await keys.Asked;
        return command;
    }

    /// <summary>A key that is long in coming.</summary>
    private sealed class HeldKeys : IOperatorKeys
    {
        public const string Name = "Held";

        private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private IOperatorKeys? usual;

        public Task Asked => asked.Task;

        private IOperatorKeys Usual => usual ?? throw new InvalidOperationException("Nobody is behind it yet.");

        public HeldKeys Before(IOperatorKeys others)
        {
            usual ??= others;
            return this;
        }

        public void LetGo() => held.TrySetResult();

        public async Task<Reply<NewOperatorKey>> Add(string name, SecretOperation? once)
        {
            if (name is not Name) return await Usual.Add(name, once);
            asked.TrySetResult();
            await held.Task;
            return KitchenRefusals.NotFound;
        }

        public Task<IReadOnlyList<OperatorKey>> List() => Usual.List();

        public Task<Reply<OperatorKey>> Revoke(Guid keyId) => Usual.Revoke(keyId);
    }

    /// <summary>Orders that are long in coming.</summary>
    private sealed class HeldOrders : IOrderReads
    {
        private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => asked.Task;

        public void LetGo() => held.TrySetResult();

        public Task<Order?> FindFor(Domain.Caller caller, Guid orderId) => Find(caller.KitchenId ?? Guid.Empty, orderId);

        public async Task<Order?> Find(Guid kitchenId, Guid orderId)
        {
            asked.TrySetResult();
            await held.Task;
            return null;
        }

        public Task<Page<Order>> List(OrderFilter filter, PageRequest page) =>
            Task.FromResult(new Page<Order>([], HasMore: false));
    }
}
