using JikoXpress.Bench.Contests;
using JikoXpress.Bench.Reporting;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Scenarios;

/// <summary>Slips: printed with the items kept, then paid in cash.</summary>
internal sealed class Slip : IScenario
{
    private const string Scenario = "slip, create and confirm";

    public string Name => "slip";

    public async Task Measure(Setup setup, Report report)
    {
        await using var product = await Product.Start(setup);
        await using var rivals = await Rivals.Start(setup);
        var standings = await Contest.Hold(
            setup,
            new("JikoXpress", product.Server, product.Database, Flows.Slips(Kitchens.Count)),
            new("row locks", rivals.Server, rivals.Database, Flows.RivalSlips(Kitchens.Count)));
        if (await product.BrokenLaws() is { Count: > 0 } broken)
        {
            report.Withhold(Scenario, broken);
            return;
        }

        report.Figures(Scenario, standings);
        report.Faster("slip create + confirm / row-lock form", standings[0], standings[1], Goal.AtLeast(2, 3));
        report.Cheaper("CPU per slip / row-lock form's", standings[0], standings[1], Goal.AtMost(0.6, 0.45));
        var wal = standings[0].Wal;
        report.Goal("WAL per slip", $"{wal:N0} bytes", "-", wal / 1000, Goal.AtMost(5.8, 4.5, " KB"));
    }
}
