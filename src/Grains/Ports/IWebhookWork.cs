using JikoXpress.Domain;
using JikoXpress.Domain.Webhooks;

namespace JikoXpress.Grains.Ports;

/// <summary>Makes a delivery of each event for each subscription that wants it.</summary>
public interface IWebhookFanOut
{
    /// <summary>
    /// Looks at the next events, each of them once, whatever happens and however many processes look. Returns how many
    /// it has looked at; 0 also while another process is at it.
    /// </summary>
    Task<int> Look();
}

/// <summary>The webhooks to merchants that wait to be sent.</summary>
public interface IWebhookDeliveries
{
    /// <summary>Takes deliveries that are due: no other process takes them before the lease ends.</summary>
    Task<IReadOnlyList<WebhookWork>> Claim(WebhookClaim claim, DateTimeOffset now);

    /// <summary>Stores a try and what follows from it. True if it has disabled the subscription.</summary>
    Task<bool> Note(WebhookWork work, WebhookTry made, DeliveryVerdict verdict);
}

/// <summary>Receivers that share a limit on how many deliveries are under way.</summary>
public enum WebhookPool
{
    /// <summary>Subscriptions whose receiver has taken the last event that it was sent.</summary>
    Well = 1,

    /// <summary>Subscriptions whose receiver has not.</summary>
    Failing,

    /// <summary>The addresses that sessions name.</summary>
    Callback,
}

/// <summary>What one process can take on.</summary>
/// <param name="Most">In all.</param>
/// <param name="MostOfOne">Of one subscription, with those that are under way.</param>
/// <param name="UnderWay">How many this process has under way, by subscription.</param>
public sealed record WebhookClaim(
    WebhookPool Pool, int Most, int MostOfOne, IReadOnlyDictionary<Guid, int> UnderWay, TimeSpan Lease);

/// <summary>A delivery to try now.</summary>
/// <param name="Tries">How many there were since it was begun, or begun anew.</param>
/// <param name="Attempts">How many there were in all.</param>
/// <param name="Secrets">Those that are good now, the newest first.</param>
public sealed record WebhookWork(
    Guid Id, Guid SubscriptionId, bool IsCallback, bool LiveMode, string Url, string EventId, string Body, int Tries,
    int Attempts, Sequence<string> Secrets);

/// <summary>A try as it is logged.</summary>
/// <param name="Answer">The beginning of the answer's body; null where there is none.</param>
public sealed record WebhookTry(DeliveryTry Outcome, DateTimeOffset At, TimeSpan Took, string? Answer);
