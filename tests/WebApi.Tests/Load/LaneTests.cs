using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Tests.Hosting;
using JikoXpress.WebApi.Tests.Sessions;
using Microsoft.Extensions.DependencyInjection;
using static JikoXpress.WebApi.Tests.Hosting.FixedCredentials;

namespace JikoXpress.WebApi.Tests.Load;

/// <summary>One request at a time in the lane for reading: what goes on while it is taken?</summary>
public sealed class LaneTests : IAsyncLifetime
{
    private const string SomeOrder = "/api/v1/orders/018f5a3e-7c1b-7d2e-9f00-0123456789ab";

    private readonly HeldOrders orders = new();
    private readonly House house;

    public LaneTests() => house = new House(services =>
    {
        services.AddSingleton(new LoadOptions
        {
            Reading = new LaneSize(AtOnce: 1, Waiting: 0),
            Token = new Rate(PerSecond: 1_000_000, Burst: 1_000_000),
        });
        services.AddSingleton<IOrderReads>(orders);
    });

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task A_full_lane_sends_away_whoever_comes_and_says_when_to_come_again()
    {
        await using var reader = await TakeTheReadingLane();

        var refused = await house.As(Manager).GetAsync(Bodies.SessionsPath);

        Assert.Equal("503 overloaded", await refused.Told());
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.Equal("503 overloaded", await house.As(Cashier).Post($"{Bodies.SessionsPath}/preview", "[").Told());
    }

    [Fact]
    public async Task The_other_lanes_go_on()
    {
        var slip = await house.As(Cashier).Opened(Bodies.Slip());
        await using var reader = await TakeTheReadingLane();
        using var aggregator = new HttpClient { BaseAddress = house.Address };

        Assert.Equal("201", await house.As(Cashier).Post(Bodies.SessionsPath, Bodies.CashSale()).Told());
        var confirm = $"{Bodies.SessionsPath}/{slip["id"]}/confirm-slip";
        Assert.Equal("200", await house.As(Cashier).Post(confirm, Bodies.TenThousandInCash).Told());
        Assert.Equal("401 webhook-unverified", await aggregator.Post("/webhooks/payments/a/b", "{}").Told());
        Assert.Equal("200", await aggregator.GetAsync("/health/ready").Told());
    }

    [Fact]
    public async Task When_there_is_room_again_the_lane_is_open()
    {
        await (await TakeTheReadingLane()).DisposeAsync();

        Assert.Equal("200", await house.As(Manager).GetAsync(Bodies.SessionsPath).Told());
    }

    [Fact]
    public async Task Who_waits_for_something_to_happen_keeps_nobody_out()
    {
        var slip = await house.As(Cashier).Opened(Bodies.Slip());
        var path = $"{Bodies.SessionsPath}/{slip["id"]}";
        using var left = new CancellationTokenSource();
        var stream = await house.As(Cashier).GetAsync($"{path}/events", HttpCompletionOption.ResponseHeadersRead);
        var parked = Enumerable.Range(0, 20)
            .Select(_ => UntilAdmitted(() => house.As(Cashier).GetAsync($"{path}?waitSeconds=30", left.Token)))
            .ToList();

        // Who finds the lane taken for a moment is sent away and comes again; those that are parked have left it.
        Assert.Equal("200", await UntilAdmitted(() => house.As(Manager).GetAsync(Bodies.SessionsPath)).Told());
        Assert.All(parked, poll => Assert.False(poll.IsCompleted));

        stream.Dispose();
        await left.CancelAsync();
        foreach (var poll in parked) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
    }

    private static async Task<HttpResponseMessage> UntilAdmitted(Func<Task<HttpResponseMessage>> ask)
    {
        for (var tries = 0; ; tries++)
        {
            var answer = await ask();
            if (answer.IsSuccessStatusCode || tries == 10_000) return answer;
        }
    }

    private async Task<Reader> TakeTheReadingLane()
    {
        var reading = house.As(Cashier).GetAsync(SomeOrder);
        await orders.Asked;
        return new Reader(orders, reading);
    }

    private sealed record Reader(HeldOrders Orders, Task<HttpResponseMessage> Reading) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            Orders.LetGo();
            Assert.Equal("404 not-found", await Reading.Told());
        }
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
