using System.Text.Json.Serialization;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.WebApi.Answers;

namespace JikoXpress.WebApi.Management;

/// <summary>
/// JSON of the management's views: camelCase, enums in capitals, and no members that are null.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(InstantJson),
        typeof(WireNameJson<StaffRole>), typeof(WireNameJson<PaymentMethod>), typeof(WireNameJson<DeviceKind>),
        typeof(WireNameJson<LedgerStep>), typeof(WireNameJson<AccountKind>), typeof(WireNameJson<StockAdjustmentKind>),
        typeof(WireNameJson<Currency>), typeof(WireNameJson<Country>), typeof(WireNameJson<ChannelShape>),
        typeof(WireNameJson<LatePaymentPolicy>), typeof(WireNameJson<UnansweredOrders>)])]
[JsonSerializable(typeof(CommissionView))]
[JsonSerializable(typeof(ListView<TableView>))]
[JsonSerializable(typeof(TableVisitView))]
[JsonSerializable(typeof(ListView<KitchenView>))]
[JsonSerializable(typeof(ListView<MenuItemView>))]
[JsonSerializable(typeof(ListView<KitchenPaymentMethodView>))]
[JsonSerializable(typeof(ListView<StaffMemberView>))]
[JsonSerializable(typeof(ListView<DeviceView>))]
[JsonSerializable(typeof(ListView<CustomerView>))]
[JsonSerializable(typeof(ListView<WalletMovementView>))]
[JsonSerializable(typeof(ListView<StockLevelView>))]
[JsonSerializable(typeof(ListView<StockMovementView>))]
[JsonSerializable(typeof(ListView<OperatorKeyView>))]
[JsonSerializable(typeof(ListView<BotKeyView>))]
[JsonSerializable(typeof(ListView<AuditEntryView>))]
[JsonSerializable(typeof(AuditVerificationView))]
[JsonSerializable(typeof(PairingCodeView))]
[JsonSerializable(typeof(PairedDeviceView))]
[JsonSerializable(typeof(StaffSessionView))]
[JsonSerializable(typeof(TopUpView))]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(AccountTokenView))]
[JsonSerializable(typeof(WalletCodeView))]
[JsonSerializable(typeof(TrialBalanceView))]
[JsonSerializable(typeof(ConservationView))]
internal sealed partial class ManagementJson : JsonSerializerContext;
