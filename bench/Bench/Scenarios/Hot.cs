using JikoXpress.Bench.Contests;
using JikoXpress.Bench.Reporting;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Scenarios;

/// <summary>The same sales, all in one kitchen with ten dishes.</summary>
internal sealed class Hot : IScenario
{
    private const string Scenario = "cash sales, one hot kitchen";

    public string Name => "hot";

    public async Task Measure(Setup setup, Report report)
    {
        await using var product = await Product.Start(setup);
        await using var rivals = await Rivals.Start(setup);
        Contestant Rival(string name, string path) =>
            new(name, rivals.Server, rivals.Database, Flows.CashSales(path, kitchens: 1));

        var standings = await Contest.Hold(
            setup,
            new("JikoXpress", product.Server, product.Database, Flows.CashSales(kitchens: 1)),
            new("JikoXpress, many kitchens", product.Server, product.Database, Flows.CashSales(Kitchens.Count)),
            Rival("F, SELECT FOR UPDATE", "/for-update/sales"),
            Rival("R, row locks in one batch", "/row-lock/sales"),
            Rival("ceiling, group commit", "/ceiling/sales"));
        if (await product.BrokenLaws() is { Count: > 0 } broken)
        {
            report.Withhold(Scenario, broken);
            return;
        }

        report.Figures(Scenario, standings);
        report.Faster("cash sale, one hot kitchen / F", standings[0], standings[2], Goal.AtLeast(6, 9));
        report.Faster("cash sale, one hot kitchen / R", standings[0], standings[3], Goal.AtLeast(2.5, 4));
        report.Faster("hot kitchen / many kitchens", standings[0], standings[1], Goal.AtLeast(0.95, 1.2));
        report.Cheaper("CPU per cash sale, one hot kitchen / R's", standings[0], standings[3], Goal.AtMost(0.5, 0.4));
    }
}
