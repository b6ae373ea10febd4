using System.Text.Json.Nodes;
using JikoXpress.WebApi.Tests.Hosting;
using static JikoXpress.WebApi.Tests.Hosting.FixedCredentials;
using static JikoXpress.WebApi.Tests.Sessions.Bodies;

namespace JikoXpress.WebApi.Tests.Sessions;

/// <summary>Lists of sessions and orders.</summary>
public sealed class ListTests : IAsyncLifetime
{
    private readonly House house = new();
    private readonly List<string?> opened = [];

    public async ValueTask InitializeAsync()
    {
        await house.InitializeAsync();
        for (var minute = 0; minute < 5; minute++)
        {
            var session = minute == 2
                ? await house.As(Kiosk).Opened(Slip("KIOSK"))
                : await house.As(Cashier).Opened(CashSale());
            opened.Insert(0, (string?)session["id"]);
            house.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task Pages_follow_each_other_from_the_newest_to_the_oldest_and_back()
    {
        var first = await List("?limit=2");
        var second = await List($"?limit=2&after={first["paging"]?["after"]}");
        var third = await List($"?limit=2&after={second["paging"]?["after"]}");
        var back = await List($"?limit=2&before={third["paging"]?["before"]}");

        Assert.Equal(opened, [.. Ids(first), .. Ids(second), .. Ids(third)]);
        JsonNode[] pages = [first, second, third];
        Assert.Equal([true, true, false], pages.Select(page => (bool?)page["paging"]?["hasMore"]));
        Assert.Null(third["paging"]?["after"]);
        Assert.Equal(Ids(second), Ids(back));
    }

    [Fact]
    public async Task The_newest_are_found_with_the_cursor_of_what_was_newest()
    {
        var before = (await List("?limit=1"))["paging"]?["before"];
        var next = (string?)(await house.As(Cashier).Opened(CashSale()))["id"];

        Assert.Equal([next], Ids(await List($"?before={before}")));
    }

    [Fact]
    public async Task A_kiosk_sees_its_own() =>
        Assert.Equal([opened[2]], Ids(await (await house.As(Kiosk).GetAsync(SessionsPath)).Json()));

    [Theory]
    [InlineData("status=PENDING_PAYMENT", 1)]
    [InlineData("status=CONFIRMED", 4)]
    [InlineData("channel=KIOSK&sessionType=SLIP", 1)]
    [InlineData("startDate=2026-04-01&endDate=2026-04-01", 5)]
    [InlineData("startDate=2026-04-02", 0)]
    [InlineData("currency=TZS", 5)]
    [InlineData("tableNumber=05", 0)]
    [InlineData("slipNumber=0003-4", 1)]
    public async Task Filters_narrow_the_list(string filter, int count) =>
        Assert.Equal(count, Ids(await List($"?{filter}")).Count());

    [Fact]
    public async Task What_the_clock_has_ended_is_not_listed_as_pending()
    {
        house.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Empty(Ids(await List("?status=PENDING_PAYMENT")));
    }

    [Theory]
    [InlineData("?limit=0", "422 parameter-out-of-range")]
    [InlineData("?limit=-1", "422 parameter-out-of-range")]
    [InlineData("?limit=101", "422 parameter-out-of-range")]
    [InlineData("?limit=1000000000000", "422 parameter-out-of-range")]
    [InlineData("?limit=ten", "400 invalid-type")]
    [InlineData("?limit=1.5", "400 invalid-type")]
    [InlineData("?status=pending", "400 invalid-type")]
    [InlineData("?currency=EUR", "400 invalid-type")]
    [InlineData("?startDate=1/4/2026", "400 invalid-type")]
    [InlineData("?slipNumber=0147-3", "422 slip-number-invalid")]
    [InlineData("?after=abc", "400 cursor-invalid")]
    [InlineData("?sort=total", "422 unknown-parameter")]
    [InlineData("?status=", "422 invalid-text")]
    [InlineData("?tableNumber=", "422 invalid-text")]
    [InlineData("?limit", "422 invalid-text")]
    [InlineData("?after=", "422 invalid-text")]
    [InlineData("?expand=", "422 invalid-text")]
    public async Task A_list_says_what_it_does_not_take(string query, string told) =>
        Assert.Equal(told, await house.As(Cashier).GetAsync(SessionsPath + query).Told());

    [Fact]
    public async Task A_cursor_is_taken_as_it_was_given_by_whom_it_was_given()
    {
        var cursor = (string?)(await List("?limit=1"))["paging"]?["after"] ?? "";
        var edited = (cursor[0] is 'A' ? 'B' : 'A') + cursor[1..];

        Assert.Equal("400 cursor-invalid", await house.As(Cashier).GetAsync($"{SessionsPath}?after={edited}").Told());
        Assert.Equal("400 cursor-invalid", await house.As(Stranger).GetAsync($"{SessionsPath}?after={cursor}").Told());
        Assert.Equal("400 cursor-invalid", await house.As(Cashier).GetAsync($"/api/v1/orders?after={cursor}").Told());
        Assert.Equal("400 cursor-invalid",
            await house.As(Cashier).GetAsync($"{SessionsPath}?after={cursor}&before={cursor}").Told());
    }

    [Fact]
    public async Task Orders_are_listed_and_found()
    {
        var list = await (await house.As(Cook).GetAsync("/api/v1/orders?limit=3")).Json();
        var order = await (await house.As(Cook).GetAsync($"/api/v1/orders/{Ids(list).First()}")).Json();

        Assert.Equal(3, Ids(list).Count());
        Assert.True((bool?)list["paging"]?["hasMore"]);
        Assert.Equal("order", (string?)order["object"]);
        Assert.Equal(opened[0], (string?)order["sessionId"]);
        Assert.Equal("404 not-found", await house.As(Stranger).GetAsync($"/api/v1/orders/{order["id"]}").Told());
    }

    private async Task<JsonNode> List(string query)
    {
        var response = await house.As(Cashier).GetAsync(SessionsPath + query);
        Assert.Equal("200", await response.Told());
        return await response.Json();
    }

    private static IEnumerable<string?> Ids(JsonNode page) =>
        page["data"]?.AsArray().Select(item => (string?)item?["id"]) ?? [];
}
