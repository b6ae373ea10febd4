using JikoXpress.Bench.Load;
using JikoXpress.Bench.Reporting;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Scenarios;

/// <summary>What a session that somebody looks at costs in memory, and what a refused opening leaves there.</summary>
internal sealed class LiveMemory : IScenario
{
    /// <summary>By then hot code is compiled, which takes memory that no session is to blame for.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(35);

    private const int Warm = 20_000;
    private const int Live = 20_000;
    private const int Refused = 100_000;

    /// <summary>A refused opening may take until then to leave.</summary>
    private static readonly TimeSpan Leaving = TimeSpan.FromSeconds(5);

    public string Name => "memory";

    public async Task Measure(Setup setup, Report report)
    {
        await MeasureSlips(setup, report);
        await MeasureRefused(setup, report);
    }

    private static async Task MeasureSlips(Setup setup, Report report)
    {
        await using var product = await Product.Start(setup, forMemory: true);
        await ClosedLoop.Run(product.Server.Address, Flows.Slips(Kitchens.Count), 64, WarmUp);
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
            "memory per live session", $"{each:N2} KB, over {Live:N0} slips", "-", each, Goal.AtMost(6, 4, " KB"));
    }

    private static async Task MeasureRefused(Setup setup, Report report)
    {
        await using var product = await Product.Start(setup, forMemory: true, items: 0);
        await Flows.AskForSoldOut(product.Server, Warm);
        await Task.Delay(Leaving);
        var before = await Memory.Resident(product.Server);
        await Flows.AskForSoldOut(product.Server, Refused);
        await Task.Delay(Leaving);
        var each = (await Memory.Resident(product.Server) - before) / Refused;
        // A page or two that the process has meanwhile taken for itself, shared out.
        report.Goal(
            "memory per refused opening, 5 s later", $"{each:N0} bytes, over {Refused:N0} sold out", "-", each,
            Goal.AtMost(100, 50, " bytes"));
    }
}
