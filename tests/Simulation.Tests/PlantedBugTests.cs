using JikoXpress.Simulation.Campaigns;
using JikoXpress.Simulation.PlantedBugs;

namespace JikoXpress.Simulation.Tests;

/// <summary>The simulation itself is tested by mistakes: whoever plants one has to be caught.</summary>
public sealed class PlantedBugTests
{
    /// <summary>The rarest, a push sent by two hosts, needs one to freeze between two steps: some two thousand.</summary>
    private const int MostSeeds = 3_000;

    public static TheoryData<string> Names => [.. PlantedBug.All.Select(bug => bug.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_planted_bug_is_caught_and_the_product_without_it_is_not(string name)
    {
        var bug = PlantedBug.All.Single(bug => bug.Name == name);

        var caught = Campaign.Catch(bug, first: 1, MostSeeds);

        Assert.True(caught is not null, $"{bug.Name} survived {MostSeeds} seeds: {bug.Story}");
        Assert.Null(Run.Of(caught.Seed).Finding);
    }

    [Fact]
    public void There_are_bugs_to_catch() =>
        Assert.InRange(PlantedBug.All.DistinctBy(bug => bug.Name).Count(), 15, 100);
}
