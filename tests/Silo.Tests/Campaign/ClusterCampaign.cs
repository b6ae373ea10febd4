using JikoXpress.Chaos;
using JikoXpress.Chaos.Checker;
using JikoXpress.Chaos.Report;
using JikoXpress.Chaos.Tests;

namespace JikoXpress.Silo.Tests.Campaign;

/// <summary>
/// The crash campaign over processes: two silos that find each other in PostgreSQL, and a front end. One silo is killed
/// and stays away, and one is stopped until the cluster takes it for dead, and goes on then with what it holds.
/// </summary>
[Collection(nameof(NothingBeside))]
public sealed class ClusterCampaign
{
    private const ulong Seed = 7;

    [Fact]
    public async Task Money_items_and_orders_survive_one_round_of_every_fault()
    {
        await using var campaign = new Chaos.Campaign(
            Orders.Short(Programs.Silo, Programs.Simulator, Seed).InCluster(), _ => { });

        var outcome = await campaign.Run(CancellationToken.None);

        Assert.True(outcome.Verdict is Verdict.Ok, Page.Of(outcome));
        Assert.Contains(campaign.House.Hosts, silo => silo.EndedAfterPause);
    }
}

/// <summary>Processes that are killed by the clock need the machine for themselves.</summary>
[CollectionDefinition(nameof(NothingBeside), DisableParallelization = true)]
public sealed class NothingBeside;
