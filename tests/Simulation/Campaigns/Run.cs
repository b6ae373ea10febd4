using JikoXpress.Simulation.PlantedBugs;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Campaigns;

/// <summary>One seed, from the first event to the verdict.</summary>
internal static class Run
{
    /// <summary>One run of the product as it is, or with a bug planted.</summary>
    public static Verdict Of(ulong seed, PlantedBug? bug = null, Action<string>? print = null)
    {
        var wiring = new Wiring();
        bug?.Plant(wiring);
        return new Universe(seed, wiring, print).Run();
    }
}
