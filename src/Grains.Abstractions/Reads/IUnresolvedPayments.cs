using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>Whatever has no end yet in payments by phone, in one list.</summary>
public interface IUnresolvedPayments
{
    /// <summary>Newest first.</summary>
    Task<Page<UnresolvedPayment>> List(UnresolvedFilter filter, PageRequest page);
}

public enum UnresolvedKind
{
    /// <summary>A push whose outcome is not known, and about which the aggregator was to be asked.</summary>
    Attempt = 1,

    /// <summary>Money in suspense that waits for a decision.</summary>
    Parked,

    /// <summary>A payment exception that waits for a person.</summary>
    Exception,

    /// <summary>A refund that is not paid yet, and tried on.</summary>
    Refund,

    /// <summary>Money that nobody has claimed, on its way back to the phone.</summary>
    Return,

    /// <summary>A receipt that was told of under two references.</summary>
    Conflict,

    /// <summary>Webhooks of a day that proved nothing.</summary>
    ForgedWebhooks,
}

/// <param name="Before">Only what began at this moment or before.</param>
public sealed record UnresolvedFilter(
    UnresolvedKind? Kind = null, string? Adapter = null, Guid? KitchenId = null, DateTimeOffset? Before = null);

/// <param name="ExceptionKind">Of an exception, and of a return.</param>
/// <param name="At">When it began.</param>
/// <param name="NextAt">When the aggregator is asked, or the refund is tried, next; null when it is not.</param>
/// <param name="Times">How often that was done; of webhooks, how many there were.</param>
public sealed record UnresolvedPayment(
    Guid Id, UnresolvedKind Kind, PaymentExceptionKind? ExceptionKind, string Adapter, string? Reference,
    string? ProviderReference, string? Receipt, Guid? KitchenId, Guid? SessionId, Money? Amount, Currency? Currency,
    string? PhoneNumber, DateTimeOffset At, DateTimeOffset? NextAt, long? Times);
