using System.Net;
using System.Net.Http.Headers;
using System.Text;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Tests.Sessions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using static JikoXpress.WebApi.Tests.Hosting.FixedCredentials;
using static JikoXpress.WebApi.Tests.Hosting.Wire;

namespace JikoXpress.WebApi.Tests.Hosting;

/// <summary>What is refused before anybody asks what it means.</summary>
public sealed class TransportTests(House house) : IClassFixture<House>
{
    private const string Sessions = "/api/v1/checkout-sessions";

    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v1/checkout-sessions/")]
    [InlineData("/API/v1/checkout-sessions")]
    [InlineData("/api/v1/Checkout-Sessions")]
    [InlineData("/api/v1/checkout-sessions/x")]
    [InlineData("/api/v1/checkout-sessions/00000000-0000-0000-0000-000000000000")]
    [InlineData("/api/v1/checkout-sessions/%7B018f5a3e-7c1b-7d2e-9f00-0123456789ab%7D")]
    [InlineData("/api/v1/checkout-sessions/018f5a3e7c1b7d2e9f000123456789ab")]
    public async Task Everything_has_one_path(string path) =>
        Assert.Equal("404 not-found", await house.As(Cashier).GetAsync(path).Told());

    [Theory]
    [InlineData("/api/v1/x/../checkout-sessions")]
    [InlineData("/api/v1/x/%2e%2e/checkout-sessions")]
    [InlineData("/api/v1/checkout%2Dsessions")]
    public async Task Dots_and_escapes_lead_nowhere(string path)
    {
        var answer = await Send(house.Address, Request($"GET {path}", $"Authorization: Bearer {Cashier}"));

        Assert.StartsWith("HTTP/1.1 404", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT", Sessions, "GET, POST")]
    [InlineData("DELETE", Sessions, "GET, POST")]
    [InlineData("TRACE", Sessions, "GET, POST")]
    [InlineData("FOO", Sessions, "GET, POST")]
    [InlineData("POST", "/api/v1/orders", "GET")]
    public async Task A_method_that_a_path_does_not_take_is_told_which_it_takes(
        string method, string path, string allowed)
    {
        var response = await house.As(Cashier).SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal("405 method-not-allowed", await response.Told());
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow.Order()));
    }

    [Fact]
    public async Task A_method_is_not_overridden_by_a_header()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{Sessions}?limit=1");
        request.Headers.Add("X-HTTP-Method-Override", "DELETE");

        Assert.Equal("200", await house.As(Cashier).SendAsync(request).Told());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/vnd.x+json")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task Another_media_type_is_not_taken(string? type)
    {
        var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);

