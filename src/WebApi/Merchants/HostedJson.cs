using System.Text.Json.Serialization;
using JikoXpress.WebApi.Answers;

namespace JikoXpress.WebApi.Merchants;

/// <summary>JSON of what merchants and their customers see: camelCase, and no members that are null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(InstantJson)])]
[JsonSerializable(typeof(MerchantView))]
[JsonSerializable(typeof(ListView<MerchantView>))]
[JsonSerializable(typeof(MerchantKeyView))]
[JsonSerializable(typeof(ListView<MerchantKeyView>))]
[JsonSerializable(typeof(HostedSessionView))]
[JsonSerializable(typeof(ListView<HostedSessionView>))]
[JsonSerializable(typeof(HostedPageView))]
[JsonSerializable(typeof(PaymentLinkView))]
[JsonSerializable(typeof(ListView<PaymentLinkView>))]
[JsonSerializable(typeof(LinkPageView))]
[JsonSerializable(typeof(LinkSessionView))]
[JsonSerializable(typeof(SubscriptionView))]
[JsonSerializable(typeof(ListView<SubscriptionView>))]
internal sealed partial class HostedJson : JsonSerializerContext;
