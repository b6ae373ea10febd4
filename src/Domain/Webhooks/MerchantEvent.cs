using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace JikoXpress.Domain.Webhooks;

/// <summary>
/// An event of a store as its merchant sees it, in webhooks and in the feed: an envelope around the kitchen's event.
/// A new kind of <see cref="KitchenEvent"/> comes to merchants by itself; what it holds is then a promise to them.
/// </summary>
/// <param name="Position">Among all events: of two events of one object, the later has the larger one.</param>
public sealed record MerchantEvent(long Position, Guid StoreId, DateTimeOffset At, bool LiveMode, KitchenEvent Event)
{
    private const string IdPrefix = "evt_";
    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The type of an event that a merchant asks for to try a subscription.</summary>
    public const string TestType = "webhook.test";

    private static readonly Dictionary<Type, string> Names = typeof(KitchenEvent)
        .GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(kind => kind.DerivedType, kind => (string)kind.TypeDiscriminator!);

    /// <summary>How sessions end, each a type of its own.</summary>
    private static readonly Sequence<Ending> Endings =
    [
        new(SessionStatus.Expired, "checkout_session.expired"),
        new(SessionStatus.Cancelled, "checkout_session.cancelled"),
        new(SessionStatus.Failed, "checkout_session.failed"),
    ];

    /// <summary>Every type that a subscription can name.</summary>
    public static Sequence<string> Types { get; } =
    [
        .. Names.Where(kind => kind.Key != typeof(KitchenEvent.SessionEnded)).Select(kind => kind.Value)
            .Concat(Endings.Select(ending => ending.Type))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The same in the feed and in every delivery: by it a receiver knows what it has had.</summary>
    public string Id => IdOf(Position);

    public string Type => Event is KitchenEvent.SessionEnded ended
        ? Endings.First(ending => ending.Status == ended.Status).Type
        : Names[Event.GetType()];

    /// <summary>What the event says, without its type.</summary>
    public JsonObject Data()
    {
        var data = JsonNode.Parse(StateJson.Write(Event))?.AsObject()
            ?? throw new InvalidOperationException("An event is a JSON object.");
        data.Remove("type");
        return data;
    }

    /// <summary>The session that it is about; null when it is about something else.</summary>
    public Guid? SessionId => Data()["sessionId"]?.GetValue<Guid>();

    /// <summary>The body of its webhook.</summary>
    public string Body() => Body(Id, Type, At, LiveMode, StoreId, Position, Data());

    public static string TestBody(string id, DateTimeOffset at, bool liveMode) =>
        Body(id, TestType, at, liveMode, storeId: null, position: null, []);

    public static string IdOf(long position) => IdPrefix + position.ToString(CultureInfo.InvariantCulture);

    /// <summary>Null when it is no id of an event of a store.</summary>
    public static long? PositionOf(string id) =>
        id.StartsWith(IdPrefix, StringComparison.Ordinal)
        && long.TryParse(id.AsSpan(IdPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
        && IdOf(position) == id
            ? position
            : null;

    private static string Body(
        string id, string type, DateTimeOffset at, bool liveMode, Guid? storeId, long? position, JsonObject data)
    {
        var body = new JsonObject
        {
            ["id"] = id,
            ["object"] = "event",
            ["type"] = type,
            ["created"] = at.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture),
            ["livemode"] = liveMode,
        };
        if (storeId is { } store) body["storeId"] = store;
        if (position is { } sequence) body["sequence"] = sequence;
        body["data"] = data;
        return body.ToJsonString();
    }

    private sealed record Ending(SessionStatus Status, string Type);
}
