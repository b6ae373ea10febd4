using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Orders;

namespace JikoXpress.Grains.Abstractions.Reads;

public interface IOrderReads
{
    Task<Order?> Find(Guid kitchenId, Guid orderId);

    /// <summary>The orders that match, newest first.</summary>
    Task<Page<Order>> List(OrderFilter filter, PageRequest page);
}

/// <summary>Which orders to list; a null member does not filter.</summary>
/// <param name="Number">The number called out at the counter.</param>
/// <param name="From">Business days, both ends included.</param>
public sealed record OrderFilter(
    Guid KitchenId,
    OrderStatus? Status = null,
    OrderPaymentState? PaymentState = null,
    TicketStatus? Ticket = null,
    Channel? Channel = null,
    SessionType? SessionType = null,
    string? TableNumber = null,
    DateOnly? From = null,
    DateOnly? To = null,
    int? Number = null,
    string? ClientReference = null);

public interface ITicketReads
{
    /// <summary>
    /// The kitchen's tickets, oldest first, as a cook works them off; at most <paramref name="limit"/>.
    /// </summary>
    /// <param name="status">Null for those that are open: NEW, PREPARING and READY.</param>
    /// <param name="after">Continues with what is newer than this.</param>
    Task<Page<Ticket>> List(Guid kitchenId, TicketStatus? status, Cursor? after, int limit);
}

/// <summary>What the kitchen's screen shows of an order.</summary>
public sealed record Ticket(Order Order, TicketStatus Status);

/// <summary>The kitchen's events in order of publication. Each has a position, from which a reader continues.</summary>
public interface IEventFeed
{
    /// <summary>Events after a position, oldest first; empty where there are none yet.</summary>
    Task<IReadOnlyList<PublishedEvent>> Read(Guid kitchenId, long after, int limit);

    /// <summary>An event of this kitchen has this position.</summary>
    Task<bool> Knows(Guid kitchenId, long position);

    /// <summary>The position of the last event published.</summary>
    Task<long> Last(Guid kitchenId);

    /// <summary>The position of the last event published that is of before a moment; 0 where there is none.</summary>
    Task<long> LastBefore(Guid kitchenId, DateTimeOffset moment);

    /// <summary>
    /// Completes when something may have been published since the call, or when the token is cancelled.
    /// </summary>
    Task Changed(CancellationToken cancellation);
}

public sealed record PublishedEvent(long Position, DateTimeOffset At, KitchenEvent Event);
