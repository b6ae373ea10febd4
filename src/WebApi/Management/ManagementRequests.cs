using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using JikoXpress.Domain.Kitchens;
using JikoXpress.WebApi.Documentation;
using static JikoXpress.Domain.Kitchens.KitchenRules;

namespace JikoXpress.WebApi.Management;

// The request bodies for the API document; ManagementBodies reads them. A PATCH does not change omitted members.

/// <summary>A kitchen to create.</summary>
/// <param name="Livemode">True for a kitchen that takes real money.</param>
/// <param name="Settings">Omitted settings have their defaults.</param>
internal sealed record NewKitchenBody(
    [Length(1, LongestName)] string Name,
    [DefaultValue(false)] bool? Livemode = null,
    SettingsBody? Settings = null);

/// <summary>Changes of a kitchen.</summary>
internal sealed record KitchenChangeBody([Length(1, LongestName)] string? Name = null, SettingsBody? Settings = null);

/// <summary>A kitchen's settings.</summary>
/// <param name="TimeZone">A name of the IANA database. Default Africa/Dar_es_Salaam.</param>
/// <param name="DayStartsAt">The local time at which slip numbers start again. Default 04:00.</param>
/// <param name="PaymentTimeoutSeconds">How long a guest has to pay. Default 300.</param>
/// <param name="SlipTimeoutSeconds">How long a slip can be paid. Default 900.</param>
/// <param name="LowStockThreshold">Stock is low at this number of items or fewer. Default 5.</param>
/// <param name="LatePayments">
/// What happens to mobile money that arrives when no session can take it. REFUND (default) sends it back to the phone.
/// CREDIT_KITCHEN_WALLET adds it to the balance of the customer with that phone, and sends it back if there is no such
/// customer. MANUAL keeps it until a decision.
/// </param>
/// <param name="AllowPartPayments">True: a bill can be paid in parts. Default false: it must be paid whole.</param>
/// <param name="ApprovalTimeoutSeconds">
/// How long an order that a guest has paid at the table waits for staff. A reminder is sent after half of the time.
/// Default 600.
/// </param>
/// <param name="UnansweredOrders">
/// What happens to the order after that time: REJECT (default) refunds it, APPROVE sends it to the kitchen.
/// </param>
internal sealed record SettingsBody(
    string? TimeZone = null,
    [RegularExpression(Patterns.TimeOfDay)] string? DayStartsAt = null,
    [Range(ShortestTimeoutSeconds, LongestPaymentTimeoutSeconds)] int? PaymentTimeoutSeconds = null,
    [Range(ShortestTimeoutSeconds, LongestSlipTimeoutSeconds)] int? SlipTimeoutSeconds = null,
    [Range(0, LargestThreshold)] int? LowStockThreshold = null,
    LatePaymentPolicy? LatePayments = null,
    bool? AllowPartPayments = null,
    [Range(ShortestTimeoutSeconds, LongestApprovalTimeoutSeconds)] int? ApprovalTimeoutSeconds = null,
    UnansweredOrders? UnansweredOrders = null);

/// <summary>A menu item to add.</summary>
/// <param name="Name">Unique on the menu.</param>
/// <param name="Price">In whole shillings.</param>
/// <param name="Category">The heading on the menu under which it is listed.</param>
/// <param name="Available">False: it cannot be ordered yet.</param>
internal sealed record NewMenuItemBody(
    [Length(1, LongestName)] string Name,
    Money Price,
    [Length(1, MenuRules.LongestCategory)] string Category,
    [DefaultValue(true)] bool? Available = null);

/// <summary>Changes of a menu item; they apply from the next sale.</summary>
/// <param name="Price">In whole shillings.</param>
/// <param name="Available">False: it is switched off, and cannot be ordered.</param>
internal sealed record MenuItemChangeBody(
    [Length(1, LongestName)] string? Name = null,
    Money? Price = null,
    [Length(1, MenuRules.LongestCategory)] string? Category = null,
    bool? Available = null);

/// <summary>A payment method of the kitchen's own, such as a Lipa number.</summary>
/// <param name="Name">Unique in the kitchen.</param>
/// <param name="Provider">The company that runs it.</param>
internal sealed record NewPaymentMethodBody(
    [Length(1, LongestName)] string Name, [Length(1, MenuRules.LongestProvider)] string Provider);

/// <summary>Changes of a payment method.</summary>
/// <param name="Active">False: it is switched off, and payments cannot use it.</param>
internal sealed record PaymentMethodChangeBody(
    [Length(1, LongestName)] string? Name = null,
    [Length(1, MenuRules.LongestProvider)] string? Provider = null,
    bool? Active = null);

