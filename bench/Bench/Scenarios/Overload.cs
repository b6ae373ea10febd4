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

    private static readonly TimeSpan Useful = TimeSpan.FromSeconds(2);

    public string Name => Named;

    public async Task Measure(Setup setup, Report report)
    {
        // Long enough for a second try, and a third, of all that are refused.
        var time = TimeSpan.FromSeconds(Math.Max(10, setup.Time.TotalSeconds));
        await using var busy = await BusyProduct.Start(setup, time);

        var before = await busy.Sell(time / 2);
        var settled = busy.Settle(time);
        var crowd = await Crowd.Run(
            busy.Server.Address, Flows.CashSaleRequests(Kitchens.Count), Tills, Times * before.PerSecond, time);
        var (slips, webhooks) = await settled;
        var after = await busy.Sell(time / 2);
        if (await busy.Product.BrokenLaws() is { Count: > 0 } broken)
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
