using JikoXpress.Grains.Tests;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Tests.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static JikoXpress.WebApi.Tests.Hosting.FixedCredentials;

namespace JikoXpress.WebApi.Tests.Hosting;

/// <summary>What a caller hears when something is wrong on our side.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private readonly House house = new();

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task A_bug_is_told_without_anything_internal()
    {
        house.Reads.Fault = new InvalidOperationException("SELECT secret FROM kitchens");

        var response = await house.As(Cashier).GetAsync("/api/v1/orders/018f5a3e-7c1b-7d2e-9f00-0123456789ab");

        Assert.Equal("500 internal-error", await response.Told());
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "overloaded")]
    [InlineData("POST", "not-ready")]
    [InlineData("PATCH", "not-ready")]
    public async Task A_call_that_expires_between_silos_may_be_sent_again(string method, string code)
    {
        var expired = new OperationCanceledException("Message expired before placement could complete.");
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        http.Request.Method = method;
        http.Response.Body = new MemoryStream();

        await new Faults(_ => throw expired, NullLogger<Faults>.Instance).InvokeAsync(http);

        http.Response.Body.Position = 0;
        Assert.Equal(503, http.Response.StatusCode);
        Assert.Contains($"\"{code}\"", await new StreamReader(http.Response.Body).ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_whose_answer_stays_lost_may_be_sent_again()
    {
        foreach (var _ in Enumerable.Range(0, 3)) house.Store.Faults.Enqueue(Fault.LostBefore);

        var response = await house.As(Cashier).Post(Bodies.SessionsPath, Bodies.CashSale(), key: "lost");

        Assert.Equal("503 not-ready", await response.Told());
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal("201", await house.As(Cashier).Post(Bodies.SessionsPath, Bodies.CashSale(), key: "lost").Told());
    }

    [Fact]
    public async Task Alive_and_ready_are_different_answers()
    {
        using var client = new HttpClient { BaseAddress = house.Address };
        Assert.Equal("200", await client.GetAsync("/health/ready").Told());

        house.Reads.Fault = new TimeoutException();

        Assert.Equal("200", await client.GetAsync("/health/live").Told());
        Assert.Equal("503 not-ready", await client.GetAsync("/health/ready").Told());
    }
}
