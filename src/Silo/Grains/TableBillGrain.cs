using JikoXpress.Grains;
using JikoXpress.Grains.Abstractions;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;

namespace JikoXpress.Silo.Grains;

/// <summary>A bill as a grain of the cluster: Orleans gives it one command at a time.</summary>
[GrainType(Kind)]
[MayInterleave(nameof(IsRead))]
[CollectionAgeLimit(Minutes = 2)]
internal sealed class TableBillGrain(IGrainContext context, GrainHost host)
    : TableBill(context.GrainId.GetGuidKey(), host.ForBill(new GrainCommits(host, context.GrainId, Kind))),
        ITableBillGrain, IGrainBase
{
    public const string Kind = "bill";

    public IGrainContext GrainContext => context;

    /// <summary>Reads pass beside the commands.</summary>
    public static bool IsRead(IInvokable call) => call.GetMethodName() is nameof(IBill.Read);
}
