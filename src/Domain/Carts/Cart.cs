using System.Text.Json.Serialization;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Carts;

/// <summary>What an app user is about to buy, of several kitchens. It has no prices: the menus have them.</summary>
/// <param name="Pending">The checkout whose payment is awaited; until then its dishes stay in the cart.</param>
public sealed record Cart(Sequence<CartLine> Lines, CartCheckout? Pending = null)
{
    public static Cart Initial { get; } = new([]);

    /// <summary>The lines of each kitchen, in the order of the kitchens' ids: whoever keeps items asks so.</summary>
    [JsonIgnore]
    public IEnumerable<IGrouping<Guid, CartLine>> Kitchens =>
        Lines.GroupBy(line => line.KitchenId).OrderBy(lines => lines.Key);
}

public sealed record CartLine(Guid KitchenId, Guid MenuId, int Quantity, string? ItemInstructions = null)
{
    [JsonIgnore]
    internal LineRequest Request => new(MenuId, Quantity, ItemInstructions);
}

/// <summary>A cart on its way to be paid.</summary>
/// <param name="Lines">As they were when it was checked out.</param>
public sealed record CartCheckout(Guid GroupId, Sequence<CartLine> Lines);

/// <summary>What a cart was checked out as: a session for each kitchen, first the one that takes the payment.</summary>
public sealed record CheckoutGroup(Sequence<GroupMember> Members)
{
    [JsonIgnore]
    public IEnumerable<Session.Opened> Sessions => Members.Select(member => member.Opened);

    [JsonIgnore]
    public Session.Opened Leading => Members[0].Opened;

    [JsonIgnore]
    public Money Total => Sessions.Sum(session => session.Opening.Total);

    /// <summary>
    /// What was asked of the guest, each payment in one piece; the sessions have their shares of it.
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

    /// <summary>What a phone has paid, with the shares of it that all sessions got.</summary>
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

/// <param name="Item">As the menu has it now.</param>
public sealed record CartDish(CartLine Line, MenuItem Item);
