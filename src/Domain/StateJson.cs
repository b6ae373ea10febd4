using System.Text.Json;
using System.Text.Json.Serialization;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Inventory;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Orders;
using JikoXpress.Domain.Payments;
using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain;

/// <summary>
/// How states and events are kept: JSON with the reference's words, nothing written that is absent.
/// </summary>
public static class StateJson
{
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, typeof(T), StateJsonContext.Default);

    /// <exception cref="JsonException">The text was not written by <see cref="Write{T}"/>.</exception>
    public static T Read<T>(string text) =>
        (T?)JsonSerializer.Deserialize(text, typeof(T), StateJsonContext.Default)
        ?? throw new JsonException($"A stored {typeof(T).Name} is never null.");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(WordJson<SessionType>), typeof(WordJson<Channel>), typeof(WordJson<FulfillmentType>),
        typeof(WordJson<PaymentMethod>), typeof(WordJson<SessionStatus>),
        typeof(WordJson<CallerKind>), typeof(WordJson<LegStatus>), typeof(WordJson<EndReason>),
        typeof(WordJson<HappeningKind>), typeof(WordJson<Scarcity>), typeof(WordJson<AttemptStatus>),
        typeof(WordJson<ParkedWhy>), typeof(WordJson<BillStatus>), typeof(WordJson<BillHappeningKind>),
        typeof(WordJson<OrderStatus>), typeof(WordJson<TicketStatus>), typeof(WordJson<UnansweredOrders>),
        typeof(SequenceJsonFactory)])]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(Bill))]
[JsonSerializable(typeof(Cart))]
[JsonSerializable(typeof(CheckoutGroup))]
[JsonSerializable(typeof(StockAnnouncements))]
[JsonSerializable(typeof(StockLevel))]
[JsonSerializable(typeof(KitchenEvent))]
// The elements of sequences, whose converter asks for them by type.
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<Leg>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<Line>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<Operation>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<KeptHappening>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<Announcement>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<PaymentAttempt>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<Refund>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<OrderRefund>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<RefundedLeg>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<VoidedPlates>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<StockLine>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<BillLine>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<BillShare>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<BillPayment>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<BillHappening>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<CartLine>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<GroupMember>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<Guid>))]
internal sealed partial class StateJsonContext : JsonSerializerContext;

/// <summary>A word of the reference as JSON; a number or an unknown word is refused.</summary>
public sealed class WordJson<TEnum> : JsonConverter<TEnum> where TEnum : struct, Enum
{
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Words.Parse<TEnum>(reader.GetString() ?? "") ?? throw new JsonException($"Not a {typeof(TEnum).Name}.");

    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Word);
    }
}
