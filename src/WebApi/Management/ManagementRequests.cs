using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using JikoXpress.Domain.Kitchens;
using JikoXpress.WebApi.Documentation;
using static JikoXpress.Domain.Kitchens.KitchenRules;

namespace JikoXpress.WebApi.Management;

// The bodies as the API's document describes them; ManagementBodies reads them. In a PATCH what is left out stays.

/// <summary>A kitchen to be made.</summary>
/// <param name="Livemode">True for a kitchen that takes real money.</param>
/// <param name="Settings">What is left out has its default.</param>
internal sealed record NewKitchenBody(
    [Length(1, LongestName)] string Name,
    [DefaultValue(false)] bool? Livemode = null,
    SettingsBody? Settings = null);

/// <summary>What changes about a kitchen.</summary>
internal sealed record KitchenChangeBody([Length(1, LongestName)] string? Name = null, SettingsBody? Settings = null);

/// <summary>What a kitchen sets for itself.</summary>
/// <param name="TimeZone">A name of the IANA database. A new kitchen's is Africa/Dar_es_Salaam.</param>
/// <param name="DayStartsAt">The local time at which the count of slips begins anew. A new kitchen's is 04:00.</param>
/// <param name="PaymentTimeoutSeconds">How long a guest has to pay. A new kitchen's is 300.</param>
/// <param name="SlipTimeoutSeconds">How long a slip may be paid. A new kitchen's is 900.</param>
/// <param name="LowStockThreshold">At this many items left an item is low. A new kitchen's is 5.</param>
/// <param name="LatePayments">
/// What becomes of mobile money that comes when no session can take it: REFUND sends it back to the phone, which is a
/// new kitchen's, CREDIT_KITCHEN_WALLET puts it on the balance of the customer whose phone it is (and sends it back
/// where there is none), MANUAL lets it wait for a decision.
/// </param>
/// <param name="AllowPartPayments">A bill may be paid bit by bit. A new kitchen's must be paid whole.</param>
/// <param name="ApprovalTimeoutSeconds">
/// How long an order that a guest has paid at the table waits for staff; half-way everybody is told. A new kitchen's is
/// 600.
/// </param>
/// <param name="UnansweredOrders">
/// What becomes of it then: REJECT gives the money back, which is a new kitchen's; APPROVE lets it be cooked.
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

/// <summary>A dish or drink to be put on the menu.</summary>
/// <param name="Name">Each name once on a menu.</param>
/// <param name="Price">In whole shillings.</param>
/// <param name="Category">The heading under which it stands.</param>
/// <param name="Available">False: it cannot be ordered yet.</param>
internal sealed record NewMenuItemBody(
    [Length(1, LongestName)] string Name,
    Money Price,
    [Length(1, MenuRules.LongestCategory)] string Category,
    [DefaultValue(true)] bool? Available = null);

/// <summary>What changes about a dish or drink; it counts for the next sale.</summary>
/// <param name="Price">In whole shillings.</param>
/// <param name="Available">False: it is switched off, and cannot be ordered.</param>
internal sealed record MenuItemChangeBody(
    [Length(1, LongestName)] string? Name = null,
    Money? Price = null,
    [Length(1, MenuRules.LongestCategory)] string? Category = null,
    bool? Available = null);

/// <summary>A way to be paid of the kitchen's own, such as a Lipa number.</summary>
/// <param name="Name">Each name once in a kitchen.</param>
/// <param name="Provider">Who runs it.</param>
internal sealed record NewPaymentMethodBody(
    [Length(1, LongestName)] string Name, [Length(1, MenuRules.LongestProvider)] string Provider);

/// <summary>What changes about a way to be paid.</summary>
/// <param name="Active">False: it is switched off, and no payment can name it.</param>
internal sealed record PaymentMethodChangeBody(
    [Length(1, LongestName)] string? Name = null,
    [Length(1, MenuRules.LongestProvider)] string? Provider = null,
    bool? Active = null);

/// <summary>Somebody who begins to work in the kitchen.</summary>
/// <param name="Pin">Not one digit repeated. An installation may ask for more than 4.</param>
internal sealed record NewStaffMemberBody(
    [Length(1, LongestName)] string Name, StaffRole Role, [RegularExpression(Patterns.Pin)] string Pin);

