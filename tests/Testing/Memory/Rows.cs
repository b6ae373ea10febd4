using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Testing.Memory;

// The rows of the schema, one record for each table that jiko.commit writes.

/// <summary>A row of <c>checkout_session</c>. What its state says is read once, however often laws ask.</summary>
public sealed record SessionInRows(Guid Id, long Version, string State, Guid KitchenId, SessionRow Row)
{
    private Session.Opened? read;

    public SessionStatus Status => Row.Status;

    public Session.Opened Session => read ??= (Session.Opened)StateJson.Read<Session>(State);

    /// <summary>The row after a further commit: what was agreed at the opening never changes.</summary>
    public SessionInRows Continued(string state, SessionRow row) =>
        new(Id, Version + 1, state, KitchenId, Row with { Status = row.Status, Deadline = row.Deadline });
}

/// <summary>A row of <c>bill</c>.</summary>
public sealed record BillInRows(long Version, string State, Bill.Opened Bill);

/// <summary>A row of <c>cart</c>.</summary>
public sealed record CartInRows(Guid AccountId, long Version, string State, Cart Cart);

public sealed record OperationInRows(
    Guid Id, Guid Fingerprint, GrainKind Kind, Guid Key, long Version, string State);

public enum ItemsState { Reserved = 1, Sold, Released }

/// <param name="Returned">Of those sold: back on the shelf.</param>
public sealed record ItemsInRows(
    Guid SessionId, Guid MenuId, Guid KitchenId, int Quantity, ItemsState State, DateTimeOffset? ExpiresAt,
    int Returned = 0);

/// <param name="Difference">What it changed on hand.</param>
public sealed record JournalInRows(Guid KitchenId, StockAdjustment Adjustment, int Difference);

public sealed record PostingInRows(LedgerTransfer Transfer, Guid? SessionId, Guid? OperationId, DateTimeOffset At);

/// <param name="KitchenId">Null for an app user's wallet, which is the platform's.</param>
public sealed record WalletInRows(Guid Owner, Guid? KitchenId, long Available, long Held);

public sealed record EventInRows(Guid KitchenId, KitchenEvent Event, DateTimeOffset At);

/// <param name="Ticket">Null where the kitchen has none.</param>
public sealed record OrderInRows(Order Order, TicketStatus? Ticket);

public sealed record AttemptInRows(
    Guid Id, Guid PaymentId, Guid KitchenId, AttemptStatus State, AttemptWork Work, DateTimeOffset? NextLookAt,
    SuspendedMoney? Suspense = null, DateTimeOffset? LookedAt = null, DateTimeOffset? RingsUntil = null,
    Asker? AskedBy = null);

public sealed record RefundInRows(
    Guid KitchenId, RefundWork Work, int Part, bool Done, DateTimeOffset? NextTryAt, int? RefusedTry = null,
    RefundWay? Settled = null);

public sealed record EventOfAggregator(string EventId, InboxWork Work, DateTimeOffset? NextLookAt);

/// <summary>A payment that waits for people.</summary>
public sealed record ExceptionInRows(PaymentExceptionKind Kind, string Adapter, string Reference, string Receipt);

/// <summary>A row of <c>subscription</c>, with its phone.</summary>
/// <param name="DueAt">When somebody has to look at it next; null when nothing has to be done.</param>
public sealed record SubscriptionInRows(Subscription Subscription, long Version, DateTimeOffset? DueAt);

/// <summary>A row of <c>payment_link_session</c>.</summary>
public sealed record LinkSessionInRows(Guid LinkId, LinkSessionState State);

/// <summary>A place on a kitchen's shelf.</summary>
public readonly record struct Shelf(Guid KitchenId, Guid MenuId);

/// <summary>What may happen to a transfer once.</summary>
public readonly record struct PostingKey(Guid PaymentId, LedgerStep Step, int Part);
