using JikoXpress.Domain;
using JikoXpress.Domain.Webhooks;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>The events of several stores, in the order in which they happened.</summary>
public interface IMerchantFeed
{
    /// <summary>Events after a position, oldest first; empty where there are none yet.</summary>
    Task<MerchantEvents> Read(Sequence<Guid> stores, bool liveMode, long after, int limit);
}

/// <summary>Events of several stores.</summary>
/// <param name="EndsBeforeNewer">
/// The next one is of a newer build, and this one cannot read it. A reader who went on behind it would never have it.
/// </param>
public sealed record MerchantEvents(IReadOnlyList<MerchantEvent> Events, bool EndsBeforeNewer);
