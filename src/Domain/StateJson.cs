using System.Text.Json;
using System.Text.Json.Serialization;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Inventory;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain;

/// <summary>
/// How states and events are stored: as JSON with the API reference's enum words, and without null members.
/// </summary>
public static class StateJson
{
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, typeof(T), StateJsonContext.Default);

    public static byte[] WriteUtf8<T>(T value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, typeof(T), StateJsonContext.Default);

    /// <exception cref="JsonException">The text was not written by <see cref="Write{T}"/>.</exception>
    public static T Read<T>(string text) =>
        Whole((T?)JsonSerializer.Deserialize(text, typeof(T), StateJsonContext.Default));

    /// <inheritdoc cref="Read{T}(string)"/>
    public static T Read<T>(ReadOnlySpan<byte> utf8) =>
        Whole((T?)JsonSerializer.Deserialize(utf8, typeof(T), StateJsonContext.Default));

    private static T Whole<T>(T? read) =>
        read ?? throw new JsonException($"A stored {typeof(T).Name} must not be null.");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(WireNameJson<SessionType>), typeof(WireNameJson<Channel>), typeof(WireNameJson<FulfillmentType>),
        typeof(WireNameJson<PaymentMethod>), typeof(WireNameJson<SessionStatus>),
        typeof(WireNameJson<CallerKind>), typeof(WireNameJson<PaymentStatus>), typeof(WireNameJson<EndReason>),
        typeof(WireNameJson<TimelineEntryKind>), typeof(WireNameJson<Scarcity>), typeof(WireNameJson<AttemptStatus>),
        typeof(WireNameJson<SuspenseReason>), typeof(WireNameJson<RefundWay>), typeof(WireNameJson<BillStatus>),
        typeof(WireNameJson<BillTimelineEntryKind>), typeof(WireNameJson<ChannelShape>),
        typeof(WireNameJson<OrderStatus>), typeof(WireNameJson<TicketStatus>), typeof(WireNameJson<UnansweredOrders>),
        typeof(WireNameJson<Currency>), typeof(WireNameJson<SubscriptionStatus>), typeof(WireNameJson<PeriodState>),
        typeof(SequenceJsonFactory)])]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(Bill))]
[JsonSerializable(typeof(Cart))]
[JsonSerializable(typeof(CheckoutGroup))]
[JsonSerializable(typeof(StockAnnouncements))]
[JsonSerializable(typeof(StockLevel))]
[JsonSerializable(typeof(KitchenEvent))]
[JsonSerializable(typeof(LinkTerms))]
[JsonSerializable(typeof(Subscription))]
// The elements of sequences, whose converter asks for them by type.
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<Payment>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<Line>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<Operation>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<StoredTimelineEntry>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<Announcement>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<PaymentAttempt>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<Refund>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<PaymentCorrection>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<OrderRefund>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<RefundedPayment>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<VoidedItems>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<StockLine>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<BillLine>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<BillShare>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<BillPayment>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<BillTimelineEntry>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<CartLine>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<GroupMember>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<ShopLine>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<MetadataEntry>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<LinkLine>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<CustomField>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<string>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<Guid>))]
internal sealed partial class StateJsonContext : JsonSerializerContext;

/// <summary>An enum member as the API reference's word; a number or an unknown word is refused.</summary>
public sealed class WireNameJson<TEnum> : JsonConverter<TEnum> where TEnum : struct, Enum
{
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WireNames.Parse<TEnum>(reader.GetString() ?? "") ?? throw new JsonException($"Not a {typeof(TEnum).Name}.");

    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.WireName);
    }
}
