using JikoXpress.Bench.Contests;
using JikoXpress.Bench.Reporting;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Scenarios;

/// <summary>Payments by phone: opened, pushed, confirmed by a signed webhook, and seen at the counter.</summary>
internal sealed class Webhook : IScenario
{
    private const string Scenario = "phone payments, create and webhook";

    public string Name => "webhook";

    public async Task Measure(Setup setup, Report report)
    {
        await using var aggregator = await Server.Start(
            setup.BaselinesProgram, "/bare", new Dictionary<string, string>());
        await using var product = await Product.Start(setup, aggregator.Url);
        await using var rivals = await Rivals.Start(setup, aggregator.Url);
        var standings = await Contest.Hold(
            setup,
            new("JikoXpress", product.Server, product.Database, Flows.PaidByPhone(Kitchens.Count)),
            new("row locks", rivals.Server, rivals.Database, Flows.RivalPaidByPhone(Kitchens.Count)));
        if (await product.BrokenLaws() is { Count: > 0 } broken)
        {
            report.Withhold(Scenario, broken);
            return;
        }

        report.Figures(Scenario, standings);
        report.Faster("create + webhook / row-lock form", standings[0], standings[1], Goal.AtLeast(1.3, 2));
        report.Cheaper("CPU per phone payment / row-lock form's", standings[0], standings[1], Goal.AtMost(0.8, 0.5));
    }
}
