using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;

namespace JikoXpress.WebApi.Sessions;

// The bodies as the API's document describes them; SessionBodies reads them.

/// <summary>A checkout session to be opened or priced.</summary>
/// <param name="SessionType">IMMEDIATE is paid at once, SLIP at the cashier's, TAB at the end.</param>
/// <param name="Channel">Where the guest orders; it must be the channel of the token.</param>
/// <param name="FulfillmentType">How the guest gets the food.</param>
/// <param name="Items">1 to 100 lines; the kitchen's menu has the prices.</param>
/// <param name="Payments">For IMMEDIATE only: up to 10, and their amounts come to the total.</param>
/// <param name="TableNumber">For DINE_IN: up to 16 characters.</param>
/// <param name="LaneNumber">For DRIVE_THROUGH: up to 16 characters.</param>
/// <param name="Tag">What the guest is called by, up to 64 characters.</param>
/// <param name="OrderInstructions">For the kitchen, up to 500 characters; may have lines.</param>
/// <param name="CustomerPhone">For WHATSAPP: who the guest is. +255, then nine digits.</param>
/// <param name="DeliveryAddress">For DELIVERY.</param>
/// <param name="KitchenId">For APP and WHATSAPP; elsewhere the token says which kitchen it is.</param>
/// <param name="FromCart">For APP: the cart holds the items.</param>
/// <param name="BillId">For TAB: the open bill that gets another round.</param>
/// <param name="ClientReference">The caller's own name for it, up to 100 characters; lists can filter on it.</param>
internal sealed record OpenSessionBody(
    SessionType SessionType,
    Channel Channel,
    FulfillmentType FulfillmentType,
    IReadOnlyList<LineRequest>? Items = null,
    IReadOnlyList<PaymentRequest>? Payments = null,
    string? TableNumber = null,
    string? LaneNumber = null,
    string? Tag = null,
    string? OrderInstructions = null,
    string? CustomerPhone = null,
    DeliveryAddress? DeliveryAddress = null,
    Guid? KitchenId = null,
    bool? FromCart = null,
    Guid? BillId = null,
    string? ClientReference = null);

/// <summary>How a slip is paid.</summary>
/// <param name="Payments">1 to 10; their amounts come to the slip's total.</param>
internal sealed record ConfirmSlipBody(IReadOnlyList<PaymentRequest> Payments);
