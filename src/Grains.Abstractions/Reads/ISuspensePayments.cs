using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>Mobile money that waits for somebody to decide.</summary>
public interface ISuspensePayments
{
    /// <summary>A kitchen's, or everybody's, newest first.</summary>
    Task<Page<SuspensePayment>> List(Guid? kitchenId, PageRequest page);

    /// <summary>The session of one of the kitchen's payments, parked or not; null where there is none.</summary>
    Task<Guid?> SessionOf(Guid kitchenId, string reference);
}

/// <param name="Id">The attempt's.</param>
/// <param name="Due">What was asked for.</param>
/// <param name="PaidBy">The phone that paid, in E.164, as far as it is known.</param>
public sealed record SuspensePayment(
    Guid Id, string Reference, Guid KitchenId, Guid SessionId, Guid PaymentId, SuspenseReason Why, Money Received,
        Money Due,
    string? PaidBy, DateTimeOffset At);
