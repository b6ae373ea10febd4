using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.WebApi.Documentation;
using static JikoXpress.Domain.Sessions.SessionRules;

namespace JikoXpress.WebApi.Sessions;

// The bodies as the API's document describes them; SessionBodies reads them.

/// <summary>A checkout session to be opened or priced.</summary>
/// <param name="SessionType">IMMEDIATE is paid at once, SLIP at the cashier's, TAB at the end.</param>
/// <param name="Channel">Where the guest orders; it must be the channel of the token.</param>
/// <param name="FulfillmentType">How the guest gets the food.</param>
/// <param name="Items">What is ordered; the kitchen's menu has the prices. From a cart it is left out.</param>
/// <param name="Payments">For IMMEDIATE only, and their amounts come to the total.</param>
/// <param name="TableNumber">For DINE_IN.</param>
/// <param name="LaneNumber">For DRIVE_THROUGH.</param>
/// <param name="Tag">What the guest is called by.</param>
/// <param name="OrderInstructions">For the kitchen; may have line breaks.</param>
/// <param name="CustomerPhone">For WHATSAPP: who the guest is.</param>
/// <param name="DeliveryAddress">For DELIVERY.</param>
/// <param name="KitchenId">For APP and WHATSAPP; elsewhere the token says which kitchen it is.</param>
/// <param name="FromCart">For APP: the cart holds the items.</param>
/// <param name="BillId">For TAB: the open bill that gets another round.</param>
/// <param name="ClientReference">The caller's own name for it; lists can filter on it.</param>
internal sealed record OpenSessionBody(
    SessionType SessionType,
    Channel Channel,
    FulfillmentType FulfillmentType,
    [Length(1, MostLines)] IReadOnlyList<ItemBody>? Items = null,
    [Length(1, MostPayments)] IReadOnlyList<PaymentBody>? Payments = null,
    [Length(1, LongestTableNumber)] string? TableNumber = null,
    [Length(1, LongestLaneNumber)] string? LaneNumber = null,
    [Length(1, LongestTag)] string? Tag = null,
    [Length(1, LongestInstructions)] string? OrderInstructions = null,
    [RegularExpression(Patterns.Phone)] string? CustomerPhone = null,
    AddressBody? DeliveryAddress = null,
    Guid? KitchenId = null,
    bool? FromCart = null,
    Guid? BillId = null,
    [Length(1, LongestClientReference)] string? ClientReference = null);

/// <summary>One line of an order.</summary>
/// <param name="MenuId">The item of the kitchen's menu.</param>
/// <param name="ItemInstructions">For the cook, about this line; may have line breaks.</param>
internal sealed record ItemBody(
    Guid MenuId,
    [Range(1, MostOfOneLine)] int Quantity,
    [Length(1, LongestInstructions)] string? ItemInstructions = null);

/// <summary>One part of a payment. A single payment is a list of one.</summary>
/// <param name="Amount">In whole shillings.</param>
/// <param name="KitchenCustomerId">Whose wallet: for KITCHEN_WALLET, and only for it.</param>
/// <param name="KitchenPaymentMethodId">Which of the kitchen's channels: for KITCHEN_CHANNEL, and only for it.</param>
/// <param name="PhoneNumber">For MOBILE_MONEY: the phone that pays, where it is not the customer's.</param>
/// <param name="Provider">For MOBILE_MONEY: the operator, where the number's prefix does not tell.</param>
/// <param name="WalletAuthorization">
/// For PLATFORM_WALLET at the till: the code that the app user shows (`authorizeWallet`). With it the payment is taken
/// at once; without one it waits until the user approves it.
/// </param>
/// <param name="Tendered">
/// For CASH: what the guest puts down, in whole shillings. The answer says the `change`; the drawer keeps the amount.
/// </param>
internal sealed record PaymentBody(
    PaymentMethod PaymentMethod,
    Money Amount,
    Guid? KitchenCustomerId = null,
    Guid? KitchenPaymentMethodId = null,
    [RegularExpression(Patterns.Phone)] string? PhoneNumber = null,
    [Length(1, LongestProvider)] string? Provider = null,
    string? WalletAuthorization = null,
    Money? Tendered = null);

/// <summary>Where to deliver.</summary>
/// <param name="Notes">For the rider; may have line breaks.</param>
/// <param name="Latitude">In degrees, south negative.</param>
/// <param name="Longitude">In degrees, west negative.</param>
internal sealed record AddressBody(
    [Length(1, LongestAddressPart)] string Street,
    [Length(1, LongestAddressPart)] string Area,
    [Length(1, LongestAddressPart)] string City,
    [Length(1, LongestInstructions)] string? Notes = null,
    [Range(-90, 90)] double? Latitude = null,
    [Range(-180, 180)] double? Longitude = null);

/// <summary>How a slip is paid.</summary>
/// <param name="Payments">Their amounts come to the slip's total.</param>
internal sealed record ConfirmSlipBody([Length(1, MostPayments)] IReadOnlyList<PaymentBody> Payments);
