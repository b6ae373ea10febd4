using JikoXpress.Bench.Contests;
using JikoXpress.Bench.Load;
using JikoXpress.Bench.Reporting;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Scenarios;

/// <summary>Kiosks that ask whether something has changed, and nothing has.</summary>
internal sealed class Poll : IScenario
{
    private const string Scenario = "status polls";
    private const int Live = 500;

    public string Name => "poll";

    public async Task Measure(Setup setup, Report report)
    {
        await using var product = await Product.Start(setup);
        await using var rivals = await Rivals.Start(setup);
        var slips = await Flows.OpenSlips(product.Server, Live);
        Contestant Ours(string name, int status) => new(name, product.Server, product.Database, Ask(
            [.. slips.Select(slip => Request.Get(slip.Path, slip.Token, status == 304 ? slip.Tag : null))], status));
        Contestant Bare(string name, int status) => new(name, rivals.Server, rivals.Database, Ask(
            [Request.Get("/bare", token: null, status == 304 ? "\"1.2\"" : null)], status));

        var standings = await Contest.Hold(
            setup, Ours("JikoXpress, 200", 200), Bare("bare GET, 200", 200), Ours("JikoXpress, 304", 304),
            Bare("bare GET, 304", 304));
        if (await product.BrokenLaws() is { Count: > 0 } broken)
        {
            report.Withhold(Scenario, broken);
            return;
        }

        report.Figures(Scenario, standings);
        report.Faster("status poll, 200 / bare GET", standings[0], standings[1], Goal.AtLeast(0.75, 0.85));
        report.Faster("status poll, 304 / bare GET", standings[2], standings[3], Goal.AtLeast(0.75, 0.9));
        var asked = standings[0].Transactions;
        // What the host does every second by itself is in it too.
        report.Goal("SQL round trips per poll", $"{asked:N4}", "-", asked, Goal.AtMost(0.01, 0.001));
    }

    private static Flow Ask(byte[][] requests, int expected) =>
        async (connection, number) => await connection.Send(requests[number % requests.Length], expected);
}
