using System.Text.Json.Nodes;
using JikoXpress.WebApi.Tests.Hosting;
using JikoXpress.WebApi.Tests.Sessions;
using static JikoXpress.WebApi.Tests.Hosting.FixedCredentials;

namespace JikoXpress.WebApi.Tests.Kitchens;

/// <summary>The kitchen's screen.</summary>
public sealed class TicketTests : IAsyncLifetime
{
    private static readonly string Tickets = $"/api/v1/kitchens/{House.KitchenId}/tickets";

    private readonly House house = new();

    public Task InitializeAsync() => house.InitializeAsync();

    public Task DisposeAsync() => house.DisposeAsync();

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
