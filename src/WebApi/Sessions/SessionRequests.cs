using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.WebApi.Documentation;
using static JikoXpress.Domain.Sessions.SessionRules;

namespace JikoXpress.WebApi.Sessions;

// The request bodies for the API document; SessionBodies reads them.

/// <summary>A checkout session to open or to price.</summary>
/// <param name="SessionType">IMMEDIATE is paid at once, SLIP at the cashier, TAB at the end of the meal.</param>
/// <param name="Channel">Where the guest orders; must be the channel of the token.</param>
/// <param name="FulfillmentType">How the guest gets the food.</param>
/// <param name="Items">The ordered items; prices come from the kitchen's menu. Left out with fromCart.</param>
/// <param name="Payments">For IMMEDIATE only. The amounts must add up to the total.</param>
/// <param name="TableNumber">For DINE_IN.</param>
/// <param name="LaneNumber">For DRIVE_THROUGH.</param>
/// <param name="Tag">A name to call the guest by.</param>
/// <param name="OrderInstructions">Instructions for the kitchen; may have line breaks.</param>
/// <param name="CustomerPhone">For WHATSAPP: the guest's phone number.</param>
/// <param name="DeliveryAddress">For DELIVERY.</param>
/// <param name="KitchenId">For APP and WHATSAPP. On other channels the token determines the kitchen.</param>
/// <param name="FromCart">For APP: true takes the items from the cart.</param>
/// <param name="BillId">For TAB: the open bill to which this round is added.</param>
/// <param name="ClientReference">The caller's own reference for the session; lists can filter on it.</param>
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
/// <param name="ItemInstructions">Instructions for the cook about this line; may have line breaks.</param>
internal sealed record ItemBody(
    Guid MenuId,
    [Range(1, MostOfOneLine)] int Quantity,
    [Length(1, LongestInstructions)] string? ItemInstructions = null);

/// <summary>One payment of several that pay together. A single payment is a list of one.</summary>
/// <param name="Amount">In whole shillings.</param>
/// <param name="KitchenCustomerId">For KITCHEN_WALLET only: the customer whose balance pays.</param>
/// <param name="KitchenPaymentMethodId">For KITCHEN_CHANNEL only: the kitchen's payment method.</param>
/// <param name="PhoneNumber">For MOBILE_MONEY: the phone that pays, if it is not the customer's.</param>
/// <param name="Provider">For MOBILE_MONEY: the network, if the number's prefix does not show it.</param>
/// <param name="WalletAuthorization">
/// For PLATFORM_WALLET at the till: the code that the app user shows (`authorizeWallet`). With the code the payment is
/// taken at once. Without it the payment waits until the user approves it.
/// </param>
/// <param name="Tendered">
/// For CASH: the money that the guest hands over, in whole shillings. The answer has the `change`; the drawer keeps
/// the amount.
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

/// <summary>A delivery address.</summary>
/// <param name="Notes">Notes for the rider; may have line breaks.</param>
/// <param name="Latitude">In degrees; negative in the south.</param>
/// <param name="Longitude">In degrees; negative in the west.</param>
internal sealed record AddressBody(
    [Length(1, LongestAddressPart)] string Street,
    [Length(1, LongestAddressPart)] string Area,
    [Length(1, LongestAddressPart)] string City,
    [Length(1, LongestInstructions)] string? Notes = null,
    [Range(-90, 90)] double? Latitude = null,
    [Range(-180, 180)] double? Longitude = null);

/// <summary>The payments for a slip.</summary>
/// <param name="Payments">The amounts must add up to the slip's total.</param>
internal sealed record ConfirmSlipBody([Length(1, MostPayments)] IReadOnlyList<PaymentBody> Payments);
