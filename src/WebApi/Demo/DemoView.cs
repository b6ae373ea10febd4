using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;

namespace JikoXpress.WebApi.Demo;

/// <summary>All that is needed to try the API: ids, and valid credentials.</summary>
/// <param name="BotKey">The bearer token of a WhatsApp bot that takes orders for these kitchens.</param>
/// <param name="OperatorKey">The bearer token of the operator.</param>
/// <param name="MerchantKey">The API key of a merchant whose store is the first kitchen.</param>
internal sealed record DemoView(
    IReadOnlyList<DemoKitchenView> Kitchens, IReadOnlyList<DemoAccountView> Accounts, string? BotKey,
    string OperatorKey, string? MerchantKey = null);

internal sealed record DemoKitchenView(
    Guid Id,
    string Name,
    IReadOnlyList<DemoMenuItemView> Menu,
    IReadOnlyList<DemoStaffView> Staff,
    IReadOnlyList<DemoDeviceView> Devices,
    IReadOnlyList<DemoCustomerView> Customers,
    IReadOnlyList<DemoPaymentMethodView> PaymentMethods,
    IReadOnlyList<DemoTableView> Tables);

/// <param name="Price">In whole shillings.</param>
/// <param name="Stock">Number of items that can be sold now; absent if the item is not counted.</param>
internal sealed record DemoMenuItemView(Guid Id, string Name, string Category, Money Price, bool Available, int? Stock);

/// <param name="Pin">The PIN for sign-in at a till of the kitchen.</param>
/// <param name="Token">Token of a staff session; absent if the PIN was changed or the member deactivated.</param>
internal sealed record DemoStaffView(Guid Id, string Name, StaffRole Role, int StaffNumber, string Pin, string? Token);

/// <param name="Token">A till's token opens staff sessions, a kiosk's token sells.</param>
internal sealed record DemoDeviceView(Guid Id, DeviceKind Kind, string Name, string Token);

/// <param name="Balance">What is free to spend, in whole shillings.</param>
internal sealed record DemoCustomerView(Guid KitchenCustomerId, string Name, string Phone, Money Balance);

/// <param name="Code">The text of its QR code; visitTable exchanges it for a guest's token.</param>
internal sealed record DemoTableView(Guid Id, string Number, string Code);

internal sealed record DemoPaymentMethodView(Guid KitchenPaymentMethodId, string Name);

/// <param name="Balance">What is free to spend, in whole shillings.</param>
internal sealed record DemoAccountView(Guid AccountId, string Name, string Phone, string Token, Money Balance);
