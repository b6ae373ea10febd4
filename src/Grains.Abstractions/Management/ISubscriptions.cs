using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>The subscriptions of merchants' customers.</summary>
public interface ISubscriptions
{
    /// <summary>Null when there is none.</summary>
    Task<Subscription?> Find(Guid id);

    /// <summary>The merchant's subscriptions, newest first.</summary>
    Task<Page<Subscription>> List(Guid merchantId, SubscriptionStatus? status, PageRequest page);

    /// <summary>
    /// Those of them whose current period has begun, and whose session is not opened yet: it comes a moment later.
    /// </summary>
    Task<IReadOnlySet<Guid>> WithoutSession(IReadOnlyCollection<Subscription> subscriptions);

    Task<Reply<Subscription>> Pause(Guid merchantId, Guid id, Operation? operation = null);

    Task<Reply<Subscription>> Resume(Guid merchantId, Guid id, Operation? operation = null);

    /// <param name="withPeriod">Only when the current period is over.</param>
    Task<Reply<Subscription>> Cancel(Guid merchantId, Guid id, bool withPeriod, Operation? operation = null);
}
