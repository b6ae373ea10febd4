using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>Payments that wait for a person, and what people decided about them.</summary>
public interface IPaymentExceptionList
{
    /// <summary>Of one kitchen, or all when null; newest first.</summary>
    Task<Page<PaymentException>> List(Guid? kitchenId, PaymentExceptionStatus status, PageRequest page);

    /// <summary>One, whether it waits or not; null when there is none, or it is another kitchen's.</summary>
    Task<PaymentException?> Find(Guid? kitchenId, Guid id);

    /// <summary>
    /// For each of them, payments of the same account that money with an unknown reference may be for: of the same
    /// phone or the same amount, begun within a day of it, the likeliest first.
    /// </summary>
    Task<ILookup<Guid, PaymentSuggestion>> Suggestions(IReadOnlyList<PaymentException> exceptions);

    /// <summary>
    /// The answer that this operation got, or the refusal where its key was used for another request; null when it was
    /// not done yet.
    /// </summary>
    Task<Reply<PaymentException>?> Answered(Operation operation);

    /// <summary>Notes the decision, once.</summary>
    Task<Reply<PaymentException>> Resolve(
        Guid by, PaymentException exception, PaymentExceptionResolution resolution, Operation? operation);
}

/// <param name="KitchenId">Null when nobody knows whose it is.</param>
/// <param name="Waits">False when somebody has decided, or it has settled itself.</param>
/// <param name="Decided">Null when nobody has decided.</param>
/// <param name="Currency">Of the amount.</param>
/// <param name="IsReturned">Money that nobody has claimed is back at the phone.</param>
/// <param name="DecidedBy">Who has decided; null when nobody has, or an older build noted it.</param>
/// <param name="Said">Amount and currency as the aggregator wrote them, when they are not valid ones.</param>
public sealed record PaymentException(
    Guid Id, PaymentExceptionKind Kind, string Adapter, string Reference, string? Receipt, Guid? KitchenId,
    Guid? SessionId, Money? Amount, string? Said, string? PhoneNumber, DateTimeOffset SeenAt, bool Waits,
    PaymentExceptionResolution? Decided, Currency Currency = Currency.Tzs, Guid? DecidedBy = null,
    DateTimeOffset? DecidedAt = null, bool IsReturned = false);

public enum PaymentExceptionStatus
{
    Waiting = 1,

    /// <summary>Somebody, or the product, has decided about it.</summary>
    Decided,
}

/// <param name="Reference">For the decision ASSIGN.</param>
public sealed record PaymentSuggestion(
    string Reference, Guid KitchenId, Guid SessionId, Money Amount, string? PhoneNumber, AttemptStatus Status,
    DateTimeOffset StartedAt, bool SamePhone, bool SameAmount);
