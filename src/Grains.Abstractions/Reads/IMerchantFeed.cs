using JikoXpress.Domain;
using JikoXpress.Domain.Webhooks;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>The events of several stores, in the order in which they happened.</summary>
public interface IMerchantFeed
{
    /// <summary>Events after a position, oldest first; empty where there are none yet.</summary>
    Task<IReadOnlyList<MerchantEvent>> Read(Sequence<Guid> stores, bool liveMode, long after, int limit);
}
