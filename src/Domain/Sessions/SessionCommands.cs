using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Sessions;

/// <summary>A caller's request to open a session, in the terms of the API reference.</summary>
/// <param name="LiveMode">
/// The mode of the caller's token: test money buys in test kitchens only. Null: no check.
/// </param>
public sealed record OpenSession(
    Caller By,
    SessionType SessionType,
    Channel Channel,
    FulfillmentType FulfillmentType,
    Sequence<LineRequest>? Items,
    Sequence<PaymentRequest>? Payments,
    string? TableNumber = null,
    string? LaneNumber = null,
    string? Tag = null,
    string? OrderInstructions = null,
    string? CustomerPhone = null,
    DeliveryAddress? DeliveryAddress = null,
    Guid? KitchenId = null,
    bool? FromCart = null,
    Guid? BillId = null,
    string? ClientReference = null,
    Guid? ReissueOf = null,
    Operation? Operation = null,
    bool? LiveMode = null) : IGrainCommand
{
    public Sequence<Refusal> Broken() =>
        this is { Channel: Channel.App, FromCart: true } ? CartRules.Broken(this) : SessionRules.Broken(this);
}

public sealed record LineRequest(Guid MenuId, int Quantity, string? ItemInstructions = null);

/// <param name="WalletAuthorization">The code that an app user showed, as it was typed or scanned.</param>
/// <param name="Tendered">For cash: what the guest gives; the till keeps the amount and gives the rest back.</param>
/// <param name="Authorized">The authorization behind the code; null when it is invalid or not looked up.</param>
/// <param name="Receipt">For KITCHEN_CHANNEL: the network's receipt that a cashier attests, as it was typed.</param>
/// <param name="Channel">The kitchen's payment method; null when there is none, or it is not looked up.</param>
/// <param name="Known">What is known of the receipt; null when nothing is, or it is not looked up.</param>
public sealed record PaymentRequest(
    PaymentMethod PaymentMethod,
    Money Amount,
    Guid? KitchenCustomerId = null,
    Guid? KitchenPaymentMethodId = null,
    string? PhoneNumber = null,
    string? Provider = null,
    string? WalletAuthorization = null,
    WalletAuthorization? Authorized = null,
    Money? Tendered = null,
    string? Receipt = null,
    OwnChannel? Channel = null,
    KnownReceipt? Known = null);

/// <summary>The authorization behind a code that an app user shows at a till: one payment from the balance.</summary>
/// <param name="Limit">The largest payment; null when the balance is the only limit.</param>
public sealed record WalletAuthorization(Guid Id, Guid AccountId, Money? Limit);

/// <summary>A cashier takes the money for a slip.</summary>
/// <param name="InsteadOfPhone">
/// A phone that was asked for the slip is waited for no longer: what it still pays goes back.
/// </param>
public sealed record ConfirmSlip(
    Caller By, Sequence<PaymentRequest>? Payments, Operation? Operation = null, bool InsteadOfPhone = false)
    : IGrainCommand
{
    public Sequence<Refusal> Broken() =>
        SessionRules.AtTheTill(Payments, ChannelTerms.AtTheCashier, "slip");
}

/// <summary>The caller wants an expired slip again: a new session with the same items, at today's prices.</summary>
/// <param name="NewId">The id of the new session.</param>
public sealed record ReissueSlip(Caller By, Guid NewId, Operation? Operation = null) : IGrainCommand;

/// <summary>The caller cancels a session that is not paid yet.</summary>
/// <param name="WholeGroup">Cancels the whole group: one session of a group cannot be cancelled alone.</param>
public sealed record CancelSession(Caller By, Operation? Operation = null, bool WholeGroup = false) : IGrainCommand;

/// <summary>The caller ends a pending session before its time.</summary>
public sealed record ExpireSession(Caller By, Operation? Operation = null) : IGrainCommand;

/// <summary>Staff hand back money that was taken for a session, or an attempt, that ended without an order.</summary>
public sealed record ReturnMoney(Caller By, Operation? Operation = null) : IGrainCommand;

/// <summary>The facts that the rules need to price and open a session.</summary>
/// <param name="Menu">The kitchen's menu, by item.</param>
/// <param name="Wallets">The spendable balance of each customer that a payment names and the kitchen knows.</param>
/// <param name="PaymentMethods">The kitchen's own payment methods.</param>
/// <param name="Bill">The bill that a round is for; null when the kitchen has no such bill.</param>
/// <param name="TakesMobileMoney">
/// False for a live kitchen without a working account at an aggregator, and for any whose own accounts are all switched
/// off. In a test kitchen without one, payments by phone wait until they expire.
/// </param>
/// <param name="MobileMoneyIn">The currencies that some account at an aggregator takes.</param>
/// <param name="Accounts">The accounts that the kitchen's own payment methods can ring phones by; null for any.</param>
public sealed record SessionFacts(
    Kitchen Kitchen,
    IReadOnlyDictionary<Guid, MenuItem> Menu,
    IReadOnlyDictionary<Guid, Money> Wallets,
    IReadOnlyDictionary<Guid, KitchenPaymentMethod> PaymentMethods,
    KnownBill? Bill = null,
    bool TakesMobileMoney = true,
    Sequence<Currency>? MobileMoneyIn = null,
    IReadOnlySet<string>? Accounts = null)
{
    /// <summary>
    /// The kitchen's own accounts at aggregators, in the order of preference; null for those of the installation.
    /// </summary>
    public Sequence<string>? PaymentAccounts { get; init; }

    /// <summary>A card gateway takes the kitchen's currency. Only the hosted page uses it.</summary>
    public bool TakesCards { get; init; }
}

/// <summary>Values generated for a session at its opening: ids, its number, and a slip's code.</summary>
/// <param name="Pushes">For the mobile-money payments; null when no aggregator serves the kitchen.</param>
/// <param name="Bill">Only for a round.</param>
public sealed record OpeningIds(
    Guid SessionId, Guid OrderId, Sequence<Guid> Payments, int Number, DateOnly BusinessDate, string SlipCode,
    Pushes? Pushes = null, BillIds? Bill = null);

/// <summary>Ids for the payments of a command, and for the slip attempt or order that it leads to.</summary>
/// <param name="Pushes">For the mobile-money payments; null when no aggregator serves the kitchen.</param>
public sealed record PaymentIds(Guid OrderId, Sequence<Guid> Payments, Pushes? Pushes = null);

/// <summary>The priced lines of a session.</summary>
public sealed record Quote(Sequence<Line> Lines, Currency Currency = Currency.Tzs)
{
    public Money Total => Lines.Sum(line => line.Total);

    /// <summary>The items needed, summed per item, in the order of their ids.</summary>
    public Sequence<StockLine> Items
    {
        get
        {
            var items = new List<StockLine>(Lines.Count);
            foreach (var line in Lines)
            {
                var known = items.FindIndex(item => item.MenuId == line.MenuId);
                if (known < 0) items.Add(new StockLine(line.MenuId, line.Quantity));
                else items[known] = items[known] with { Quantity = items[known].Quantity + line.Quantity };
            }

            items.Sort((one, other) => one.MenuId.CompareTo(other.MenuId));
            return items.ToSequence();
        }
    }
}
