using System.Text.Json.Serialization;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Carts;

/// <summary>The dishes that an app user wants to buy, from several kitchens. Prices come from the menus.</summary>
/// <param name="Pending">The checkout whose payment is pending; its dishes stay in the cart until it is paid.</param>
public sealed record Cart(Sequence<CartLine> Lines, CartCheckout? Pending = null)
{
    public static Cart Initial { get; } = new([]);

    /// <summary>
    /// The lines of each kitchen, in the order of the kitchens' ids. Stock is held in this order.
    /// </summary>
    [JsonIgnore]
    public IEnumerable<IGrouping<Guid, CartLine>> Kitchens =>
        Lines.GroupBy(line => line.KitchenId).OrderBy(lines => lines.Key);

    /// <summary>Of all its kitchens: a cart is paid by one payment.</summary>
    [JsonIgnore]
    public Currency Currency => Lines is [var first, ..] ? first.Currency : Currency.Tzs;
}

/// <param name="OtherCurrency">The kitchen's; null for the usual one, as in a session.</param>
public sealed record CartLine(
    Guid KitchenId, Guid MenuId, int Quantity, string? ItemInstructions = null,
    [property: JsonPropertyName("currency")] Currency? OtherCurrency = null)
{
    [JsonIgnore]
    internal Currency Currency => OtherCurrency ?? Currency.Tzs;

    [JsonIgnore]
    internal LineRequest Request => new(MenuId, Quantity, ItemInstructions);
}

/// <summary>A checkout of a cart whose payment is pending.</summary>
/// <param name="Lines">The cart's lines at the time of the checkout.</param>
public sealed record CartCheckout(Guid GroupId, Sequence<CartLine> Lines);

/// <summary>The sessions of a cart's checkout, one for each kitchen. The first one takes the payment.</summary>
public sealed record CheckoutGroup(Sequence<GroupMember> Members)
{
    [JsonIgnore]
    public IEnumerable<Session.Opened> Sessions => Members.Select(member => member.Opened);

    [JsonIgnore]
    public Session.Opened Leading => Members[0].Opened;

    [JsonIgnore]
    public Money Total => Sessions.Sum(session => session.Opening.Total);

    /// <summary>
    /// The payments as the guest sees them, each with its whole amount; each session has only its share.
    /// </summary>
    [JsonIgnore]
    public IEnumerable<Payment> Payments => Sessions
        .SelectMany(session => session.Payments)
        .GroupBy(payment => payment.Method)
        .Select(shares => shares.First() with
        {
            Amount = shares.Sum(payment => payment.Amount),
            Attempts = shares.First().Attempts?.Select(Whole).ToSequence(),
        });

    /// <summary>An attempt with the amounts and refunds of all sessions' shares added up.</summary>
    private PaymentAttempt Whole(PaymentAttempt attempt)
    {
        var shares = Sessions
            .SelectMany(session => session.Payments)
            .SelectMany(payment => payment.Attempts ?? [])
            .Where(other => other.PaidAs == attempt.Reference)
            .ToList();
        return shares.Count == 0
            ? attempt
            : attempt with
            {
                Received = shares.Append(attempt).Sum(share => share.Received ?? Money.Zero),
                Refunds = shares.Append(attempt).SelectMany(share => share.Refunds ?? []).ToSequence(),
            };
    }
}

/// <summary>One session of a group.</summary>
public sealed record GroupMember(Session Session, long Version)
{
    [JsonIgnore]
    public Session.Opened Opened => (Session.Opened)Session;
}

/// <param name="Item">The item as it is on the menu now.</param>
public sealed record CartDish(CartLine Line, MenuItem Item);
