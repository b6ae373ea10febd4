using JikoXpress.Bench.Contests;
using JikoXpress.Bench.Load;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Scenarios;

/// <summary>
/// What overload and abuse disturb: a product that has sold for a while, slips that are paid at the counter, and
/// payments by phone that their aggregator tells of.
/// </summary>
internal sealed class BusyProduct : IAsyncDisposable
{
    /// <summary>Connections in a closed loop that are never refused, however slow the machine is.</summary>
    private const int Gentle = 64;

    /// <summary>So many slips, and so many payments by phone.</summary>
    private const int SettledInSecond = 20;

    private const int Counters = 20;

    private readonly Server aggregator;
    private readonly Flow sales = Flows.CashSales(Kitchens.Count);
    private (string Path, string Token, string Tag)[] slips = [];
    private byte[][] webhooks = [];
    private int settled;

    private BusyProduct(Server aggregator, Product product)
    {
        this.aggregator = aggregator;
        Product = product;
    }

    public Product Product { get; }

    public Server Server => Product.Server;

    /// <param name="settles">For so long, in all, there is something to settle.</param>
    public static async Task<BusyProduct> Start(Setup setup, TimeSpan settles)
    {
        var aggregator = await Server.Start(
            setup.BaselinesProgram, "/bare", new Dictionary<string, string>());
        var busy = new BusyProduct(aggregator, await Product.Start(setup, aggregator.Url));
        await WarmUp.Run(busy.Server, busy.sales, Gentle);
        var each = Settled(settles);
        busy.slips = await Flows.OpenSlips(busy.Server, each);
        busy.webhooks = await Flows.OpenPhoneSales(busy.Server, each);
        return busy;
    }

    /// <summary>Sells as fast as it can.</summary>
    public Task<LoadResult> Sell(TimeSpan time) => ClosedLoop.Run(Server.Address, sales, Gentle, time);

    /// <summary>Settles at a steady pace.</summary>
    public async Task<(CrowdResult Slips, CrowdResult Webhooks)> Settle(TimeSpan time)
    {
        var from = settled;
        settled += Settled(time);
        var paid = Crowd.Run(
            Server.Address, number => Flows.ConfirmSlip(slips[from + number].Path, slips[from + number].Token),
            Counters, SettledInSecond, time);
        var told = Crowd.Run(
            Server.Address, number => webhooks[from + number], Counters, SettledInSecond, time);
        return (await paid, await told);
    }

    public async ValueTask DisposeAsync()
    {
        await Product.DisposeAsync();
        await aggregator.DisposeAsync();
    }

    private static int Settled(TimeSpan time) => (int)Math.Ceiling(SettledInSecond * time.TotalSeconds);
}
