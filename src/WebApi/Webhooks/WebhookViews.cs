using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using JikoXpress.Domain;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using static JikoXpress.Domain.Webhooks.WebhookRules;

namespace JikoXpress.WebApi.Webhooks;

/// <summary>A subscription to make.</summary>
/// <param name="Url">An https address on a public host, by its name. Test keys may name their own machine.</param>
/// <param name="EventTypes">The types to send, or `*`; left out, all of them, those of later versions too.</param>
/// <param name="StoreIds">The stores whose events are sent; left out, or empty, all of the merchant's.</param>
/// <param name="Description">For the merchant's own notes.</param>
/// <param name="Enabled">False makes it without sending anything yet.</param>
internal sealed record NewWebhookBody(
    [Length(1, OutboundAddress.Longest)] string Url,
    [Length(1, MostTypes)] IReadOnlyList<string>? EventTypes = null,
    IReadOnlyList<Guid>? StoreIds = null,
    [Length(1, LongestDescription)] string? Description = null,
    [DefaultValue(true)] bool? Enabled = null)
{
    public WebhookPlan Command() =>
        new(Url, EventTypes?.ToSequence(), StoreIds?.ToSequence(), Description, Enabled ?? true);
}

/// <summary>A change of a subscription. What is left out stays.</summary>
/// <param name="Url">For what waits, too.</param>
/// <param name="EventTypes">The types to send from now on, or `*` for all.</param>
/// <param name="StoreIds">The stores whose events are sent from now on; an empty list for all.</param>
/// <param name="Enabled">False stops it: what waits is kept, and new events are not. True starts it again.</param>
internal sealed record WebhookChangeBody(
    [Length(1, OutboundAddress.Longest)] string? Url = null,
    [Length(1, MostTypes)] IReadOnlyList<string>? EventTypes = null,
    IReadOnlyList<Guid>? StoreIds = null,
    [Length(1, LongestDescription)] string? Description = null,
    bool? Enabled = null)
{
    public WebhookChange Command() =>
        new(Url, EventTypes?.ToSequence(), StoreIds?.ToSequence(), Description, Enabled);
}

/// <summary>How a secret is replaced.</summary>
/// <param name="OverlapHours">How long the others sign beside the new one.</param>
internal sealed record RotateSecretBody(
    [Range(0, LongestOverlap), DefaultValue(UsualOverlap)] int? OverlapHours = null);

/// <summary>The span whose events are sent again.</summary>
/// <param name="From">Events of this moment are the first.</param>
/// <param name="To">Events of this moment are not sent any more.</param>
internal sealed record ReplaySpanBody(DateTimeOffset From, DateTimeOffset To);

/// <summary>Where a merchant's events are sent.</summary>
/// <param name="EventTypes">`*` alone for all.</param>
/// <param name="StoreIds">Left out for all of the merchant's stores.</param>
/// <param name="DisabledReason">
/// MERCHANT: by its own wish. GONE: the receiver has answered 410. FAILING: it has taken nothing for five days.
/// </param>
/// <param name="FailingSince">Since when the receiver has taken nothing; left out while it takes what it gets.</param>
/// <param name="Secrets">Those that sign now.</param>
internal sealed record WebhookSubscriptionView(
    Guid Id, string Url, IReadOnlyList<string> EventTypes, IReadOnlyList<Guid>? StoreIds, string? Description,
    bool Livemode, bool Enabled, string? DisabledReason, DateTimeOffset? FailingSince, DateTimeOffset CreatedAt,
    IReadOnlyList<WebhookSecretView> Secrets)
{
    public string Object { get; } = "webhook_subscription";

    /// <summary>What deliveries are signed with. Shown once, when the subscription is made.</summary>
    public string? Secret { get; init; }

    public static WebhookSubscriptionView Of(WebhookSubscription subscription) => new(
        subscription.Id, subscription.Url ?? "", subscription.EventTypes ?? [AllTypes], subscription.StoreIds,
        subscription.Description, subscription.LiveMode, subscription.Enabled, subscription.DisabledBecause,
        subscription.FailingSince, subscription.CreatedAt, [.. subscription.Secrets.Select(WebhookSecretView.Of)]);

    public static WebhookSubscriptionView Of(NewWebhookSubscription made) =>
        Of(made.Subscription) with { Secret = made.Secret };
}

/// <summary>A secret that deliveries are signed with.</summary>
/// <param name="ExpiresAt">When one that was replaced signs no more.</param>
internal sealed record WebhookSecretView(Guid Id, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    public string Object { get; } = "webhook_secret";

    /// <summary>`whsec_` and the key in base64.</summary>
    public string? Secret { get; init; }

    public static WebhookSecretView Of(WebhookSecret secret) => new(secret.Id, secret.CreatedAt, secret.ExpiresAt);

    public static WebhookSecretView Of(NewWebhookSecret made) => Of(made.Secret) with { Secret = made.Text };
}

