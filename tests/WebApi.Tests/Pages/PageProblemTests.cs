using System.Net;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Merchants;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace JikoXpress.WebApi.Tests.Pages;

/// <summary>A customer who meets a limit or a fault sees a page that says what to do, in the customer's language.</summary>
public sealed class PageProblemTests
{
    private static readonly string Path = $"/pay/{new PageToken(House.Named(5), "QUJDREVGR0hJSktMTU5PUA")}";

    [Fact]
    public async Task Too_many_requests_of_an_address_are_refused_with_a_page()
    {
        var house = new House(services =>
            services.AddSingleton(new LoadOptions { Address = new Rate(PerSecond: 1, Burst: 1) }));
        await using var _ = house;
        await house.InitializeAsync();
        using var customer = new HttpClient { BaseAddress = house.Address };
        customer.DefaultRequestHeaders.AcceptLanguage.ParseAdd("sw");
        Assert.Equal(HttpStatusCode.NotFound, (await customer.GetAsync(new Uri(Path, UriKind.Relative))).StatusCode);

        var refused = await customer.GetAsync(new Uri(Path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.Equal("text/html", refused.Content.Headers.ContentType?.MediaType);
        var html = await refused.Content.ReadAsStringAsync();
        Assert.Contains("Maombi ni mengi mno", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Path}?lang=sw\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(TimeoutException), HttpStatusCode.ServiceUnavailable)]
    [InlineData(typeof(InvalidOperationException), HttpStatusCode.InternalServerError)]
    public async Task A_server_that_is_not_ready_says_to_look_again_before_paying_twice(
        Type fault, HttpStatusCode expected)
    {
        var house = new House();
        await using var _ = house;
        await house.InitializeAsync();
        var http = new DefaultHttpContext { RequestServices = house.App.Services };
        http.SetEndpoint(house.App.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>().First(endpoint => endpoint.RoutePattern.RawText is "/pay/{publicToken}/"));
        (http.Request.Method, http.Request.Path, http.Response.Body) = ("GET", Path, new MemoryStream());

        await new Faults(
            _ => throw (Exception)Activator.CreateInstance(fault, "SELECT secret")!,
            NullLogger<Faults>.Instance).InvokeAsync(http);

        http.Response.Body.Position = 0;
        var html = await new StreamReader(http.Response.Body).ReadToEndAsync();
        Assert.Equal((int)expected, http.Response.StatusCode);
        Assert.Equal("no-store", http.Response.Headers.CacheControl);
        Assert.Contains("do not pay a second time", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Path}?lang=en\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", html, StringComparison.Ordinal);
    }
}
