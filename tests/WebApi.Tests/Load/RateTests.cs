using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Tests.Hosting;
using JikoXpress.WebApi.Tests.Sessions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static JikoXpress.WebApi.Tests.Hosting.FixedCredentials;

namespace JikoXpress.WebApi.Tests.Load;

/// <summary>Callers that send too fast.</summary>
public sealed class RateTests : IAsyncLifetime
{
    private const int Burst = 3, Plenty = 50;

    private readonly House house = new(services => services.AddSingleton(new LoadOptions
    {
        Token = new Rate(PerSecond: 1, Burst),
        Address = new Rate(PerSecond: 1, Burst),
        Table = new Rate(PerSecond: 1, Burst - 1),
    }));

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task A_token_that_sends_too_fast_is_told_when_to_go_on()
    {
        var till = house.As(Cashier);

        var answers = await UntilRefused(() => till.GetAsync(Bodies.SessionsPath));

        Assert.All(answers.Take(Burst), answer => Assert.Equal(200, (int)answer.StatusCode));
        Assert.Equal("429 rate-limited", await answers[^1].Told());
        Assert.Equal(TimeSpan.FromSeconds(1), answers[^1].Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Its_neighbours_notice_nothing()
    {
        var till = house.As(Cashier);
        await UntilRefused(() => till.GetAsync(Bodies.SessionsPath));

        Assert.Equal("201", await house.As(Manager).Post(Bodies.SessionsPath, Bodies.CashSale()).Told());
        Assert.Equal("200", await house.As(Kiosk).GetAsync(Bodies.SessionsPath).Told());
    }

    [Fact]
    public async Task A_table_orders_no_faster_than_its_guests_do_and_looks_as_it_likes()
    {
        var guest = house.As(Seated);

        var answers = await UntilRefused(() => guest.Post(Bodies.SessionsPath, Bodies.TableSlip("05")));

        Assert.Equal(Burst, answers.Count);
        Assert.All(answers.Take(Burst - 1), answer => Assert.Equal(201, (int)answer.StatusCode));
        Assert.Equal("429 rate-limited", await answers[^1].Told());
        Assert.Equal("200", await house.As(Guest).GetAsync(Bodies.SessionsPath).Told());
    }

    [Fact]
    public async Task A_body_that_is_refused_for_load_is_not_even_looked_at()
    {
        var till = house.As(Cashier);
        await UntilRefused(() => till.GetAsync(Bodies.SessionsPath));

        var refused = (await UntilRefused(() => till.Post(Bodies.SessionsPath, "[")))[^1];

        Assert.Equal("429 rate-limited", await refused.Told());
    }

    [Fact]
    public async Task Without_a_token_it_is_the_address_that_is_counted_and_forged_webhooks_count_for_it_too()
    {
        using var stranger = new HttpClient { BaseAddress = house.Address };

        var answers = await UntilRefused(() => stranger.Post("/webhooks/payments/nobody/0123456789abcdef", "{}"));

        Assert.Equal("429 rate-limited", await answers[^1].Told());
        Assert.Equal("200", await house.As(Cashier).GetAsync(Bodies.SessionsPath).Told());
    }

    [Fact]
    public async Task Whoever_watches_the_process_is_never_refused()
    {
        using var watcher = new HttpClient { BaseAddress = house.Address };

        foreach (var _ in Enumerable.Range(0, Plenty))
            Assert.Equal("200", await watcher.GetAsync("/health/live").Told());
    }

    [Theory]
    [InlineData("100")]
    [InlineData("0/5")]
    [InlineData("5/0")]
    [InlineData("1/2/3")]
    [InlineData("ten/20")]
    [InlineData("-1/20")]
    public void A_rate_is_two_numbers(string text)
    {
        var configuration = Configuration("JIKO_RATE_TOKEN", text);

        var refused = Assert.Throws<InvalidOperationException>(() => LoadOptions.From(configuration));

        Assert.Contains("JIKO_RATE_TOKEN", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_set_holds_and_the_rest_stays()
    {
        var options = LoadOptions.From(Configuration("JIKO_LANE_READING", "7/0"));

        Assert.Equal(new LoadOptions { Reading = new LaneSize(7, 0) }, options);
    }

    private static IConfiguration Configuration(string name, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();

    /// <summary>Asks again and again until one is refused for its rate.</summary>
    private static async Task<List<HttpResponseMessage>> UntilRefused(Func<Task<HttpResponseMessage>> ask)
    {
        var answers = new List<HttpResponseMessage>();
        while (answers.Count < Plenty && answers is [] or [.., { StatusCode: not System.Net.HttpStatusCode.TooManyRequests }])
            answers.Add(await ask());
        return answers;
    }
}
