using JikoXpress.Bench.Contests;
using JikoXpress.Bench.Reporting;
using JikoXpress.Bench.Servers;

namespace JikoXpress.Bench.Scenarios;

/// <summary>
/// From the start of the process to its first good answer, with PostgreSQL running and the schema there.
/// </summary>
internal sealed class Start : IScenario
{
    private const int Rounds = 5;

    public string Name => "start";

    public async Task Measure(Setup setup, Report report)
    {
        await using var product = await Product.Start(setup);
        var (ours, bare) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            await using (var again = await Product.StartOver(setup, product.Database))
                ours.Add(again.StartedIn.TotalSeconds);
            await using var other = await Server.Start(
                setup.BaselinesProgram, "/bare", new Dictionary<string, string>());
            bare.Add(other.StartedIn.TotalSeconds);
        }

        var (mine, theirs) = (Medians.Of(ours), Medians.Of(bare));
        report.Goal(
            "start to ready, PostgreSQL running", $"{mine:N2} s", $"bare ASP.NET {theirs:N2} s", mine,
            Goal.AtMost(3, 1.5, " s"));
    }
}
