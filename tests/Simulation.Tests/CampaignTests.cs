using JikoXpress.Simulation.Campaigns;
using JikoXpress.Simulation.Faults;

namespace JikoXpress.Simulation.Tests;

/// <summary>A short campaign; the long ones are <c>./jiko simulate --seeds 20000</c>.</summary>
public sealed class CampaignTests
{
    private const int Seeds = 300;
    private const int MostSeeds = 10 * Seeds;

    [Fact]
    public void No_seed_breaks_a_law_and_nothing_was_left_out()
    {
        var campaign = Campaign.Of(first: 1, Seeds);
        // Every ninety-fourth seed aims at the same point, and not every one of those comes by the rarest of them.
        for (var seed = Seeds + 1; campaign.Missing.Any() && seed <= MostSeeds; seed++)
            campaign.Add(Run.Of((ulong)seed));

        Assert.Empty(campaign.Broken.Select(verdict =>
            $"{verdict.Finding?.Law}: {verdict.Finding?.Detail} (./jiko simulate --seed {verdict.Seed})"));
        Assert.Empty(campaign.Missing);
    }

    [Fact]
    public void The_same_seed_is_the_same_run() => Assert.All(
        Enumerable.Range(1, 20), seed => Assert.Equal(
            Run.Of((ulong)seed).Fingerprint, Run.Of((ulong)seed).Fingerprint));

    [Fact]
    public void Another_seed_is_another_run() => Assert.Equal(
        20, Enumerable.Range(1, 20).Select(seed => Run.Of((ulong)seed).Fingerprint).Distinct().Count());

    [Fact]
    public void A_campaign_in_which_nothing_happened_says_so()
    {
        var missing = new Campaign().Missing.ToList();

        Assert.Contains("sessions Confirmed", missing);
        Assert.Contains("faults CommitLostAfter", missing);
        Assert.Contains($"a host that dies {CrashPoint.All[0]}", missing);
    }
}
