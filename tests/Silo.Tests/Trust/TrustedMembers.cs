using System.Net;
using JikoXpress.Silo.Tests.Hosting;
using JikoXpress.Testing;

namespace JikoXpress.Silo.Tests.Trust;

/// <summary>Two silos and a front end with certificates of one authority are a cluster as any other.</summary>
public sealed class TrustedMembers(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Sell_over_TLS()
    {
        using var authority = new Authority();
        KeyValuePair<string, string?>[] settings =
            [new("JIKO_POSTGRES", database.ConnectionString), new("JIKO_DEMO", "true")];
        KeyValuePair<string, string?>[] silo = [.. settings, .. authority.Files("silo", Authority.SiloUsage)];
        await using var first = await Member.Start("silo", silo);
        await using var second = await Member.Start("silo", silo);
        await using var front = await Member.Start(
            "web", [.. settings, .. authority.Files("front", Authority.FrontEndUsage)]);

        using var till = await DemoTill.At(new Uri(front.Urls.Single()));
        for (var sale = 0; sale < 20; sale++)
        {
            using var sold = await till.Post("/checkout-sessions", till.Sale(), $"sale-{sale}");
            Assert.Equal(HttpStatusCode.Created, sold.StatusCode);
        }

        Assert.True(await till.BooksBalance());
        Assert.Equal(2, await database.Ask<long>("SELECT count(*) FROM jiko_cluster.silo WHERE status = 3"));
        await front.StopAsync();
        await second.StopAsync();
        await first.StopAsync();
    }
}
