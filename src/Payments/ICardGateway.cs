using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Payments;

/// <summary>
/// One account at a card gateway. The customer enters the card on a page of the gateway, which asks the bank, with 3-D
/// Secure where the bank wants it, and sends the customer back. What became of it, webhooks and questions tell, as of a
/// push: a redirect proves nothing. No card number comes to this product.
/// </summary>
public interface ICardGateway : IMobileMoneyAdapter
{
    /// <summary>
    /// Makes the page for a payment. The report has its address as <see cref="PaymentReport.CardPage"/>. Idempotent by
    /// reference.
    /// </summary>
    /// <exception cref="PushNotSentException">Nothing has reached the gateway.</exception>
    Task<PaymentReport> OpenPage(CardRequest request, CancellationToken cancellation);

    Task<PaymentReport> IMobileMoneyAdapter.Push(PushRequest push, CancellationToken cancellation) =>
        throw new NotSupportedException("A card gateway rings no phone.");
}

/// <param name="ReturnTo">Where the customer is sent in the end, whatever became of the payment.</param>
public sealed record CardRequest(string Reference, Money Amount, Currency Currency, string ReturnTo);
