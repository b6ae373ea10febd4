using JikoXpress.Bench.Contests;
using JikoXpress.Bench.Load;
using JikoXpress.Bench.Reporting;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Scenarios;

/// <summary>One silo with the web API, and beside it two silos behind a front end.</summary>
internal sealed class Cluster : IScenario
{
    public const string Named = "cluster";

    public string Name => Named;

    public async Task Measure(Setup setup, Report report)
    {
        await using var oneSilo = await Product.Start(setup, database: "bench_one_silo");
        await using var twoSilos = await Product.Start(setup, database: "bench_two_silos", hosting: Hosting.TwoSilos);
        (string Name, Product Product)[] hosts = [("one silo", oneSilo), ("two silos and a front end", twoSilos)];

        await Hold("cash sales, many kitchens", Flows.CashSales(Kitchens.Count));
        await Hold("cash sales, one hot kitchen", Flows.CashSales(1));
        await Hold("slip, create and confirm", Flows.Slips(Kitchens.Count));

        async Task Hold(string scenario, Flow flow)
        {
            var standings = await Contest.Hold(
                setup, [.. hosts.Select(host => new Contestant(
                    host.Name, host.Product.Server, host.Product.Database, flow))]);
            var broken = new List<string>();
            foreach (var (_, product) in hosts) broken.AddRange(await product.BrokenLaws());
            if (broken.Count > 0)
            {
                report.Withhold($"{scenario}, cluster", broken);
                return;
            }

            report.Figures($"{scenario}, cluster", standings);
            report.Faster(
                $"{scenario}: two silos / one silo", standings[1], standings[0], Goal.AtLeast(0.6, 0.8));
        }
    }
}