/// <summary>A staff member to add.</summary>
/// <param name="Pin">Not one digit repeated. An installation may ask for more than 4.</param>
internal sealed record NewStaffMemberBody(
    [Length(1, LongestName)] string Name, StaffRole Role, [RegularExpression(Patterns.Pin)] string Pin);

/// <summary>Changes of a staff member.</summary>
/// <param name="Active">False: the member has left, and is signed out at once.</param>
internal sealed record StaffChangeBody(
    [Length(1, LongestName)] string? Name = null, StaffRole? Role = null, bool? Active = null);

/// <summary>A new PIN.</summary>
/// <param name="Pin">Not one digit repeated. An installation may ask for more than 4.</param>
internal sealed record PinBody([RegularExpression(Patterns.Pin)] string Pin);

/// <summary>A till or kiosk to pair.</summary>
/// <param name="Name">A name for people.</param>
internal sealed record NewDeviceBody(DeviceKind Kind, [Length(1, LongestName)] string Name);

/// <summary>Changes of a till or kiosk.</summary>
/// <param name="KeyRequired">True: every POST from it that moves money must carry an Idempotency-Key.</param>
internal sealed record DeviceChangeBody(bool KeyRequired);

/// <summary>The pairing code typed into a new till or kiosk.</summary>
/// <param name="Code">Eight characters; case, spaces and hyphens do not matter.</param>
internal sealed record PairingBody(string Code);

/// <summary>The sign-in of a staff member at a till.</summary>
/// <param name="StaffNumber">The member's number in this kitchen.</param>
internal sealed record SignInBody([Range(1, StaffRules.MostMembers)] int StaffNumber, string Pin);

/// <summary>A customer to register.</summary>
/// <param name="Phone">A Tanzanian mobile number, unique in the kitchen.</param>
internal sealed record NewCustomerBody(
    [Length(1, LongestName)] string Name, [RegularExpression(Patterns.Phone)] string Phone);

/// <summary>Money taken from a customer for the prepaid balance.</summary>
/// <param name="PaymentMethod">CASH (it goes into this till's drawer), CARD or KITCHEN_CHANNEL.</param>
/// <param name="Amount">In whole shillings.</param>
/// <param name="KitchenPaymentMethodId">For KITCHEN_CHANNEL only.</param>
internal sealed record TopUpBody(PaymentMethod PaymentMethod, Money Amount, Guid? KitchenPaymentMethodId = null);

/// <summary>Stock that was received, wasted or counted.</summary>
/// <param name="Quantity">Number of items; only a count may be 0.</param>
/// <param name="Reason">Required for waste.</param>
internal sealed record StockBody(
    [Range(0, StockRules.MostItems)] int Quantity, [Length(1, StockRules.LongestReason)] string? Reason = null);

/// <summary>An app user to add.</summary>
/// <param name="Phone">A Tanzanian mobile number; one account per number.</param>
/// <param name="Livemode">True for a user who pays with real money.</param>
internal sealed record NewAccountBody(
    [Length(1, LongestName)] string Name,
    [RegularExpression(Patterns.Phone)] string Phone,
    [DefaultValue(false)] bool? Livemode = null);

/// <summary>Money that the platform's bank account has received.</summary>
/// <param name="Amount">In whole shillings.</param>
internal sealed record AmountBody(Money Amount);

/// <summary>A code to create that pays at a till.</summary>
/// <param name="Limit">The largest payment, in whole shillings.</param>
internal sealed record WalletAuthorizationBody(Money? Limit = null);

/// <summary>A key to create.</summary>
/// <param name="Name">The name of its holder.</param>
internal sealed record NewKeyBody([Length(1, LongestName)] string Name);

/// <summary>A key to create for a WhatsApp bot.</summary>
/// <param name="Name">The name of its holder.</param>
/// <param name="KitchenIds">The kitchens whose orders the bot takes: all in live mode, or all in test mode.</param>
internal sealed record NewBotKeyBody(
    [Length(1, LongestName)] string Name, [Length(1, BotRules.MostKitchens)] IReadOnlyList<Guid> KitchenIds);

/// <summary>A table whose guests may order by its QR code.</summary>
/// <param name="Number">The table number in orders; unique in the kitchen.</param>
internal sealed record NewTableBody([Length(1, TableRules.LongestNumber)] string Number);

/// <summary>Switches a table off, or on again.</summary>
internal sealed record TableChangeBody(bool Active);

/// <param name="Code">The text of the QR code.</param>
internal sealed record TableVisitBody(string Code);
