using System.Globalization;
using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.WebApi.Management;

/// <summary>A kitchen and its settings.</summary>
internal sealed record KitchenView(Guid Id, string Name, bool Livemode, SettingsView Settings)
{
    public string Object { get; } = "kitchen";

    public static KitchenView Of(Kitchen kitchen) => new(
        kitchen.Id, kitchen.Name, kitchen.LiveMode,
        new SettingsView(
            kitchen.Settings.TimeZone,
            kitchen.Settings.DayStartsAt.ToString("HH:mm", CultureInfo.InvariantCulture),
            (int)kitchen.Settings.PaymentTimeout.TotalSeconds,
            (int)kitchen.Settings.SlipTimeout.TotalSeconds,
            kitchen.Settings.LowStockThreshold,
            kitchen.Settings.LatePayments,
            kitchen.Settings.AllowPartPayments,
            kitchen.Settings.ApprovalTimeoutSeconds,
            kitchen.Settings.UnansweredOrders,
            kitchen.Settings.CashMovementLimit,
            kitchen.Settings.Currency,
            kitchen.Settings.Country));
}

internal sealed record SettingsView(
    string TimeZone, string DayStartsAt, int PaymentTimeoutSeconds, int SlipTimeoutSeconds, int LowStockThreshold,
    LatePaymentPolicy LatePayments, bool AllowPartPayments, int ApprovalTimeoutSeconds,
    UnansweredOrders UnansweredOrders, Money CashMovementLimit, Currency Currency, Country Country);

/// <summary>A menu item.</summary>
/// <param name="Price">In whole shillings.</param>
/// <param name="Available">False: the kitchen has switched it off.</param>
internal sealed record MenuItemView(Guid Id, string Name, string Category, Money Price, bool Available)
{
    public string Object { get; } = "menu_item";

    public required string Currency { get; init; }

    /// <summary>Number of items that can be sold now; absent if the item is not counted.</summary>
    public int? Stock { get; init; }

    public bool SoldOut { get; init; }

    /// <summary>True if stock is at or below the kitchen's lowStockThreshold.</summary>
    public bool Low { get; init; }

    public static MenuItemView Of(MenuItem item, Currency currency) =>
        new(item.Id, item.Name, item.Category, item.Price, item.Available) { Currency = currency.WireName };

    public static MenuItemView Of(MenuItem item, StockLevel? level, KitchenSettings settings) => level is null
        ? Of(item, settings.Currency)
        : Of(item, settings.Currency) with
        {
            Stock = Math.Max(0, level.Available),
            SoldOut = level.Available <= 0,
            Low = level.Available <= settings.LowStockThreshold,
        };
}

/// <summary>A payment method of the kitchen's own.</summary>
/// <param name="Shape">
/// Who says that a payment is made. ATTESTED: a cashier. TILL: the notification of the till number that the guest has
/// paid. ACCOUNT: the kitchen's own account at an aggregator, which rings the guest's phone.
/// </param>
/// <param name="TillNumber">The number that guests pay.</param>
/// <param name="Account">For ACCOUNT: its name at this installation.</param>
/// <param name="ReceiptRequired">True: cashiers attest only with the network's receipt.</param>
internal sealed record KitchenPaymentMethodView(
    Guid Id, string Name, string Provider, bool Active, ChannelShape Shape, string? TillNumber, string? Account,
    bool ReceiptRequired)
{
    public string Object { get; } = "kitchen_payment_method";

    public static KitchenPaymentMethodView Of(KitchenPaymentMethod method) =>
        new(
            method.Id, method.Name, method.Provider, method.Active, method.Shape, method.TillNumber, method.Account,
            method.ReceiptRequired);
}

/// <param name="StaffNumber">The number that the member types at a till, with the PIN.</param>
/// <param name="Active">False once the member has left.</param>
internal sealed record StaffMemberView(Guid Id, string Name, StaffRole Role, int StaffNumber, bool Active)
{
    public string Object { get; } = "staff_member";

    public static StaffMemberView Of(StaffMember member) =>
        new(member.Id, member.Name, member.Role, member.StaffNumber, member.Active);
}

/// <param name="Active">False once its token was revoked.</param>
/// <param name="KeyRequired">True: every POST from it that moves money must carry an Idempotency-Key.</param>
internal sealed record DeviceView(
    Guid Id, DeviceKind Kind, string Name, DateTimeOffset PairedAt, bool Active, bool KeyRequired)
{
    public string Object { get; } = "device";

    public static DeviceView Of(Device device) =>
        new(device.Id, device.Kind, device.Name, device.PairedAt, device.Active, device.KeyRequired);
}

/// <param name="Code">The code to type into the device. Shown only once.</param>
internal sealed record PairingCodeView(string Code, DeviceKind Kind, string Name, DateTimeOffset ExpiresAt)
{
    public string Object { get; } = "pairing_code";

    public static PairingCodeView Of(PairingCode code) => new(code.Code, code.Kind, code.Name, code.ExpiresAt);
}

/// <param name="Token">
/// A till's token opens staff sessions, a kiosk's token sells. Shown only once; valid until it is revoked.
/// </param>
internal sealed record PairedDeviceView(
    Guid DeviceId, DeviceKind Kind, string Name, Guid KitchenId, string KitchenName, string Token)
{
    public string Object { get; } = "paired_device";

    public static PairedDeviceView Of(PairedDevice paired) => new(
        paired.Device.Id, paired.Device.Kind, paired.Device.Name, paired.KitchenId, paired.KitchenName, paired.Token);
}

