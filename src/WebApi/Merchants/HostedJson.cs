using System.Text.Json.Serialization;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.WebApi.Answers;

namespace JikoXpress.WebApi.Merchants;

/// <summary>JSON of what merchants and their customers see: camelCase, and no members that are null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(InstantJson), typeof(WireNameJson<Currency>), typeof(WireNameJson<WalletEntryKind>)])]
[JsonSerializable(typeof(MerchantView))]
[JsonSerializable(typeof(ListView<MerchantView>))]
[JsonSerializable(typeof(MerchantKeyView))]
[JsonSerializable(typeof(ListView<MerchantKeyView>))]
[JsonSerializable(typeof(AppTokenView))]
[JsonSerializable(typeof(HostedSessionView))]
[JsonSerializable(typeof(ListView<HostedSessionView>))]
[JsonSerializable(typeof(HostedPageView))]
[JsonSerializable(typeof(RegisterView))]
[JsonSerializable(typeof(ListView<RegisterView>))]
[JsonSerializable(typeof(RegisterPageView))]
[JsonSerializable(typeof(MerchantWalletView))]
[JsonSerializable(typeof(ListView<MerchantWalletView>))]
[JsonSerializable(typeof(StatementView))]
[JsonSerializable(typeof(ListView<WalletEntryView>))]
[JsonSerializable(typeof(PayoutView))]
[JsonSerializable(typeof(ListView<PayoutView>))]
[JsonSerializable(typeof(PaymentLinkView))]
[JsonSerializable(typeof(ListView<PaymentLinkView>))]
[JsonSerializable(typeof(LinkPageView))]
[JsonSerializable(typeof(LinkSessionView))]
[JsonSerializable(typeof(SubscriptionView))]
[JsonSerializable(typeof(ListView<SubscriptionView>))]
internal sealed partial class HostedJson : JsonSerializerContext;
