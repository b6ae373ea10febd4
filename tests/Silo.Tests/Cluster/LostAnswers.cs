using System.Net;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Silo.Tests.Hosting;
using JikoXpress.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace JikoXpress.Silo.Tests.Cluster;

/// <summary>A silo carries a command out, and its answer takes longer than a front end waits.</summary>
public sealed class LostAnswers(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_command_that_was_not_answered_in_time_is_repeated_with_its_key_and_done_once()
    {
        var lost = new LateAnswer();
        await using var silo = await Start(
            "silo", builder => builder.Services.AddSingleton<IIncomingGrainCallFilter>(lost));
        await using var front = await Start("web");
        using var till = await DemoTill.At(new Uri(front.Urls.Single()));

        lost.IsNext = true;
        using var first = await till.Post("/checkout-sessions", till.Sale(), "till-1-000042");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, first.StatusCode);
        Assert.True(first.Headers.RetryAfter?.Delta > TimeSpan.Zero);

        lost.Comes();
        using var second = await till.Post("/checkout-sessions", till.Sale(), "till-1-000042");
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(1, await database.Ask<long>("SELECT count(*) FROM jiko.customer_order"));
        await front.StopAsync();
        await silo.StopAsync();
    }

    private Task<WebApplication> Start(string role, Action<WebApplicationBuilder>? adjust = null) => Member.Start(
        role, [new("JIKO_POSTGRES", database.ConnectionString), new("JIKO_DEMO", "true")], adjust);

    /// <summary>Holds the answer of a session's next command back, once it is carried out.</summary>
    private sealed class LateAnswer : IIncomingGrainCallFilter
    {
        private readonly TaskCompletionSource held = new();

        public bool IsNext { get; set; }

        public void Comes() => held.SetResult();

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            await context.Invoke();
            if (!IsNext || context.InterfaceMethod.Name is not nameof(ICheckoutSessionGrain.Open)) return;
            IsNext = false;
            await held.Task;
        }
    }
}
