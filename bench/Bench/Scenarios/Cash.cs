using JikoXpress.Bench.Contests;
using JikoXpress.Bench.Reporting;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Scenarios;

/// <summary>Cash sales of two lines over many kitchens.</summary>
internal sealed class Cash : IScenario
{
    private const string Scenario = "cash sales, many kitchens";

    public string Name => "cash";

    public async Task Measure(Setup setup, Report report)
    {
        await using var product = await Product.Start(setup);
        await using var rivals = await Rivals.Start(setup);
        Contestant ours = new("JikoXpress", product.Server, product.Database, Flows.CashSales(Kitchens.Count));
        Contestant Rival(string name, string path) =>
            new(name, rivals.Server, rivals.Database, Flows.CashSales(path, Kitchens.Count));
        Contestant rowLock = Rival("R, row locks in one batch", "/row-lock/sales");
        Contestant bare = new(
            "bare POST", rivals.Server, rivals.Database, Flows.CashSales("/bare", Kitchens.Count, expected: 200));

        var standings = await Contest.Hold(
            setup, ours, Rival("F, SELECT FOR UPDATE", "/for-update/sales"), rowLock,
            Rival("ceiling, group commit", "/ceiling/sales"), bare);
        var alone = await Medians(setup, () => PgBench.Run(setup, rivals.Database, 1, clients: 16));
        var together = await Medians(setup, () => PgBench.Run(setup, rivals.Database, 50, clients: 4));
        var paced = await Paced.Rounds(setup, ours, rowLock, bare, standings[0].PerSecond / 2);

        if (await product.BrokenLaws() is { Count: > 0 } broken)
        {
            report.Withhold(Scenario, broken);
            return;
        }

        report.Figures(Scenario, standings);
        Tell(report, standings, alone, together);
        paced.Tell(report);
    }

    private static void Tell(Report report, IReadOnlyList<Standing> standings, double alone, double together)
    {
        var (ours, forUpdate, rowLock, ceiling) = (standings[0], standings[1], standings[2], standings[3]);
        report.Faster("cash sale, many kitchens / F", ours, forUpdate, Goal.AtLeast(4, 6));
        report.Faster("cash sale, many kitchens / R", ours, rowLock, Goal.AtLeast(1.8, 2.5));
        report.Cheaper("CPU per cash sale / R's", ours, rowLock, Goal.AtMost(0.6, 0.45));
        report.Beside("cash sale, many kitchens / ceiling", ours, ceiling);
        report.Goal(
            "cash sale / D1, pgbench, one a transaction", Report.PerSecond(ours), $"{alone:N0}/s",
            ours.PerSecond / alone, Goal.AtLeast(1, 1.5));
        report.Goal(
            "cash sale / D50, pgbench, fifty a transaction", Report.PerSecond(ours), $"{together:N0}/s",
            ours.PerSecond / together, Goal.AtLeast(0.3, 0.5));
        report.Goal("WAL per cash sale", $"{ours.Wal:N0} bytes", "-", ours.Wal / 1000, Goal.AtMost(3.2, 2.6, " KB"));
        report.Goal("flushes per checkout", $"{ours.Writes:N3}", "-", ours.Writes, Goal.AtMost(0.15, 0.06));
        report.Goal(
            "SQL round trips per checkout", $"{ours.Transactions:N3}", "-", ours.Transactions,
            Goal.AtMost(0.15, 0.06));
    }

    private static async Task<double> Medians(Setup setup, Func<Task<double>> figure)
    {
        var figures = new List<double>();
        for (var round = 0; round < setup.Rounds; round++) figures.Add(await figure());
        return Contests.Medians.Of(figures);
    }
}
