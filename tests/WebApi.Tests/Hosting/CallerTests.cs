using System.Net.Http.Headers;
using static JikoXpress.WebApi.Tests.Hosting.FixedCredentials;
using static JikoXpress.WebApi.Tests.Hosting.Wire;

namespace JikoXpress.WebApi.Tests.Hosting;

/// <summary>Who is let in.</summary>
public sealed class CallerTests(House house) : IClassFixture<House>
{
    private const string Sessions = "/api/v1/checkout-sessions";

    [Fact]
    public async Task Without_a_token_nobody_is_let_in()
    {
        var response = await new HttpClient { BaseAddress = house.Address }.GetAsync(Sessions);

        Assert.Equal("401 unauthenticated", await response.Told());
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Without_a_token_a_body_is_not_even_looked_at()
    {
        using var client = new HttpClient { BaseAddress = house.Address };

        Assert.Equal("401 unauthenticated", await client.Post(Sessions, "[").Told());
    }

    [Theory]
    [InlineData("Bearer nobody", "401 unauthenticated")]
    [InlineData("Bearer ", "401 unauthenticated")]
    [InlineData("Bearer cashier ", "200")]
    [InlineData("bearer cashier", "200")]
    [InlineData("Bearer cashier, Bearer cashier", "401 unauthenticated")]
    [InlineData("Bearer CASHIER", "401 unauthenticated")]
    [InlineData("Basic Y2FzaGllcjo=", "401 unauthenticated")]
    [InlineData("cashier", "401 unauthenticated")]
    [InlineData("Bearer late", "401 token-expired")]
    public async Task A_token_is_known_or_not(string header, string told)
    {
        using var client = new HttpClient { BaseAddress = house.Address };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

        Assert.Equal(told, await client.GetAsync(Sessions).Told());
    }

    [Fact]
    public async Task A_token_of_endless_length_is_unknown() =>
        Assert.Equal("401 unauthenticated", await house.As(new string('a', 5000)).GetAsync(Sessions).Told());

    [Fact]
    public async Task A_token_in_the_query_or_in_a_cookie_is_not_read()
    {
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = house.Address };
        client.DefaultRequestHeaders.Add("Cookie", $"access_token={Cashier}");

        Assert.Equal("401 unauthenticated", await client.GetAsync($"{Sessions}?access_token={Cashier}").Told());
    }

    [Fact]
    public async Task Two_tokens_are_none()
    {
        var header = $"Authorization: Bearer {Cashier}";

        var answer = await Send(house.Address, Request($"GET {Sessions}", header, header));

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Cook, "POST", Sessions)]
    [InlineData(Kiosk, "POST", Sessions + "/018f5a3e-7c1b-7d2e-9f00-0123456789ab/confirm-slip")]
    [InlineData(Kiosk, "POST", Sessions + "/018f5a3e-7c1b-7d2e-9f00-0123456789ab/return-money")]
    [InlineData(Guest, "GET", "/api/v1/orders")]
    [InlineData(Kiosk, "GET", "/api/v1/slips?number=0147-3")]
    public async Task A_role_that_an_endpoint_is_not_open_to_is_told_so(string token, string method, string path)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST") request.Content = new StringContent("{}", new MediaTypeHeaderValue("application/json"));

        Assert.Equal("403 role-not-allowed", await house.As(token).SendAsync(request).Told());
    }

    [Theory]
    [InlineData(Kiosk, "POS")]
    [InlineData(Cashier, "KIOSK")]
    [InlineData(App, "WHATSAPP")]
    [InlineData(Bot, "APP")]
    [InlineData(Guest, "KIOSK")]
    public async Task Nobody_sells_in_the_name_of_another_channel(string token, string channel)
    {
        var json = $$"""{"sessionType":"IMMEDIATE","channel":"{{channel}}","fulfillmentType":"PICKUP","price":1}""";

        Assert.Equal("403 channel-not-permitted", await house.As(token).Post(Sessions, json).Told());
    }

    [Fact]
    public async Task What_cannot_be_understood_is_refused_before_the_channel_is_looked_at()
    {
        const string Json = """{"sessionType":"NOW","channel":"KIOSK","fulfillmentType":"PICKUP"}""";

        Assert.Equal("400 invalid-type", await house.As(Cashier).Post(Sessions, Json).Told());
    }
}
