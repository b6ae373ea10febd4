using JikoXpress.Domain;
using JikoXpress.Domain.Orders;

namespace JikoXpress.Grains.Abstractions.Reads;

public interface IOrderReads
{
    Task<Order?> Find(Guid kitchenId, Guid orderId);

    /// <summary>The kitchen's orders, newest first.</summary>
    Task<Page<Order>> List(Guid kitchenId, PageRequest page);
}

public interface ITicketReads
{
    /// <summary>
    /// The kitchen's tickets, oldest first, as a cook works them off; at most <paramref name="limit"/>.
    /// </summary>
    Task<IReadOnlyList<Ticket>> List(Guid kitchenId, TicketStatus? status, int limit);
}

/// <summary>What the kitchen's screen shows of an order.</summary>
public sealed record Ticket(Order Order, TicketStatus Status);

/// <summary>The kitchen's events in the order in which they became known, each with a position to go on from.</summary>
public interface IEventFeed
{
    /// <summary>Events after a position, oldest first; empty where there are none yet.</summary>
    Task<IReadOnlyList<PublishedEvent>> Read(Guid kitchenId, long after, int limit);

    /// <summary>The position of the last event published.</summary>
    Task<long> Last(Guid kitchenId);

    /// <summary>
    /// Completes when something may have been published since the call, or when the token is cancelled.
    /// </summary>
    Task Changed(CancellationToken cancellation);
}

public sealed record PublishedEvent(long Position, DateTimeOffset At, KitchenEvent Event);
