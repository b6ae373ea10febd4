using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;
using Microsoft.Extensions.Configuration;

namespace JikoXpress.Scenarios.Operation;

/// <summary>Pages of other origins call the API, as far as whoever runs it allows.</summary>
public sealed class Browsers : IAsyncLifetime
{
    private const string Ours = "https://till.example.co.tz", Local = "http://localhost:3000";
    private const string AllowOrigin = "Access-Control-Allow-Origin";

    private readonly Restaurant restaurant = new()
    {
        Adjust = builder => builder.Configuration.AddInMemoryCollection([new("JIKO_CORS_ORIGINS", $"{Ours}, {Local}")]),
    };

    public ValueTask InitializeAsync() => restaurant.InitializeAsync();

    public ValueTask DisposeAsync() => restaurant.DisposeAsync();

    [Fact]
    public async Task A_preflight_tells_an_allowed_page_what_it_may_send()
    {
        foreach (var origin in (string[])[Ours, Local])
        {
            var told = await Preflight(origin).Is(204);

            Assert.Equal(origin, told.Header(AllowOrigin));
            Assert.Contains("PATCH", told.Header("Access-Control-Allow-Methods"), StringComparison.Ordinal);
            Assert.Contains("Idempotency-Key", told.Header("Access-Control-Allow-Headers"), StringComparison.Ordinal);
            Assert.Equal("3600", told.Header("Access-Control-Max-Age"));
            Assert.Null(told.Header("Access-Control-Allow-Credentials"));
        }
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://till.example.co.tz.evil.example")]
    [InlineData("http://till.example.co.tz")]
    [InlineData("https://TILL.example.co.tz")]
    [InlineData("null")]
    public async Task Any_other_page_is_told_nothing(string origin)
    {
        Assert.Null((await Preflight(origin)).Header(AllowOrigin));
        Assert.Null((await restaurant.Kitchen.Cashier.With("Origin", origin).Get("/menu").Is(200)).Header(AllowOrigin));
    }

    [Fact]
    public async Task An_allowed_page_reads_answers_and_refusals()
    {
        var page = restaurant.Kitchen.Cashier.With("Origin", Ours);
        var menu = await page.Get("/menu").Is(200);

        Assert.Equal(Ours, menu.Header(AllowOrigin));
        Assert.Contains("ETag", menu.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
        Assert.Contains("Origin", menu.Header("Vary"), StringComparison.Ordinal);
        Assert.Contains("Authorization", menu.Header("Vary"), StringComparison.Ordinal);
        foreach (var refused in (Answer[])
            [
                await restaurant.Stranger.With("Origin", Ours).Get("/menu").Is(401), await page.Get("/nothing").Is(404),
                await page.Post("/menu").Is(405), await page.Post("/checkout-sessions", "{").Is(400),
            ])
            Assert.Equal(Ours, refused.Header(AllowOrigin));
    }

    [Fact]
    public async Task A_page_opens_a_stream_by_a_ticket()
    {
        var tickets = $"/kitchens/{restaurant.Kitchen.Id}/tickets";
        var ticket = await restaurant.Kitchen.Cook.With("Origin", Ours).Post($"{tickets}/stream-tickets").Is(201);

        (await restaurant.Stranger.With("Origin", Ours).Follow(ticket["url"]["/api/v1".Length..])).Dispose();
    }

    [Fact]
    public async Task Without_the_setting_no_page_may_call()
    {
        await using var usual = new Restaurant();
        await usual.InitializeAsync();

        var told = await usual.Stranger
            .With("Origin", Ours).With("Access-Control-Request-Method", "GET").Send(HttpMethod.Options, "/menu").Is(405);

        Assert.Null(told.Header(AllowOrigin));
    }

    private Task<Answer> Preflight(string origin) => restaurant.Stranger
        .With("Origin", origin)
        .With("Access-Control-Request-Method", "PATCH")
        .With("Access-Control-Request-Headers", "authorization,idempotency-key,content-type")
        .Send(HttpMethod.Options, $"/kitchens/{restaurant.Kitchen.Id}/settings");
}
