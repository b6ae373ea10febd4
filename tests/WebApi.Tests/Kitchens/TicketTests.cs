using System.Text;
using System.Text.Json.Nodes;
using JikoXpress.Domain;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Kitchens;
using JikoXpress.WebApi.Tests.Hosting;
using JikoXpress.WebApi.Tests.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using static JikoXpress.WebApi.Tests.Hosting.FixedCredentials;

namespace JikoXpress.WebApi.Tests.Kitchens;

/// <summary>The kitchen's screen.</summary>
public sealed class TicketTests : IAsyncLifetime
{
    private static readonly string Tickets = $"/api/v1/kitchens/{House.KitchenId}/tickets";

    private readonly House house = new();

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task Tickets_are_listed_without_prices()
    {
        await house.As(Cashier).Opened(Bodies.CashSale());

        var list = await (await house.As(Cook).GetAsync($"{Tickets}?status=NEW")).Json();

        Assert.Equal("NEW", (string?)list["data"]?[0]?["status"]);
        Assert.Equal("Pilau", (string?)list["data"]?[0]?["items"]?[0]?["name"]);
        Assert.DoesNotContain("5000", list.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_order_comes_down_the_stream()
    {
        using var stream = await Follow(lastEventId: null);

        var session = await house.As(Cashier).Opened(Bodies.CashSale());
        var (name, ticket) = await Next(stream);

        Assert.Equal("ticket.created", name);
        Assert.Equal((string?)session["orderId"], (string?)ticket["id"]);
    }

    [Fact]
    public async Task A_stream_goes_on_where_the_list_or_a_stream_ended()
    {
        await house.As(Cashier).Opened(Bodies.CashSale());
        var list = await (await house.As(Cook).GetAsync(Tickets)).Json();
        var missed = await house.As(Cashier).Opened(Bodies.CashSale());

        using var stream = await Follow((string?)list["lastEventId"]?.ToString());
        var (_, ticket) = await Next(stream);

        Assert.Equal((string?)missed["orderId"], (string?)ticket["id"]);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("1000000000000000")]
    public async Task A_screen_that_knows_of_what_never_was_is_told_to_read_the_list_again(string lastEventId)
    {
        await house.As(Cashier).Opened(Bodies.CashSale());
        using var stream = await Follow(lastEventId);
        var (name, reset) = await Next(stream);
        var session = await house.As(Cashier).Opened(Bodies.CashSale());
        var (next, ticket) = await Next(stream);

        Assert.Equal(("tickets.reset", 1), (name, (int?)reset["lastEventId"]));
        Assert.Equal(("ticket.created", (string?)session["orderId"]), (next, (string?)ticket["id"]));
    }

    [Fact]
    public async Task A_quiet_kitchen_hears_each_15_seconds_that_the_stream_lives_though_its_neighbours_sell()
    {
        var clock = new FakeTimeProvider();
        using var stopping = new CancellationTokenSource();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = EdgeServices.At(clock) };
        http.Response.Body = body;
        var sales = 0;
        var feed = new BusyNeighbours(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            if (++sales == 40) stopping.Cancel();
        });

        await new TicketStream(
            House.KitchenId, CallerKind.Staff, 0, isReset: false, feed, new MemoryReads(), clock, stopping.Token)
            .ExecuteAsync(http);

        Assert.Equal("retry: 2000\n\n: 0\n\n: 0\n\n", Encoding.UTF8.GetString(body.ToArray()));
    }

    [Fact]
    public async Task An_event_that_only_a_newer_build_can_read_is_an_id_without_data()
    {
        using var stopping = new CancellationTokenSource();
        using var body = new MemoryStream();
        var clock = new FakeTimeProvider();
        var http = new DefaultHttpContext { RequestServices = EdgeServices.At(clock) };
        http.Response.Body = body;
        var newer = new PublishedEvent(7, clock.GetUtcNow(), Event: null);
        var looks = 0;
        var feed = new BusyNeighbours(
            () =>
            {
                if (++looks == 2) stopping.Cancel();
            },
            newer);

        await new TicketStream(
            House.KitchenId, CallerKind.Staff, 0, isReset: false, feed, new MemoryReads(), clock, stopping.Token)
            .ExecuteAsync(http);

        Assert.Equal("retry: 2000\n\nid: 7\n\n", Encoding.UTF8.GetString(body.ToArray()));
    }

    [Fact]
    public async Task The_stream_ends_when_the_house_closes()
    {
        using var stream = await Follow(lastEventId: null);

        await house.App.StopAsync();

        Assert.DoesNotContain("data:", await stream.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Stranger, "5", "404 not-found")]
    [InlineData(Kiosk, "5", "403 role-not-allowed")]
    [InlineData(Cook, "-1", "400 cursor-invalid")]
    [InlineData(Cook, "last", "400 cursor-invalid")]
    public async Task A_stream_that_there_is_not_is_refused(string token, string lastEventId, string told)
    {
        var client = house.As(token);
        client.DefaultRequestHeaders.Add("Last-Event-ID", lastEventId);

        Assert.Equal(told, await client.GetAsync($"{Tickets}/stream").Told());
    }

    /// <summary>Something has changed all the time, and never for this kitchen, after what it has had.</summary>
    private sealed class BusyNeighbours(Action sell, params PublishedEvent[] known) : IEventFeed
    {
        public Task<IReadOnlyList<PublishedEvent>> Read(Guid kitchenId, long after, int limit) =>
            Task.FromResult<IReadOnlyList<PublishedEvent>>([.. known.Where(each => each.Position > after)]);

        public Task<bool> Knows(Guid kitchenId, long position) => Task.FromResult(true);

        public Task<long> Last(Guid kitchenId) => Task.FromResult(0L);

        public Task<long> LastBefore(Guid kitchenId, DateTimeOffset moment) => Task.FromResult(0L);

        public Task Changed(CancellationToken cancellation)
        {
            sell();
            return Task.CompletedTask;
        }
    }

    private async Task<StreamReader> Follow(string? lastEventId)
    {
        var client = house.As(Cook);
        if (lastEventId is not null) client.DefaultRequestHeaders.Add("Last-Event-ID", lastEventId);
        var response = await client.GetAsync($"{Tickets}/stream", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("200", await response.Told());
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        var stream = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("retry: 2000", await stream.ReadLineAsync());
        return stream;
    }

    /// <summary>The next event that has a name and data.</summary>
    private static async Task<(string Name, JsonNode Data)> Next(StreamReader stream)
    {
        var name = "";
        while (await stream.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return (name, JsonNode.Parse(line[6..])!);
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