/// <summary>A signed-in staff member.</summary>
internal sealed record StaffSessionView(
    Guid StaffId, string Name, StaffRole Role, Guid KitchenId, Guid DeviceId, bool Livemode)
{
    public string Object { get; } = "staff_session";

    /// <summary>The bearer token. Shown only once, when the session begins.</summary>
    public string? Token { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public static StaffSessionView Of(SignIn.Welcome welcome, Principal till) => new(
        welcome.Member.Id, welcome.Member.Name, welcome.Member.Role, till.KitchenId ?? Guid.Empty,
        till.DeviceId ?? Guid.Empty, till.LiveMode)
    {
        Token = welcome.Token,
        ExpiresAt = welcome.ExpiresAt,
    };

    public static StaffSessionView Of(Principal staff, StaffRole role) => new(
        staff.Id, staff.Name, role, staff.KitchenId ?? Guid.Empty, staff.DeviceId ?? Guid.Empty, staff.LiveMode);
}

/// <summary>A registered customer of the kitchen.</summary>
internal sealed record CustomerView(Guid Id, string Name, string Phone, WalletView Wallet)
{
    public string Object { get; } = "kitchen_customer";

    public static CustomerView Of(CustomerWallet customer, Currency currency) => new(
        customer.Customer.Id, customer.Customer.Name, customer.Customer.Phone,
        WalletView.Of(customer.Wallet, currency));
}

/// <param name="Available">The amount that can be spent, in whole shillings.</param>
/// <param name="Held">The amount held for sessions that wait for another payment, in whole shillings.</param>
internal sealed record WalletView(Money Available, Money Held)
{
    public required string Currency { get; init; }

    public static WalletView Of(WalletBalance wallet, Currency currency) =>
        new(wallet.Available, wallet.Held) { Currency = currency.WireName };
}

/// <param name="OwnerId">The kitchen's customer, or the app account.</param>
/// <param name="Amount">In whole shillings.</param>
/// <param name="TakenBy">The staff member or operator.</param>
internal sealed record TopUpView(
    Guid Id, Guid OwnerId, PaymentMethod PaymentMethod, Guid? KitchenPaymentMethodId, Money Amount, Guid TakenBy,
    DateTimeOffset CreatedAt)
{
    public string Object { get; } = "wallet_top_up";

    public required string Currency { get; init; }

    public static TopUpView Of(WalletTopUp topUp, Currency currency) => new(
        topUp.Id, topUp.Owner, topUp.PaymentMethod, topUp.KitchenPaymentMethodId, topUp.Amount, topUp.By, topUp.At)
    {
        Currency = currency.WireName,
    };
}

/// <summary>One change of a balance.</summary>
/// <param name="Id">The id of the top-up, or of the payment.</param>
/// <param name="Type">TOP_UP, PAY, HOLD, RELEASE or RETURN.</param>
/// <param name="Amount">Change of the amount that can be spent: positive in, negative out.</param>
/// <param name="SessionId">The checkout session for which it was spent or held.</param>
internal sealed record WalletMovementView(
    Guid Id, LedgerStep Type, PaymentMethod PaymentMethod, Money Amount, Guid? SessionId, DateTimeOffset CreatedAt)
{
    public string Object { get; } = "wallet_movement";

    public static WalletMovementView Of(WalletMovement movement) => new(
        movement.Id, movement.Step, movement.PaymentMethod, movement.Amount, movement.SessionId, movement.At);
}

/// <summary>The stock of one item.</summary>
/// <param name="Available">Number of items that can be sold now.</param>
/// <param name="OnHand">Number of items in the kitchen, reserved ones included.</param>
/// <param name="Reserved">Number of items reserved for sessions that wait for payment.</param>
internal sealed record StockLevelView(
    Guid MenuId, string Name, int Available, int OnHand, int Reserved, int Sold, int Wasted, int Received, bool SoldOut,
    bool Low)
{
    public string Object { get; } = "stock_level";

    public static StockLevelView Of(StockLevel level, string name, int lowThreshold) => new(
        level.MenuId, name, Math.Max(0, level.Available), level.OnHand, level.Reserved, level.Sold, level.Wasted,
        level.Received, level.Available <= 0, level.Available <= lowThreshold);
}

/// <summary>Stock that was received, wasted or counted.</summary>
/// <param name="Quantity">The number in the request: received, wasted, or counted.</param>
/// <param name="Difference">The change of the number on hand.</param>
internal sealed record StockMovementView(
    Guid Id, Guid MenuId, StockAdjustmentKind Kind, int Quantity, int Difference, string? Reason, Guid RecordedBy,
    DateTimeOffset CreatedAt)
{
    public string Object { get; } = "stock_movement";

    public static StockMovementView Of(StockMovement movement)
    {
        var said = movement.Adjustment;
        return new(said.Id, said.MenuId, said.Kind, said.Quantity, movement.Difference, said.Reason, said.By, said.At);
    }
}

/// <summary>A table whose guests may order by its QR code.</summary>
/// <param name="Number">The table number in orders.</param>
/// <param name="Code">The signed text of its QR code; valid until it is rotated or the table is off.</param>
internal sealed record TableView(Guid Id, string Number, string Code, bool Active, DateTimeOffset CreatedAt)
{
    public string Object { get; } = "table";

    public static TableView Of(DiningTable table) =>
        new(table.Id, table.Number, table.Code, table.Active, table.CreatedAt);
}

/// <summary>A guest at a table.</summary>
/// <param name="Token">Opens sessions for this table, and reads those it has opened. Shown only once.</param>
internal sealed record TableVisitView(
    Guid KitchenId, string KitchenName, string TableNumber, bool Livemode, string Token, DateTimeOffset ExpiresAt)
{
    public string Object { get; } = "table_visit";

    public static TableVisitView Of(TableVisit visit) => new(
        visit.KitchenId, visit.KitchenName, visit.TableNumber, visit.LiveMode, visit.Token, visit.ExpiresAt);
}
