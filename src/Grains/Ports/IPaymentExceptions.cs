using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Grains.Ports;

/// <summary>Where payments are noted that wait for a person.</summary>
public interface IPaymentExceptions
{
    /// <summary>Notes it once: what is known by kind, account, reference and receipt is not noted again.</summary>
    /// <returns>True when it is new.</returns>
    Task<bool> Note(NewPaymentException found);
}

/// <param name="Reference">Of the payment or refund; for an unknown one, as the aggregator writes it.</param>
/// <param name="Receipt">The network's receipt or the aggregator's own id; empty when there is none.</param>
/// <param name="Amount">Null when it is not a valid one.</param>
/// <param name="Currency">Of the amount.</param>
/// <param name="Said">The amount and currency as the aggregator wrote them.</param>
/// <param name="PhoneNumber">The phone that paid, or that is to get the refund; null when it is not known.</param>
/// <param name="KitchenId">Whose it is, where the reference does not say so.</param>
/// <param name="SessionId">Whose it is, where the reference does not say so.</param>
/// <param name="IsListed">It was found in the aggregator's list of a day: no webhook has told of it so far.</param>
public sealed record NewPaymentException(
    PaymentExceptionKind Kind, string Adapter, string Reference, string Receipt, Money? Amount, string? Said,
    string? PhoneNumber, DateTimeOffset SeenAt, Currency Currency = Currency.Tzs, Guid? KitchenId = null,
    Guid? SessionId = null, bool IsListed = false);
