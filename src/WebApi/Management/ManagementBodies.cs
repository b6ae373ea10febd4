using System.Globalization;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.WebApi.Binding;

namespace JikoXpress.WebApi.Management;

/// <summary>
/// Reads the request bodies of the management. A missing member gets a harmless placeholder, so that the rules can find
/// the other errors.
/// </summary>
internal static class ManagementBodies
{
    private const string AnyPin = "1230";
    private const string AnyPhone = "+255700000000";

    extension(BodyObject root)
    {
        public NewKitchen NewKitchen() => new(
            root.Said("name"),
            root.Flag("livemode") ?? false,
            root.KitchenChange().Of(new Kitchen(Guid.Empty, "", false, KitchenSettings.Default)).Settings);

        public KitchenChange KitchenChange() =>
            (root.Object("settings", Settings) ?? new KitchenChange()) with { Name = root.Text("name") };

        public NewMenuItem NewMenuItem() =>
            new(root.Said("name"), root.Money("price"), root.Said("category"), root.Flag("available") ?? true);

        public MenuItemChange MenuItemChange() =>
            new(root.Text("name"), root.OptionalMoney("price"), root.Text("category"), root.Flag("available"));

        public NewPaymentMethod NewPaymentMethod() => new(root.Said("name"), root.Said("provider"));

        public PaymentMethodChange PaymentMethodChange() =>
            new(root.Text("name"), root.Text("provider"), root.Flag("active"));

        public NewStaffMember NewStaffMember() =>
            new(root.Said("name"), root.Required<StaffRole>("role"), root.Said("pin", AnyPin));

        public StaffChange StaffChange() =>
            new(root.Text("name"), root.Optional<StaffRole>("role"), root.Flag("active"));

        /// <summary>An impossible number is refused here, before it counts as a try.</summary>
        public int StaffNumber()
        {
            var number = root.Integer("staffNumber");
            if (number is < 1 or > StaffRules.MostMembers)
                root.Violations.Break(
                    root.Pointer("staffNumber"), "staff-number-out-of-range", $"1 to {StaffRules.MostMembers}.");
            return number;
        }

        public string Pin() => root.Said("pin", AnyPin);

        public NewDevice NewDevice() => new(root.Required<DeviceKind>("kind"), root.Said("name"));

        public NewCustomer NewCustomer() => new(root.Said("name"), root.Said("phone", AnyPhone));

        public TopUp TopUp() => new(
            root.Required<PaymentMethod>("paymentMethod"), root.Money("amount"),
            root.OptionalId("kitchenPaymentMethodId"));

        public NewAccount NewAccount() =>
            new(root.Said("name"), root.Said("phone", AnyPhone), root.Flag("livemode") ?? false);

        public BotKeyPlan BotKeyPlan() => new(root.Said("name"), root.Ids("kitchenIds"));

        /// <summary>A required text; the rules check its contents.</summary>
        public string Said(string name, string placeholder = "-") =>
            root.Text(name) ?? root.Violations.Missing(root.Pointer(name), placeholder);
    }

    private static KitchenChange Settings(BodyObject settings) => new(
        TimeZone: settings.Text("timeZone"),
        DayStartsAt: TimeOfDay(settings, "dayStartsAt"),
        PaymentTimeout: Seconds(settings, "paymentTimeoutSeconds"),
        SlipTimeout: Seconds(settings, "slipTimeoutSeconds"),
        LowStockThreshold: settings.OptionalInteger("lowStockThreshold"),
        LatePayments: settings.Optional<LatePaymentPolicy>("latePayments"),
        AllowPartPayments: settings.Flag("allowPartPayments"),
        ApprovalTimeoutSeconds: settings.OptionalInteger("approvalTimeoutSeconds"),
        UnansweredOrders: settings.Optional<UnansweredOrders>("unansweredOrders"));

    private static TimeSpan? Seconds(BodyObject settings, string name) =>
        settings.OptionalInteger(name) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static TimeOnly? TimeOfDay(BodyObject settings, string name)
    {
        if (settings.Text(name) is not { } text) return null;
        return TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : settings.Violations.Malform(
                settings.Pointer(name), "invalid-type", $"{name} must be a time of day as in 04:00.",
                TimeOnly.MinValue);
    }
}