/// <summary>What changes about a staff member.</summary>
/// <param name="Active">False: they have left, and are signed out at once.</param>
internal sealed record StaffChangeBody(
    [Length(1, LongestName)] string? Name = null, StaffRole? Role = null, bool? Active = null);

/// <summary>Another PIN.</summary>
/// <param name="Pin">Not one digit repeated. An installation may ask for more than 4.</param>
internal sealed record PinBody([RegularExpression(Patterns.Pin)] string Pin);

/// <summary>A till or kiosk to be paired.</summary>
/// <param name="Name">What people call it.</param>
internal sealed record NewDeviceBody(DeviceKind Kind, [Length(1, LongestName)] string Name);

/// <summary>What changes about a till or kiosk.</summary>
/// <param name="KeyRequired">True: every POST from it that moves money must carry an Idempotency-Key.</param>
internal sealed record DeviceChangeBody(bool KeyRequired);

/// <summary>What somebody has typed into a new till or kiosk.</summary>
/// <param name="Code">Eight characters; case, spaces and hyphens do not matter.</param>
internal sealed record PairingBody(string Code);

/// <summary>What somebody has typed in at a till.</summary>
/// <param name="StaffNumber">The member's number in this kitchen.</param>
internal sealed record SignInBody([Range(1, StaffRules.MostMembers)] int StaffNumber, string Pin);

/// <summary>A guest whom the kitchen gets to know.</summary>
/// <param name="Phone">A Tanzanian mobile number; each number once in a kitchen.</param>
internal sealed record NewCustomerBody(
    [Length(1, LongestName)] string Name, [RegularExpression(Patterns.Phone)] string Phone);

/// <summary>Money taken from a customer, to be put on the balance.</summary>
/// <param name="PaymentMethod">CASH, which goes into this till's drawer, CARD or KITCHEN_CHANNEL.</param>
/// <param name="Amount">In whole shillings.</param>
/// <param name="KitchenPaymentMethodId">For KITCHEN_CHANNEL, and only there.</param>
internal sealed record TopUpBody(PaymentMethod PaymentMethod, Money Amount, Guid? KitchenPaymentMethodId = null);

/// <summary>What was received, wasted or found.</summary>
/// <param name="Quantity">Items; only a count may find none.</param>
/// <param name="Reason">Waste needs one.</param>
internal sealed record StockBody(
    [Range(0, StockRules.MostItems)] int Quantity, [Length(1, StockRules.LongestReason)] string? Reason = null);

/// <summary>Somebody who begins to use the app.</summary>
/// <param name="Phone">A Tanzanian mobile number; each number has one account.</param>
/// <param name="Livemode">True for a user who pays with real money.</param>
internal sealed record NewAccountBody(
    [Length(1, LongestName)] string Name,
    [RegularExpression(Patterns.Phone)] string Phone,
    [DefaultValue(false)] bool? Livemode = null);

/// <summary>Money that the platform's bank account has received.</summary>
/// <param name="Amount">In whole shillings.</param>
internal sealed record AmountBody(Money Amount);

/// <summary>A code to be made that pays at a till.</summary>
/// <param name="Limit">The largest payment, in whole shillings.</param>
internal sealed record WalletAuthorizationBody(Money? Limit = null);

/// <summary>A key to be made.</summary>
/// <param name="Name">Who holds it.</param>
internal sealed record NewKeyBody([Length(1, LongestName)] string Name);

/// <summary>A key for a WhatsApp bot to be made.</summary>
/// <param name="Name">Who holds it.</param>
/// <param name="KitchenIds">Whose orders the bot takes: all of them take real money, or none does.</param>
internal sealed record NewBotKeyBody(
    [Length(1, LongestName)] string Name, [Length(1, BotRules.MostKitchens)] IReadOnlyList<Guid> KitchenIds);

/// <summary>A table whose guests may order by its QR code.</summary>
/// <param name="Number">As orders name it. Each number once in a kitchen.</param>
internal sealed record NewTableBody([Length(1, TableRules.LongestNumber)] string Number);

/// <summary>A table is switched off or on again.</summary>
internal sealed record TableChangeBody(bool Active);

/// <param name="Code">What the QR code says.</param>
internal sealed record TableVisitBody(string Code);
