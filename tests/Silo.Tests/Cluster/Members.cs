using System.Net;
using System.Net.Sockets;
using JikoXpress.Silo.Hosting;
using JikoXpress.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Silo.Tests.Cluster;

/// <summary>Processes in their roles, which find each other through the database and nothing else.</summary>
public sealed class Members(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Two_silos_and_a_front_end_find_each_other()
    {
        await using var first = await Start("silo");
        await using var second = await Start("silo");
        await using var front = await Start("web");

        foreach (var member in new[] { first, second, front })
            Assert.Equal(HttpStatusCode.OK, (await Get(member, "/health/ready")).StatusCode);
        Assert.Equal(2, await Active());
        Assert.Equal(HttpStatusCode.Unauthorized, (await Get(front, "/api/v1/checkout-sessions")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Get(first, "/api/v1/checkout-sessions")).StatusCode);

        await second.StopAsync();
        await first.StopAsync();
        Assert.Equal(0, await Active());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Get(front, "/health/ready")).StatusCode);
        await front.StopAsync();
    }

    [Fact]
    public async Task A_silo_has_the_api_too_unless_told_otherwise()
    {
        await using var silo = await Start("all");

        Assert.Equal(HttpStatusCode.OK, (await Get(silo, "/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Get(silo, "/api/v1/checkout-sessions")).StatusCode);
        await silo.StopAsync();
    }

    [Fact]
    public void A_role_that_nobody_plays_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => JikoXpressSilo.Build(["--role", "waiter"]));

    private async Task<WebApplication> Start(string role)
    {
        var member = JikoXpressSilo.Build(["--role", role], builder =>
        {
            builder.Configuration.AddInMemoryCollection(
            [
                new("JIKO_POSTGRES", database.ConnectionString), new("JIKO_CLUSTER", role is "all" ? "one" : "several"),
                new("JIKO_SILO_PORT", $"{FreePort()}"), new("JIKO_GATEWAY_PORT", $"{FreePort()}"),
            ]);
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
        });
        await member.StartAsync();
        return member;
    }

    private static async Task<HttpResponseMessage> Get(WebApplication member, string path)
    {
        using var http = new HttpClient { BaseAddress = new Uri(member.Urls.Single()) };
        return await http.GetAsync(path);
    }

    private Task<long> Active() =>
        database.Ask<long>("SELECT count(*) FROM jiko_cluster.silo WHERE cluster = 'several' AND status = 3");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
