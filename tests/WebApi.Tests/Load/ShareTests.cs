using System.Net;
using System.Net.Sockets;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Tests.Hosting;
using JikoXpress.WebApi.Tests.Sessions;
using Microsoft.Extensions.DependencyInjection;
using static JikoXpress.WebApi.Tests.Hosting.FixedCredentials;

namespace JikoXpress.WebApi.Tests.Load;

/// <summary>What one caller may keep open: two requests that wait, and two connections of an address.</summary>
public sealed class ShareTests
{
    [Fact]
    public async Task Who_has_many_requests_that_wait_is_refused_one_more_and_others_are_not()
    {
        await using var house = await Open(new LoadOptions { Waiting = new WaitingShare(Token: 2, ApiKey: 3) });
        var slip = await house.Value.As(Cashier).Opened(Bodies.Slip());
        var path = $"{Bodies.SessionsPath}/{slip["id"]}/events";
        using var first = await Stream(house.Value, Cashier, path);
        using var second = await Stream(house.Value, Cashier, path);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [first.StatusCode, second.StatusCode]);

        using var third = await Stream(house.Value, Cashier, path);
        Assert.Equal("429 rate-limited", await third.Told());
        var waiting = await house.Value.As(Cashier).GetAsync($"{Bodies.SessionsPath}/{slip["id"]}?waitSeconds=30");
        Assert.Equal("429 rate-limited", await waiting.Told());
        Assert.Equal("200", await house.Value.As(Cashier).GetAsync($"{Bodies.SessionsPath}/{slip["id"]}").Told());

        second.Dispose();
        await UntilAdmitted(house.Value, path);
    }

    [Fact]
    public async Task An_address_that_has_its_connections_gets_no_more_until_one_has_ended()
    {
        await using var house = await Open(new LoadOptions { Connections = new Share(2, 100) });
        const string Alive = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
        await using var first = await Conversation.With(house.Value.Address, Alive);
        Assert.StartsWith("HTTP/1.1 200", await first.Heard(), StringComparison.Ordinal);
        await using (var second = await Conversation.With(house.Value.Address, Alive))
        {
            Assert.StartsWith("HTTP/1.1 200", await second.Heard(), StringComparison.Ordinal);
            Assert.False(await IsServed(house.Value.Address, Alive));
        }

        while (!await IsServed(house.Value.Address, Alive)) await Task.Delay(Pause);
    }

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>False where the server hangs up, at once or when it has heard something.</summary>
    private static async Task<bool> IsServed(Uri address, string request)
    {
        try
        {
            await using var next = await Conversation.With(address, request);
            return (await next.Heard()).StartsWith("HTTP/1.1 200", StringComparison.Ordinal);
        }
        catch (Exception closed) when (closed is IOException or SocketException)
        {
            return false;
        }
    }

    private static Task<HttpResponseMessage> Stream(House house, string token, string path) =>
        house.As(token).GetAsync(path, HttpCompletionOption.ResponseHeadersRead);

    private static async Task UntilAdmitted(House house, string path)
    {
        while (true)
        {
            using var answer = await Stream(house, Cashier, path);
            if (answer.IsSuccessStatusCode) return;
            Assert.Equal("429 rate-limited", await answer.Told());
            // Tries without a pause would use up the caller's rate, and keep the server from ending what was closed.
            await Task.Delay(Pause);
        }
    }

    private static async Task<OpenHouse> Open(LoadOptions options)
    {
        var house = new House(services => services.AddSingleton(options));
        await house.InitializeAsync();
        return new OpenHouse(house);
    }

    private sealed record OpenHouse(House Value) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Value.DisposeAsync();
    }
}
