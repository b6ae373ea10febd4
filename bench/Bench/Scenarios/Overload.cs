using JikoXpress.Bench.Load;
using JikoXpress.Bench.Reporting;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Scenarios;

/// <summary>
/// Five thousand tills that together want to sell seven times as much as the process can, while slips are paid and
/// aggregators tell of payments. What counts is sold within 2 s; a later sale is no use to a queue of guests.
/// </summary>
internal sealed class Overload : IScenario
{
    public const string Named = "overload";

    private const int Tills = 5_000;
    private const double Times = 7;
    private const int SettledInSecond = 20;

    /// <summary>Connections in a closed loop that are never refused, however slow the machine is.</summary>
    private const int Gentle = 64;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Useful = TimeSpan.FromSeconds(2);

    public string Name => Named;

    public async Task Measure(Setup setup, Report report)
    {
        // Long enough for a second try, and a third, of all that are refused.
        var time = TimeSpan.FromSeconds(Math.Max(10, setup.Time.TotalSeconds));
        await using var aggregator = await Server.Start(
            setup.BaselinesProgram, "/bare", new Dictionary<string, string>());
        await using var product = await Product.Start(setup, aggregator.Url);
        var sales = Flows.CashSales(Kitchens.Count);
        await ClosedLoop.Run(product.Server.Address, sales, Gentle, WarmUp);
        var settling = await Settling.Prepare(product.Server, (int)(SettledInSecond * time.TotalSeconds));

        var before = await ClosedLoop.Run(product.Server.Address, sales, Gentle, time / 2);
        var settled = settling.Run(time);
        var crowd = await Crowd.Run(
            product.Server.Address, Flows.CashSaleRequests(Kitchens.Count), Tills, Times * before.PerSecond, time);
        var (slips, webhooks) = await settled;
        var after = await ClosedLoop.Run(product.Server.Address, sales, Gentle, time / 2);
        if (await product.BrokenLaws() is { Count: > 0 } broken)
        {
            report.Withhold(Named, broken);
            return;
        }

        var capacity = (before.PerSecond + after.PerSecond) / 2;
        var good = crowd.PerSecond(Useful, 201);
        report.Goal(
            $"sold within 2 s at {Times:0} times the capacity / capacity", $"{good:N0}/s", $"{capacity:N0}/s",
            good / capacity, Goal.AtLeast(0.8, 0.9));
        report.Goal(
            "what is sold then, p99", $"{crowd.At(0.99, 201):N0} ms", "-", crowd.At(0.99, 201),
            Goal.AtMost(2_000, 1_000, " ms"));
        report.Goal(
            $"answered at all, of {crowd.SentPerSecond:N0} sent and {crowd.NotSentPerSecond:N0} not sent a second",
            $"{crowd.AnsweredShare:P2}", "-", crowd.AnsweredShare, Goal.AtLeast(0.99, 1));
        Tell(report, "slips paid meanwhile", slips, 200);
        Tell(report, "webhooks meanwhile", webhooks, 200);
    }

    private static void Tell(Report report, string what, CrowdResult result, int status)
    {
        var sent = result.SentPerSecond;
        report.Goal(
            $"{what}, of {sent:N0} sent a second", $"{result.PerSecond(Useful, status):N1}/s", $"{sent:N1}/s",
            result.PerSecond(Useful, status) / sent, Goal.AtLeast(0.95, 1));
        report.Goal(
            $"{what}, p99", $"{result.At(0.99, status):N0} ms", "-", result.At(0.99, status),
            Goal.AtMost(2_000, 500, " ms"));
    }
}

/// <summary>Slips paid at the counter, and payments that their aggregator tells of, at a steady pace.</summary>
internal sealed class Settling((string Path, string Token, string Tag)[] slips, byte[][] webhooks)
{
    private const int Counters = 20;

    /// <param name="each">So many of either are there to be settled.</param>
    public static async Task<Settling> Prepare(Server server, int each) =>
        new(await Flows.OpenSlips(server, each), await Flows.OpenPhoneSales(server, each)) { Server = server };

    private Server? Server { get; init; }

    private int slipsTaken, webhooksTaken;

    /// <summary>Settles as many of them as fall into this time.</summary>
    public async Task<(CrowdResult Slips, CrowdResult Webhooks)> Run(TimeSpan time, double share = 1)
    {
        var (slipsFrom, webhooksFrom) = (slipsTaken, webhooksTaken);
        var (slipsNow, webhooksNow) = ((int)(share * slips.Length), (int)(share * webhooks.Length));
        slipsTaken += slipsNow;
        webhooksTaken += webhooksNow;
        var paid = Crowd.Run(
            Server!.Address,
            number => Flows.ConfirmSlip(slips[slipsFrom + number].Path, slips[slipsFrom + number].Token),
            Counters, slipsNow / time.TotalSeconds, time);
        var told = Crowd.Run(
            Server!.Address, number => webhooks[webhooksFrom + number], Counters, webhooksNow / time.TotalSeconds,
            time);
        return (await paid, await told);
    }
}
