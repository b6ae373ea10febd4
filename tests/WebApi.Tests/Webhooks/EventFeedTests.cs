using JikoXpress.Domain;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace JikoXpress.WebApi.Tests.Webhooks;

/// <summary>A merchant's feed, in which an event of a newer build stands.</summary>
public sealed class EventFeedTests : IAsyncLifetime
{
    private const int Newer = 3;
    private readonly House house = new(services => services.AddSingleton<IMerchantFeed>(new Stored()));

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("?type=stock.sold_out")]
    [InlineData("?waitSeconds=1")]
    [InlineData("?limit=2")]
    public async Task What_is_before_it_comes_and_then_the_feed_says_what_it_waits_for(string query)
    {
        var shop = house.As(FixedCredentials.Shop);
        var answer = await shop.GetAsync($"/api/v1/events{query}");
        Assert.Equal("200", await answer.Told());
        var page = await answer.Json();
        Assert.Equal(Newer - 1, page["data"]!.AsArray().Count);
        Assert.Equal("evt_2", (string?)page["paging"]!["after"]);

        var after = query.Length is 0 ? "?after=evt_2" : $"{query}&after=evt_2";
        var stuck = await shop.GetAsync($"/api/v1/events{after}");
        Assert.Equal(TimeSpan.FromMinutes(1), stuck.Headers.RetryAfter?.Delta);
        Assert.Equal("503 newer-event", await stuck.Told());
    }

    [Fact]
    public async Task One_of_another_type_is_passed_before_the_feed_waits()
    {
        var shop = house.As(FixedCredentials.Shop);
        var answer = await shop.GetAsync("/api/v1/events?type=stock.back");
        Assert.Equal("200", await answer.Told());
        var page = await answer.Json();
        Assert.Empty(page["data"]!.AsArray());
        Assert.Equal(("evt_2", false), ((string?)page["paging"]!["after"], (bool)page["paging"]!["hasMore"]!));
    }

    private sealed class Stored : IMerchantFeed
    {
        public Task<MerchantEvents> Read(Sequence<Guid> stores, bool liveMode, long after, int limit)
        {
            MerchantEvent[] events =
            [
                .. Enumerable.Range(1, Newer - 1).Where(position => position > after).Take(limit).Select(position =>
                    new MerchantEvent(
                        position, House.KitchenId, DateTimeOffset.UnixEpoch, liveMode,
                        new KitchenEvent.StockSoldOut(House.Pilau))),
            ];
            return Task.FromResult(new MerchantEvents(events, events.Length < limit));
        }
    }
}
