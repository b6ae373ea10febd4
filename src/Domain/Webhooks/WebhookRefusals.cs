using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Webhooks;

/// <summary>The refusals of merchants' webhooks.</summary>
public static class WebhookRefusals
{
    public static Refusal UrlInvalid(string pointer) => new(
        Rules, "url-invalid",
        $"An https address of at most {OutboundAddress.Longest} characters on a public host, by its name, without a "
        + "password. In test mode the own machine will do.",
        pointer);

    public static Refusal TypesOutOfRange { get; } = new(
        Rules, "too-many-items", $"1 to {WebhookRules.MostTypes} types, or * for all.", "/eventTypes");

    public static Refusal TypeUnknown(int place) => new(
        Rules, "word-not-known", "There are no events of this type.", $"/eventTypes/{place}",
        [new RefusalDetail("allowed", string.Join(", ", MerchantEvent.Types.Order(StringComparer.Ordinal)))]);

    public static Refusal OverlapOutOfRange { get; } = new(
        Rules, "expiry-out-of-range", $"0 to {WebhookRules.LongestOverlap} hours.", "/overlapHours");

    public static Refusal ReplayEmpty { get; } = new(
        Rules, "replay-out-of-range", "The span ends before it begins.", "/to");

    public static Refusal ReplayTooLong { get; } = new(
        Rules, "replay-out-of-range",
        $"More than {WebhookRules.MostReplayed} events are in this span: replay shorter ones, one after the other.",
        "/to");

    public static Refusal StoreNotFound(int place) => new(
        NotThere, "store-not-found", "Store not found", $"/storeIds/{place}");

    public static Refusal NotFound { get; } = new(NotThere, "not-found", "There is no such subscription.");

    public static Refusal DeliveryNotFound { get; } = new(NotThere, "not-found", "There is no such delivery.");

    public static Refusal TooManySubscriptions { get; } = new(
        State, "limit-reached", $"A merchant can have at most {WebhookRules.MostSubscriptions} subscriptions.");

    public static Refusal TooManySecrets { get; } = new(
        State, "limit-reached", $"At most {WebhookRules.MostSecrets} secrets can be good at one time.");

    public static Refusal Disabled { get; } = new(
        State, "webhook-disabled", "The subscription is disabled: nothing is sent there.");
}
