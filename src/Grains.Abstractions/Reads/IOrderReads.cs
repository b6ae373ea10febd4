using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Orders;

namespace JikoXpress.Grains.Abstractions.Reads;

public interface IOrderReads
{
    Task<Order?> Find(Guid kitchenId, Guid orderId);

    /// <summary>The order, if this caller may see the session that it comes from.</summary>
    Task<Order?> FindFor(Caller caller, Guid orderId);

    /// <summary>The orders that match, newest first.</summary>
    Task<Page<Order>> List(OrderFilter filter, PageRequest page);
}

/// <summary>Which orders to list; a null member does not filter.</summary>
public sealed record OrderFilter(
    Guid KitchenId,
    OrderStatus? Status = null,
    OrderPaymentState? PaymentState = null,
    TicketStatus? Ticket = null,
    SaleFilter? Sale = null);

public interface ITicketReads
{
    /// <summary>
    /// The kitchen's tickets that match, oldest first, as a cook works them off. So the page after a place has what is
    /// newer, and the page before it what is older.
    /// </summary>
    Task<Page<Ticket>> List(TicketFilter filter, PageRequest page);
}

/// <summary>Which tickets to list; a null member does not filter.</summary>
/// <param name="Status">Null for those that are open: NEW, PREPARING and READY.</param>
public sealed record TicketFilter(Guid KitchenId, TicketStatus? Status = null, SaleFilter? Sale = null);

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

/// <param name="Event">Null for one of a newer build, of which this one does not know what it says.</param>
public sealed record PublishedEvent(long Position, DateTimeOffset At, KitchenEvent? Event);