        Assert.Equal("415 unsupported-media-type", await house.As(Cashier).PostAsync(Sessions, content).Told());
    }

    [Fact]
    public async Task A_packed_body_is_not_unpacked()
    {
        var content = new StringContent("{}", Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add("gzip");

        Assert.Equal("415 unsupported-media-type", await house.As(Cashier).PostAsync(Sessions, content).Told());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_more_than_64_KiB_is_not_read(bool chunked)
    {
        var size = chunked ? "Transfer-Encoding: chunked" : "Content-Length: 65537";
        var head = Request(
            $"POST {Sessions}", $"Authorization: Bearer {Cashier}", "Content-Type: application/json", size);
        var body = chunked ? "10001\r\n" + new string(' ', 0x10001) + "\r\n0\r\n\r\n" : new string(' ', 65537);

        var answer = await Send(house.Address, head + body);

        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"body-too-large\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_64_KiB_is_read()
    {
        var json = "{" + new string(' ', 65534) + "}";

        Assert.Equal("422 field-required", await house.As(Cashier).Post(Sessions, json).Told());
    }

    [Fact]
    public async Task A_target_of_more_than_8_KiB_is_too_long()
    {
        var target = $"{Sessions}?a={new string('a', 9000)}";

        Assert.Equal("414 uri-too-long", await house.As(Cashier).GetAsync(target).Told());
    }

    [Theory]
    [InlineData(1, 40_000)]
    [InlineData(150, 1)]
    public async Task Too_many_headers_are_too_large(int count, int length)
    {
        var headers = Enumerable.Range(0, count).Select(index => $"X-{index}: {new string('x', length)}");

        var answer = await Send(house.Address, Request($"GET {Sessions}", [.. headers]));

        Assert.StartsWith("HTTP/1.1 431", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"headers-too-large\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "Content-Length: 5\r\nContent-Length: 6")]
    [InlineData("GET", "X : y")]
    public async Task A_request_that_can_be_read_two_ways_is_not_read(string method, string header)
    {
        var answer = await Send(house.Address, Request($"{method} {Sessions}", header));

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
    }

    /// <summary>
    /// The web server refuses what it cannot read before there is a request that anything of ours could see, and has no
    /// place for a body of ours. The overview of the API's document says so.
    /// </summary>
    [Theory]
    [InlineData(400, "GET /api/v1/orders%00 HTTP/1.1")]
    [InlineData(400, "GET /api/v1/orders/%00/refunds HTTP/1.1")]
    [InlineData(400, "GET /api/v1/orders/\u00e9 HTTP/1.1")]
    [InlineData(400, "GET /api/v1/orders\0 HTTP/1.1")]
    [InlineData(400, "GET api/v1/orders HTTP/1.1")]
    [InlineData(400, "G(T /api/v1/orders HTTP/1.1")]
    [InlineData(400, " /api/v1/orders HTTP/1.1")]
    [InlineData(400, "GET /api/v1/orders")]
    [InlineData(505, "GET /api/v1/orders HTTP/3.0")]
    [InlineData(505, "GET /api/v1/orders http/1.1")]
    [InlineData(400, "GET /api/v1/orders HTTP/1.1", "Host: other")]
    [InlineData(400, "GET http://other/api/v1/orders HTTP/1.1")]
    [InlineData(400, "GET /api/v1/orders HTTP/1.1", "X-Thing")]
    [InlineData(400, "GET /api/v1/orders HTTP/1.1", "X-Thing : 1")]
    [InlineData(400, "POST /api/v1/orders HTTP/1.1", "Content-Length: -1")]
    public async Task What_is_not_HTTP_is_refused_without_a_word(int status, string line, string header = "X-Thing: 1")
    {
        var answer = await Send(house.Address, $"{line}\r\nHost: localhost\r\n{header}\r\n\r\n");

        Bare(status, answer);
    }

    [Theory]
    [InlineData(414, 17_000, 1, 1)]
    [InlineData(431, 1, 1, 70_000)]
    [InlineData(431, 1, 250, 1)]
    public async Task What_has_more_than_twice_the_size_is_refused_without_a_word(
        int status, int target, int headers, int length)
    {
        var answer = await Send(house.Address, Request(
            $"GET {Sessions}?a={new string('a', target)}",
            [.. Enumerable.Range(0, headers).Select(index => $"X-{index}: {new string('x', length)}")]));

        Bare(status, answer);
    }

    private static void Bare(int status, string answer) => Assert.Matches(
        $"\\AHTTP/1\\.1 {status} [A-Za-z -]+\r\nContent-Length: 0\r\nConnection: close\r\nDate: [^\r]+\r\n\r\n\\z", answer);

    [Theory]
    [InlineData("POST", "/api/v1/checkout-sessions?dryRun=true")]
    [InlineData("POST", "/api/v1/checkout-sessions?")]
    [InlineData("POST", "/api/v1/checkout-sessions/preview?x")]
    [InlineData("GET", "/api/v1/checkout-sessions/018f5a3e-7c1b-7d2e-9f00-0123456789ab/timeline?limit=1")]
    [InlineData("GET", "/api/v1/checkout-sessions/018f5a3e-7c1b-7d2e-9f00-0123456789ab/events?x=")]
    public async Task A_parameter_that_nobody_reads_is_refused(string method, string path)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST")
            request.Content = new StringContent(Bodies.CashSale(), Encoding.UTF8, "application/json");

        var told = await house.As(Cashier).SendAsync(request).Told();

        Assert.Equal(path.EndsWith('?') ? "201" : "422 unknown-parameter", told);
    }

    [Fact]
    public async Task A_list_of_errors_that_was_cut_says_so()
    {
        var members = string.Join(",", Enumerable.Range(0, 60).Select(number => $"\"unknown{number}\":1"));
        var response = await house.As(Cashier).Post($"{Sessions}/preview", $"{{{members}}}");

        var problem = await response.Json();

        Assert.Equal(50, problem["errors"]?.AsArray().Count);
        Assert.True((int?)problem["errorsOmitted"] >= 10);
    }

    [Theory]
    [InlineData("/api/v1/checkout-sessions", "200")]
    [InlineData("/api/v1/checkout-sessions?limit=0", "422")]
    [InlineData("/api/v1/nothing", "404")]
    [InlineData("/health/live", "200")]
    [InlineData("/problems", "200")]
    public async Task HEAD_answers_as_GET_does_without_the_body(string path, string status)
    {
        var head = await Send(house.Address, Request($"HEAD {path}", $"Authorization: Bearer {Cashier}"));
        var get = await Send(house.Address, Request($"GET {path}", $"Authorization: Bearer {Cashier}"));

        Assert.StartsWith($"HTTP/1.1 {status}", head, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", head, StringComparison.Ordinal);
        Assert.Equal(Named(get), Named(head));
    }

    [Fact]
    public async Task HEAD_of_a_stream_ends_at_once()
    {
        var slip = await house.As(Cashier).Opened(Bodies.Slip());

        var head = await Send(
            house.Address, Request($"HEAD {Sessions}/{slip["id"]}/events", $"Authorization: Bearer {Cashier}"));

        Assert.StartsWith("HTTP/1.1 200", head, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/event-stream", head, StringComparison.Ordinal);
    }

    /// <summary>The names of an answer's headers.</summary>
    private static IEnumerable<string> Named(string answer) =>
        answer[..answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)]
            .Split("\r\n").Skip(1).Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]).Order();

    [Fact]
    public async Task Nothing_tells_what_serves()
    {
        var response = await house.As(Cashier).GetAsync("/api/v1/nothing");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(response.Headers.Server);
        Assert.False(response.Headers.Contains("X-Powered-By"));
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public void Every_endpoint_says_who_may_call_it()
    {
        var endpoints = house.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, endpoint =>
        {
            var policy = endpoint.Metadata.GetMetadata<AccessPolicy>();
            Assert.True(policy is { WithoutToken: true } or { Allowed.Count: > 0 }, endpoint.DisplayName);
        });
    }
}
