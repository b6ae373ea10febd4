using JikoXpress.Bench.Reporting;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Scenarios;

/// <summary>What a session that somebody looks at costs in memory.</summary>
internal sealed class LiveMemory : IScenario
{
    /// <summary>By then hot code is compiled, which takes memory that no session is to blame for.</summary>
    private const int Warm = 20_000;
    private const int Live = 20_000;

    public string Name => "memory";

    public async Task Measure(Setup setup, Report report)
    {
        await using var product = await Product.Start(setup, forMemory: true);
        await Flows.OpenSlips(product.Server, Warm);
        var before = await Memory.Resident(product.Server);
        await Flows.OpenSlips(product.Server, Live);
        var after = await Memory.Resident(product.Server);
        if (await product.BrokenLaws() is { Count: > 0 } broken)
        {
            report.Withhold("memory per live session", broken);
            return;
        }

        var each = (after - before) / Live / 1000;
        report.Goal(
            "memory per live session", $"{each:N2} KB, over {Live:N0} slips", "-", each, Goal.AtMost(5, 3.5, " KB"));
    }
}