/// <summary>What signs the webhooks to the callbackUrl of the merchant's sessions.</summary>
/// <param name="Secrets">Those that sign now, the newest first.</param>
internal sealed record WebhookCallbackView(IReadOnlyList<WebhookSecretView> Secrets)
{
    public string Object { get; } = "webhook_callback";

    public static WebhookCallbackView Of(CallbackSecrets callback) =>
        new([.. callback.Secrets.Select(WebhookSecretView.Of)]);
}

/// <summary>An event for one subscription, and what became of it.</summary>
/// <param name="Status">PENDING, DELIVERED, or FAILED after the last try.</param>
/// <param name="Request">The body, byte by byte as it is signed.</param>
/// <param name="NextTryAt">Left out when no try is to come.</param>
/// <param name="Attempts">The newest first.</param>
internal sealed record WebhookDeliveryView(
    Guid Id, string EventId, string Type, string Status, string? Url, string Request, DateTimeOffset CreatedAt,
    DateTimeOffset? NextTryAt, DateTimeOffset? DoneAt, IReadOnlyList<WebhookAttemptView> Attempts)
{
    public string Object { get; } = "webhook_delivery";

    public static WebhookDeliveryView Of(WebhookDelivery delivery) => new(
        delivery.Id, delivery.EventId, delivery.Type, delivery.State, delivery.Url, delivery.Body, delivery.CreatedAt,
        delivery.NextTryAt, delivery.DoneAt,
        [
            .. delivery.Attempts.Select(attempt => new WebhookAttemptView(
                attempt.Number, attempt.Url, attempt.At, attempt.Milliseconds, attempt.Status, attempt.Error,
                attempt.Answer)),
        ]);
}

/// <summary>One try to deliver.</summary>
/// <param name="DurationMilliseconds">Until the answer was there, or was given up.</param>
/// <param name="HttpStatus">Of the answer; left out where there was none.</param>
/// <param name="Error">
/// status, redirect, timeout, connection, tls, name-unknown, address-refused or no-secret; left out for a success.
/// </param>
/// <param name="Answer">The first KB of the answer's body.</param>
internal sealed record WebhookAttemptView(
    int Number, string Url, DateTimeOffset At, long DurationMilliseconds, int? HttpStatus, string? Error,
    string? Answer);

/// <summary>A span that is sent again.</summary>
/// <param name="Events">How many events there are in it for this subscription.</param>
/// <param name="LeftOut">
/// How many events of its stores this server cannot read, since a newer version of it has written them. Replay the span
/// again when the server is upgraded; 0 otherwise.
/// </param>
internal sealed record WebhookReplayView(int Events, int LeftOut)
{
    public string Object { get; } = "webhook_replay";
}

/// <summary>Something that happened in a store: what a webhook has as its body.</summary>
/// <param name="Id">The `webhook-id` of its deliveries.</param>
/// <param name="Type">As in `checkout_session.confirmed`; docs/webhooks.md has all.</param>
/// <param name="Sequence">Of two events of one object, the later has the larger number.</param>
/// <param name="Data">What it is about, by ids: ask for the object itself to see how it stands.</param>
internal sealed record EventView(
    string Id, string Type, DateTimeOffset Created, bool Livemode, Guid StoreId, long Sequence,
    IReadOnlyDictionary<string, JsonElement> Data)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "event";

    public static EventView Of(MerchantEvent told) => new(
        told.Id, told.Type, told.At, told.LiveMode, told.StoreId, told.Position,
        told.Data().ToDictionary(member => member.Key, member => Element(member.Value)));

    private static JsonElement Element(JsonNode? node) => JsonElement.Parse(node?.ToJsonString() ?? "null");
}

// The queries for the API document; the endpoints read them.

/// <param name="Status">Only deliveries that stand so.</param>
internal sealed record ListDeliveriesQuery(
    [AllowedValues("PENDING", "DELIVERED", "FAILED")] string? Status) : PageQuery;

/// <param name="After">The last event that is known: `paging.after` of a page. Left out, from the oldest.</param>
/// <param name="Limit">Largest number of events in the answer.</param>
/// <param name="Type">Only events of this type.</param>
/// <param name="WaitSeconds">How long to wait for an event where there is none.</param>
internal sealed record ListEventsQuery(
    string? After,
    [Range(1, Query.LargestLimit), DefaultValue(Query.DefaultLimit)] int? Limit,
    string? Type,
    [Range(1, EventEndpoints.LongestWait)] int? WaitSeconds);

/// <summary>JSON of webhooks: camelCase, and no members that are null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(InstantJson)])]
[JsonSerializable(typeof(WebhookSubscriptionView))]
[JsonSerializable(typeof(ListView<WebhookSubscriptionView>))]
[JsonSerializable(typeof(WebhookSecretView))]
[JsonSerializable(typeof(WebhookCallbackView))]
[JsonSerializable(typeof(WebhookDeliveryView))]
[JsonSerializable(typeof(ListView<WebhookDeliveryView>))]
[JsonSerializable(typeof(WebhookReplayView))]
[JsonSerializable(typeof(ListView<EventView>))]
internal sealed partial class WebhookJson : JsonSerializerContext;
