using JikoXpress.Domain.Merchants;

namespace JikoXpress.Grains.Ports;

/// <summary>The subscriptions that somebody has to look at.</summary>
public interface ISubscriptionWork
{
    /// <summary>
    /// Takes what is due. Who dies with it lets others take it again after the lease; nothing is held meanwhile.
    /// </summary>
    Task<IReadOnlyList<ClaimedSubscription>> Claim(DateTimeOffset now, TimeSpan lease, int limit);

    /// <summary>
    /// Writes what it has become, with the event of a new status, and when it is due next. Null when it was changed or
    /// woken meanwhile: then it is due at once, and nothing is written.
    /// </summary>
    Task<ClaimedSubscription?> Store(
        ClaimedSubscription claimed, Subscription next, DateTimeOffset? dueAt, DateTimeOffset now);
}

/// <param name="Lease">The due time that the claim has written: another one shows that it was woken since.</param>
public sealed record ClaimedSubscription(Subscription Subscription, long Version, DateTimeOffset Lease);
