using System.Net;
using JikoXpress.Payments;
using JikoXpress.Testing;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Tests.Hosting;
using JikoXpress.WebApi.Tests.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using static JikoXpress.WebApi.Tests.Hosting.FixedCredentials;

namespace JikoXpress.WebApi.Tests.Load;

/// <summary>Bodies that come slowly: one place in each lane, and two such bodies for each sender.</summary>
public sealed class SlowBodyTests : IAsyncLifetime
{
    private const int OfOne = 2, OfAll = 5;

    private static readonly LaneSize One = new(AtOnce: 1, Waiting: 0);

    private readonly House house = new(services => services.AddSingleton(new LoadOptions
    {
        Webhooks = One,
        Settling = One,
        Creating = One,
        Reading = One,
        Codes = One,
        Bodies = new Share(OfOne, OfAll),
    }));

    private UnfinishedBodies Unfinished => house.App.Services.GetRequiredService<UnfinishedBodies>();

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Theory]
    [InlineData("Content-Length: 60000", "{")]
    [InlineData("Transfer-Encoding: chunked", "5\r\n{")]
    [InlineData("Content-Length: 60000", "")]
    public async Task Who_sends_a_body_slowly_holds_no_place(string size, string begun)
    {
        await using var first = await Slow(Cashier, size, begun);
        await UntilUnfinished(1);
        await using var second = await Slow(Manager, size, begun);
        await UntilUnfinished(2);

        Assert.Equal("201", await house.As(Kiosk).Post(Bodies.SessionsPath, Bodies.Slip("KIOSK")).Told());
        Assert.Equal("200", await house.As(Kiosk).GetAsync(Bodies.SessionsPath).Told());
        Assert.Equal(2, Unfinished.Count);
    }

    [Fact]
    public async Task A_body_that_comes_in_two_parts_is_read_as_one()
    {
        var body = Bodies.CashSale();
        await using var sender = await Slow(Cashier, $"Content-Length: {body.Length}", body[..10]);
        await UntilUnfinished(1);

        await sender.Say(body[10..]);

        Assert.StartsWith("HTTP/1.1 201", await sender.Heard(), StringComparison.Ordinal);
        Assert.Equal(0, Unfinished.Count);
    }

    [Theory]
    [InlineData("/webhooks/payments/nobody/0123456789abcdef", "Content-Type: application/json", "401")]
    [InlineData("/webhooks/payments/nobody/0123456789abcdef", "Content-Type: text/plain", "401")]
    [InlineData("/api/v1/checkout-sessions", "Content-Type: application/json", "401")]
    [InlineData("/api/v1/checkout-sessions", "Authorization: Bearer nobody", "401")]
    [InlineData("/api/v1/nothing", "Content-Type: application/json", "404")]
    [InlineData("/api/v1/orders", "Content-Type: application/json", "405")]
    public async Task Who_may_not_or_asks_for_what_is_not_there_is_told_before_the_body_has_come(
        string path, string header, string status)
    {
        await using var sender = await Conversation.With(
            house.Address, Head(path, header, "Content-Length: 60000") + "{");

        Assert.StartsWith($"HTTP/1.1 {status}", await sender.Heard(), StringComparison.Ordinal);
        Assert.Equal(0, Unfinished.Count);
    }

    [Fact]
    public async Task One_unfinished_body_more_ends_the_oldest_of_its_sender_and_nobody_elses()
    {
        await using var other = await Slow(Kiosk);
        await UntilUnfinished(1);
        await using var oldest = await Slow(Cashier);
        await UntilUnfinished(2);
        await using var second = await Slow(Cashier);
        await UntilUnfinished(3);
        var body = Bodies.CashSale();
        await using var third = await Slow(Cashier, $"Content-Length: {body.Length}", body[..1]);

        Assert.StartsWith("HTTP/1.1 408", await oldest.Heard(), StringComparison.Ordinal);
        Assert.Equal(3, Unfinished.Count);
        await third.Say(body[1..]);
        Assert.StartsWith("HTTP/1.1 201", await third.Heard(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_is_a_sender_and_so_is_a_network_of_IPv6()
    {
        var given = new List<string>();
        var bodies = new UnfinishedBodies(
            new LoadOptions { Bodies = new Share(1, 100) }, house.App.Services.GetRequiredService<Aggregators>());
        using var first = bodies.Begin(From("10.0.0.1"), () => given.Add("10.0.0.1"));
        using var neighbour = bodies.Begin(From("10.0.0.2"), () => given.Add("10.0.0.2"));
        using var network = bodies.Begin(From("2001:db8:1:2::3"), () => given.Add("2001:db8:1:2::3"));
        Assert.Empty(given);

        using var sameNetwork = bodies.Begin(From("2001:db8:1:2:ffff::4"), () => given.Add("no"));
        using var otherNetwork = bodies.Begin(From("2001:db8:1:3::3"), () => given.Add("no"));
        using var same = bodies.Begin(From("::ffff:10.0.0.1"), () => given.Add("no"));

        Assert.Equal(["2001:db8:1:2::3", "10.0.0.1"], given);
    }

    [Fact]
    public void Many_senders_together_end_the_oldest_of_all()
    {
        var given = new List<int>();
        var bodies = new UnfinishedBodies(
            new LoadOptions { Bodies = new Share(OfOne, OfAll) },
            house.App.Services.GetRequiredService<Aggregators>());

        var begun = Enumerable.Range(1, OfAll + 2)
            .Select(name => bodies.Begin(From($"10.0.0.{name}"), () => given.Add(name)))
            .ToList();

        Assert.Equal([1, 2], given);
        Assert.Equal(OfAll, bodies.Count);
        begun.ForEach(body => body.Dispose());
        Assert.Equal(0, bodies.Count);
    }

    private static DefaultHttpContext From(string address)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return http;
    }

    private static string Head(string path, params string[] headers) =>
        string.Join("\r\n", [$"POST {path} HTTP/1.1", "Host: localhost", .. headers, "", ""]);

    private Task<Conversation> Slow(string token, string size = "Content-Length: 60000", string begun = "{") =>
        Conversation.With(house.Address, Head(
            Bodies.SessionsPath, $"Authorization: Bearer {token}", "Content-Type: application/json", size) + begun);

    private Task UntilUnfinished(int count) => Wait.Until(() => Unfinished.Count == count);
}
