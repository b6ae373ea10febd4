using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;

namespace JikoXpress.WebApi.Management;

// The bodies as the API's document describes them; ManagementBodies reads them. In a PATCH what is left out stays.

/// <summary>A kitchen to be made.</summary>
/// <param name="Name">1 to 80 characters.</param>
/// <param name="Livemode">True for a kitchen that takes real money. Default false.</param>
/// <param name="Settings">What is left out has its default.</param>
internal sealed record NewKitchenBody(string Name, bool? Livemode = null, SettingsBody? Settings = null);

/// <summary>What changes about a kitchen.</summary>
internal sealed record KitchenChangeBody(string? Name = null, SettingsBody? Settings = null);

/// <summary>What a kitchen sets for itself.</summary>
/// <param name="TimeZone">A name of the IANA database. Default Africa/Dar_es_Salaam.</param>
/// <param name="DayStartsAt">The local time, HH:mm, at which the count of slips begins anew. Default 04:00.</param>
/// <param name="PaymentTimeoutSeconds">How long a guest has to pay: 30 to 1800. Default 300.</param>
/// <param name="SlipTimeoutSeconds">How long a slip may be paid: 30 to 14400. Default 900.</param>
/// <param name="LowStockThreshold">At this many plates left an item is low: 0 to 1000. Default 5.</param>
internal sealed record SettingsBody(
    string? TimeZone = null,
    string? DayStartsAt = null,
    int? PaymentTimeoutSeconds = null,
    int? SlipTimeoutSeconds = null,
    int? LowStockThreshold = null);

/// <summary>A dish or drink to be put on the menu.</summary>
/// <param name="Name">1 to 80 characters; each name once on a menu.</param>
/// <param name="Price">In whole shillings.</param>
/// <param name="Category">The heading under which it stands, 1 to 40 characters.</param>
/// <param name="Available">False: it cannot be ordered yet. Default true.</param>
internal sealed record NewMenuItemBody(string Name, Money Price, string Category, bool? Available = null);

/// <summary>What changes about a dish or drink; it counts for the next sale.</summary>
internal sealed record MenuItemChangeBody(
    string? Name = null, Money? Price = null, string? Category = null, bool? Available = null);

/// <summary>A way to be paid of the kitchen's own, such as a Lipa number.</summary>
/// <param name="Name">1 to 80 characters, each name once in a kitchen.</param>
/// <param name="Provider">Who runs it, 1 to 32 characters.</param>
internal sealed record NewPaymentMethodBody(string Name, string Provider);

/// <summary>What changes about a way to be paid.</summary>
/// <param name="Active">False: it is switched off, and no payment can name it.</param>
internal sealed record PaymentMethodChangeBody(string? Name = null, string? Provider = null, bool? Active = null);

/// <summary>Somebody who begins to work in the kitchen.</summary>
/// <param name="Name">1 to 80 characters.</param>
/// <param name="Pin">4 to 6 digits, not all the same.</param>
internal sealed record NewStaffMemberBody(string Name, StaffRole Role, string Pin);

/// <summary>What changes about a staff member.</summary>
/// <param name="Active">False: they have left, and are signed out at once.</param>
internal sealed record StaffChangeBody(string? Name = null, StaffRole? Role = null, bool? Active = null);

/// <param name="Pin">4 to 6 digits, not all the same.</param>
internal sealed record PinBody(string Pin);

/// <summary>A till or kiosk to be paired.</summary>
/// <param name="Name">What people call it, 1 to 80 characters.</param>
internal sealed record NewDeviceBody(DeviceKind Kind, string Name);

/// <param name="Code">Eight characters; case, spaces and hyphens do not matter.</param>
internal sealed record PairingBody(string Code);

/// <param name="StaffNumber">The member's number in this kitchen.</param>
internal sealed record SignInBody(int StaffNumber, string Pin);

/// <summary>A guest whom the kitchen gets to know.</summary>
/// <param name="Name">1 to 80 characters.</param>
/// <param name="Phone">A Tanzanian mobile number, +255 and nine digits; each number once in a kitchen.</param>
internal sealed record NewCustomerBody(string Name, string Phone);

/// <summary>Money taken from a customer, to be put on the balance.</summary>
/// <param name="PaymentMethod">CASH, which goes into this till's drawer, CARD or KITCHEN_CHANNEL.</param>
/// <param name="Amount">In whole shillings.</param>
/// <param name="KitchenPaymentMethodId">For KITCHEN_CHANNEL, and only there.</param>
internal sealed record TopUpBody(PaymentMethod PaymentMethod, Money Amount, Guid? KitchenPaymentMethodId = null);

/// <param name="Quantity">Plates: 1 to 1000000; a count may find 0.</param>
/// <param name="Reason">1 to 200 characters; waste needs one.</param>
internal sealed record StockBody(int Quantity, string? Reason = null);

/// <summary>Somebody who begins to use the app.</summary>
/// <param name="Livemode">True for a user who pays with real money. Default false.</param>
internal sealed record NewAccountBody(string Name, string Phone, bool? Livemode = null);

/// <param name="Amount">In whole shillings, as the platform's bank account received them.</param>
internal sealed record AmountBody(Money Amount);

/// <param name="Name">Who holds it, 1 to 80 characters.</param>
internal sealed record NewKeyBody(string Name);
