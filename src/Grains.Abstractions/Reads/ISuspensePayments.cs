using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>Mobile money in suspense, which waits for a decision.</summary>
public interface ISuspensePayments
{
    /// <summary>For one kitchen, or for all when null; newest first.</summary>
    Task<Page<SuspensePayment>> List(Guid? kitchenId, PageRequest page);

    /// <summary>The session of one of the kitchen's payments, in suspense or not; null when there is none.</summary>
    Task<Guid?> SessionOf(Guid kitchenId, string reference);
}

/// <param name="Id">The id of the payment attempt.</param>
/// <param name="Due">The amount that the phone was asked for.</param>
/// <param name="PaidBy">The phone that paid, in E.164; null when it is not known.</param>
public sealed record SuspensePayment(
    Guid Id, string Reference, Guid KitchenId, Guid SessionId, Guid PaymentId, SuspenseReason Why, Money Received,
        Money Due,
    string? PaidBy, DateTimeOffset At, Currency Currency = Currency.Tzs);
