namespace JikoXpress.Domain.Kitchens;

// Commands of managers and operators. In a change, a null member stays as it is; but with a currency that only one
// country has, the kitchen is there unless another one is said.

public sealed record NewKitchen(string Name, bool LiveMode, KitchenSettings Settings);

public sealed record KitchenChange(
    string? Name = null,
    string? TimeZone = null,
    TimeOnly? DayStartsAt = null,
    TimeSpan? PaymentTimeout = null,
    TimeSpan? SlipTimeout = null,
    int? LowStockThreshold = null,
    LatePaymentPolicy? LatePayments = null,
    bool? AllowPartPayments = null,
    int? ApprovalTimeoutSeconds = null,
    UnansweredOrders? UnansweredOrders = null,
    Money? CashMovementLimit = null,
    Currency? Currency = null,
    Country? Country = null)
{
    public Kitchen Of(Kitchen kitchen) => kitchen with
    {
        Name = Name ?? kitchen.Name,
        Settings = new KitchenSettings(
            TimeZone ?? kitchen.Settings.TimeZone,
            DayStartsAt ?? kitchen.Settings.DayStartsAt,
            PaymentTimeout ?? kitchen.Settings.PaymentTimeout,
            SlipTimeout ?? kitchen.Settings.SlipTimeout,
            LowStockThreshold ?? kitchen.Settings.LowStockThreshold,
            LatePayments ?? kitchen.Settings.LatePayments,
            AllowPartPayments ?? kitchen.Settings.AllowPartPayments,
            ApprovalTimeoutSeconds ?? kitchen.Settings.ApprovalTimeoutSeconds,
            UnansweredOrders ?? kitchen.Settings.UnansweredOrders,
            CashMovementLimit ?? kitchen.Settings.CashMovementLimit,
            Currency ?? kitchen.Settings.Currency,
            Country ?? Currency?.Home ?? kitchen.Settings.Country),
    };
}

public sealed record NewMenuItem(string Name, Money Price, string Category, bool Available = true);

public sealed record MenuItemChange(
    string? Name = null, Money? Price = null, string? Category = null, bool? Available = null)
{
    public MenuItem Of(MenuItem item) => item with
    {
        Name = Name ?? item.Name,
        Price = Price ?? item.Price,
        Category = Category ?? item.Category,
        Available = Available ?? item.Available,
    };
}

public sealed record NewStaffMember(string Name, StaffRole Role, string Pin);

public sealed record StaffChange(string? Name = null, StaffRole? Role = null, bool? Active = null)
{
    public StaffMember Of(StaffMember member) => member with
    {
        Name = Name ?? member.Name,
        Role = Role ?? member.Role,
        Active = Active ?? member.Active,
    };
}

/// <summary>A device to be paired.</summary>
public sealed record NewDevice(DeviceKind Kind, string Name);

public sealed record NewPaymentMethod(
    string Name, string Provider, ChannelShape Shape = ChannelShape.Attested, string? TillNumber = null,
    string? Account = null, bool ReceiptRequired = false)
{
    public KitchenPaymentMethod Of(Guid id) =>
        new(id, Name, Provider, Active: true, Shape, TillNumber, Account, ReceiptRequired);
}

/// <summary>What is null stays; a method that is no ACCOUNT any more loses its account.</summary>
public sealed record PaymentMethodChange(
    string? Name = null, string? Provider = null, bool? Active = null, ChannelShape? Shape = null,
    string? TillNumber = null, string? Account = null, bool? ReceiptRequired = null)
{
    public KitchenPaymentMethod Of(KitchenPaymentMethod method) => method with
    {
        Name = Name ?? method.Name,
        Provider = Provider ?? method.Provider,
        Active = Active ?? method.Active,
        Shape = Shape ?? method.Shape,
        TillNumber = TillNumber ?? method.TillNumber,
        Account = Account ?? ((Shape ?? method.Shape) is ChannelShape.Account ? method.Account : null),
        ReceiptRequired = ReceiptRequired ?? method.ReceiptRequired,
    };
}

public sealed record NewCustomer(string Name, string Phone);

public sealed record NewAccount(string Name, string Phone, bool LiveMode);

/// <summary>Money that staff took from a customer, to be put on the customer's balance.</summary>
/// <param name="PaymentMethod">CASH, CARD or KITCHEN_CHANNEL, the methods that staff can attest.</param>
/// <param name="KitchenPaymentMethodId">Required for KITCHEN_CHANNEL, and only allowed there.</param>
public sealed record TopUp(PaymentMethod PaymentMethod, Money Amount, Guid? KitchenPaymentMethodId = null);

/// <summary>A key for a WhatsApp bot that takes orders for these kitchens.</summary>
public sealed record BotKeyPlan(string Name, Sequence<Guid> KitchenIds);
