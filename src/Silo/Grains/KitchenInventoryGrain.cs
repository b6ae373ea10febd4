using JikoXpress.Grains;
using Orleans.Concurrency;

namespace JikoXpress.Silo.Grains;

/// <summary>A kitchen's stock as a grain of the cluster. Its calls interleave; it stays in memory for a day.</summary>
[GrainType(Kind)]
[Reentrant]
[CollectionAgeLimit(Days = 1)]
internal sealed class KitchenInventoryGrain(IGrainContext context, GrainHost host)
    : KitchenInventory(context.GrainId.GetGuidKey(), host.ForInventory(new GrainCommits(host, context.GrainId, Kind))),
        IKitchenInventoryGrain, IGrainBase
{
    public const string Kind = "inventory";

    public IGrainContext GrainContext => context;
}
