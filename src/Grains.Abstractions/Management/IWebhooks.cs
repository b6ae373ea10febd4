using JikoXpress.Domain;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>
/// Where a merchant's events are sent. One subscription of each merchant is built in: that of the callbackUrl of its
/// sessions, which has secrets and deliveries as the others, and no address.
/// </summary>
public interface IWebhooks
{
    /// <summary>The newest first, without the one that is built in.</summary>
    Task<IReadOnlyList<WebhookSubscription>> List(Guid merchantId);

    Task<Reply<WebhookSubscription>> Find(Guid merchantId, Guid subscriptionId);

    Task<Reply<NewWebhookSubscription>> Add(WebhookOwner owner, WebhookPlan plan, SecretOperation? once = null);

    Task<Reply<WebhookSubscription>> Change(WebhookOwner owner, Guid subscriptionId, WebhookChange change);

    /// <summary>Ends it; what waits is not sent any more.</summary>
    Task<Reply<WebhookSubscription>> Remove(Guid merchantId, Guid subscriptionId);

    /// <summary>Makes another secret; the others sign beside it for some hours more.</summary>
    /// <param name="overlapHours">0 ends them at once.</param>
    Task<Reply<NewWebhookSecret>> RotateSecret(
        Guid merchantId, Guid subscriptionId, int overlapHours, SecretOperation? once = null);

    /// <summary>The built-in one, and the secrets of callbacks that are good now; made when it is first asked for.
    /// </summary>
    Task<Reply<CallbackSecrets>> Callback(Guid merchantId);
}

/// <summary>What was delivered to a subscription, and how to have it again.</summary>
public interface IWebhookLog
{
    /// <param name="state">PENDING, DELIVERED or FAILED; null for all.</param>
    Task<Page<WebhookDelivery>> List(Guid subscriptionId, string? state, PageRequest page);

    /// <summary>Begins a delivery anew, under the same webhook-id.</summary>
    Task<Reply<WebhookDelivery>> Replay(Guid merchantId, Guid subscriptionId, Guid deliveryId);

    /// <summary>Begins the deliveries of all events of a span anew, those that were not made before among them.
    /// </summary>
    /// <param name="from">Included.</param>
    /// <param name="to">Not included.</param>
    Task<Reply<WebhookReplay>> Replay(
        WebhookOwner owner, Guid subscriptionId, DateTimeOffset from, DateTimeOffset to);

    /// <summary>Sends an event that says nothing.</summary>
    Task<Reply<WebhookDelivery>> Test(Guid merchantId, Guid subscriptionId);
}

/// <summary>The merchant whose key asks.</summary>
public sealed record WebhookOwner(Guid MerchantId, bool LiveMode, Sequence<Guid> Stores);

/// <param name="Url">Null for the one that is built in.</param>
/// <param name="EventTypes">Null for all.</param>
/// <param name="StoreIds">Null for all of the merchant's.</param>
/// <param name="DisabledBecause">MERCHANT, GONE or FAILING; null while it is enabled.</param>
/// <param name="FailingSince">Null while the receiver takes what it gets.</param>
/// <param name="Secrets">Those that are good now.</param>
public sealed record WebhookSubscription(
    Guid Id, Guid MerchantId, string? Url, Sequence<string>? EventTypes, Sequence<Guid>? StoreIds, string? Description,
    bool LiveMode, bool Enabled, string? DisabledBecause, DateTimeOffset? FailingSince, DateTimeOffset CreatedAt,
    Sequence<WebhookSecret> Secrets);

/// <param name="ExpiresAt">When one that was replaced ends.</param>
public sealed record WebhookSecret(Guid Id, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

/// <param name="Secret">Shown this once.</param>
public sealed record NewWebhookSubscription(WebhookSubscription Subscription, string Secret);

/// <param name="Text">Shown this once.</param>
public sealed record NewWebhookSecret(WebhookSecret Secret, string Text);

/// <summary>The secrets that a merchant's callbacks are signed with, the newest first.</summary>
public sealed record CallbackSecrets(Guid SubscriptionId, Sequence<NewWebhookSecret> Secrets);

/// <param name="Id">Of the delivery.</param>
/// <param name="EventId">The header webhook-id.</param>
/// <param name="Url">Where it goes; null once the subscription is removed.</param>
/// <param name="NextTryAt">Null when no try is to come.</param>
/// <param name="Attempts">The newest first.</param>
public sealed record WebhookDelivery(
    Guid Id, Guid SubscriptionId, string EventId, string Type, string Body, string? Url, string State,
    DateTimeOffset CreatedAt, DateTimeOffset? NextTryAt, DateTimeOffset? DoneAt, Sequence<WebhookAttempt> Attempts);

/// <param name="Status">Null where there was no answer.</param>
/// <param name="Error">Null where it was a success.</param>
/// <param name="Answer">The beginning of the answer's body.</param>
public sealed record WebhookAttempt(
    int Number, string Url, DateTimeOffset At, long Milliseconds, int? Status, string? Error, string? Answer);

/// <param name="Events">How many are sent again.</param>
/// <param name="LeftOut">How many this build cannot read, after a newer one has run here.</param>
public sealed record WebhookReplay(int Events, int LeftOut);
