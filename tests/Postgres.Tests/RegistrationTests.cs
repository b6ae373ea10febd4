using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace JikoXpress.Postgres.Tests;

public sealed class RegistrationTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_host_brings_up_its_schema_commits_and_tells_of_it()
    {
        await database.Run("DROP SCHEMA jiko, jiko_cluster CASCADE");
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging().AddJikoPostgres(database.ConnectionString);
        using var host = builder.Build();
        await host.StartAsync();
        var feed = host.Services.GetRequiredService<IEventFeed>();
        var till = new Till("a host");

        await host.Services.GetRequiredService<ICommits>().Commit(till.Sale((till.Chai, 1)));

        IReadOnlyList<PublishedEvent> events;
        do
        {
            var changed = feed.Changed(CancellationToken.None);
            events = await feed.Read(till.KitchenId, 0, 10);
            if (events.Count == 0) await changed;
        }
        while (events.Count == 0);
        Assert.Equal(await feed.Last(till.KitchenId), events[^1].Position);
        await host.StopAsync();
    }

    [Theory]
    [InlineData(typeof(ICommits))]
    [InlineData(typeof(IStateReads))]
    [InlineData(typeof(IStockReads))]
    [InlineData(typeof(IWalletReads))]
    [InlineData(typeof(IDeadlines))]
    [InlineData(typeof(ISessionReads))]
    [InlineData(typeof(IOrderReads))]
    [InlineData(typeof(ITicketReads))]
    [InlineData(typeof(IEventFeed))]
    [InlineData(typeof(IBooks))]
    [InlineData(typeof(ISalesReports))]
    [InlineData(typeof(IPaymentShifts))]
    public async Task Every_port_of_the_engine_has_its_store(Type port)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddJikoPostgres(database.ConnectionString)
            .BuildServiceProvider();

        Assert.Same(services.GetRequiredService(port), services.GetRequiredService(port));
    }
}
