using JikoXpress.Grains;
using JikoXpress.Grains.Abstractions;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;

namespace JikoXpress.Silo.Grains;

/// <summary>A cart as a grain of the cluster: Orleans gives it one command at a time.</summary>
[GrainType(Kind)]
[MayInterleave(nameof(IsRead))]
[CollectionAgeLimit(Minutes = 2)]
internal sealed class AppCartGrain(IGrainContext context, GrainHost host)
    : AppCart(context.GrainId.GetGuidKey(), host.ForCart(new GrainCommits(host, context.GrainId, Kind))),
        IAppCartGrain, IGrainBase
{
    public const string Kind = "cart";

    public IGrainContext GrainContext => context;

    /// <summary>Reads pass beside the commands.</summary>
    public static bool IsRead(IInvokable call) => call.GetMethodName() is nameof(ICart.Read);
}
