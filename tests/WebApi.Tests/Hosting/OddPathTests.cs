using JikoXpress.WebApi.Load;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using static JikoXpress.WebApi.Tests.Hosting.FixedCredentials;
using static JikoXpress.WebApi.Tests.Hosting.Wire;

namespace JikoXpress.WebApi.Tests.Hosting;

/// <summary>Paths that no client means, at every endpoint that has a place for an id, a code or a token.</summary>
public sealed class OddPathTests : IAsyncLifetime
{
    private const string SomeId = "018f5a3e-7c1b-7d2e-9f00-0123456789ab";

    private readonly House house = new(services => services.AddSingleton(new LoadOptions
    {
        Token = new Rate(1_000_000, 1_000_000),
        Address = new Rate(1_000_000, 1_000_000),
    }));

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    /// <summary>
    /// Slashes and dots in disguise, UTF-8 that is longer than it may be or no UTF-8 at all, and some of twenty
    /// characters, as a payment's reference has. What Kestrel itself refuses (%00, bytes beyond ASCII) has no body.
    /// </summary>
    [Theory]
    [InlineData("%2F")]
    [InlineData("%2f..%2f")]
    [InlineData("%5C")]
    [InlineData("..")]
    [InlineData("%2e%2e")]
    [InlineData(".")]
    [InlineData("......")]
    [InlineData("....................")]
    [InlineData("%C0%AF")]
    [InlineData("%c0%ae%c0%ae")]
    [InlineData("%E0%80%AF")]
    [InlineData("%F0%80%80%AF")]
    [InlineData("%FF%FE")]
    [InlineData("%ED%A0%80")]
    [InlineData("%")]
    [InlineData("%zz")]
    [InlineData("%0d%0aX-Header:%20no")]
    [InlineData("aaaaaaaaaaaaaaaaaaa%2F")]
    [InlineData("aaaaaaaaaaaaaaaaaaa%FF")]
    public async Task An_odd_path_is_refused_in_words_wherever_it_stands(string odd)
    {
        var asked = 0;
        foreach (var (endpoint, method) in Endpoints())
        {
            foreach (var place in endpoint.RoutePattern.Parameters)
            {
                var path = PathOf(endpoint.RoutePattern, parameter => parameter == place ? odd : SomeId);
                var answer = await Send(house.Address, Request(
                    $"{method} {path}", $"Authorization: Bearer {Cashier}", "Content-Length: 0"));

                Assert.True(
                    answer[9..12] is "400" or "401" or "403" or "404" or "405", $"{method} {path}\n{answer}");
                asked++;
                // People see a page, unless the path is none of a page's.
                if ((path.StartsWith("/pay/", StringComparison.Ordinal) || path.StartsWith("/links/", StringComparison.Ordinal))
                    && answer.Contains("\r\nContent-Type: text/html; charset=utf-8\r\n", StringComparison.Ordinal))
                    continue;
                Assert.Contains("\r\nContent-Type: application/problem+json\r\n", answer, StringComparison.Ordinal);
                Assert.Contains("\"code\":\"", answer, StringComparison.Ordinal);
            }
        }

        Assert.True(asked > 80, $"Only {asked} places were tried.");
    }

    [Fact]
    public async Task HEAD_is_answered_wherever_GET_is()
    {
        var asked = 0;
        foreach (var (endpoint, _) in Endpoints().Where(each => each.Method is "GET"))
        {
            var path = PathOf(endpoint.RoutePattern, _ => SomeId);
            var get = await Send(house.Address, Request($"GET {path}", $"Authorization: Bearer {Cashier}"));
            var head = await Send(house.Address, Request($"HEAD {path}", $"Authorization: Bearer {Cashier}"));

            Assert.Equal(get[..12], head[..12]);
            Assert.EndsWith("\r\n\r\n", head, StringComparison.Ordinal);
            asked++;
        }

        Assert.True(asked > 40, $"Only {asked} paths were tried.");
    }

    private IEnumerable<(RouteEndpoint Endpoint, string Method)> Endpoints() =>
        from endpoint in house.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (endpoint, method);

    private static string PathOf(RoutePattern pattern, Func<RoutePatternParameterPart, string> fill) => string.Concat(
        pattern.PathSegments.Select(segment => "/" + string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter => fill(parameter),
            _ => "",
        }))));
}
