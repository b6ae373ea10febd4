using JikoXpress.Testing;
using JikoXpress.Testing.Silo;
using JikoXpress.WebApi.Tests.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static JikoXpress.WebApi.Tests.Hosting.FixedCredentials;

namespace JikoXpress.WebApi.Tests.Hosting;

/// <summary>What a caller hears whose command waits behind another one of the same session.</summary>
public sealed class PatienceTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = Clocks.AtNoon();
    private readonly House house;

    public PatienceTests() => house = new House(services => services.AddSingleton<TimeProvider>(clock));

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Theory]
    [InlineData("again", "409 request-in-progress")]
    [InlineData(null, "503 overloaded")]
    public async Task After_five_seconds_it_is_told_so_and_what_has_begun_is_finished(string? key, string told)
    {
        var slip = await house.As(Cashier).Opened(Bodies.Slip());
        house.Store.Held = new TaskCompletionSource();
        var path = $"{Bodies.SessionsPath}/{slip["id"]}";
        var first = house.As(Cashier).Post($"{path}/cancel", "{}", key: "first");
        await Wait.Until(() => house.Store.Waiting > 0);
        var second = house.As(Cashier).Post($"{path}/expire", "{}", key);
        await Wait.Until(() => house.App.Services.GetRequiredService<SimulatedCluster>().Waiting > 0);

        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(told, await second.Told());
        house.Store.Held.SetResult();
        Assert.Equal("200", await first.Told());
    }
}
