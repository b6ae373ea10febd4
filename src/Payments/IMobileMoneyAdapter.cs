using System.Security.Cryptography;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Webhooks;

namespace JikoXpress.Payments;

/// <summary>
/// One account at one aggregator. It takes one payment for a reference, either by a push to a phone, or because a guest
/// typed the reference into the phone's menu. These methods do not throw for errors of the aggregator: a timeout, a 5xx
/// or an answer that cannot be parsed has the outcome UNKNOWN, never FAILED. The one exception is
/// <see cref="PushNotSentException"/>.
/// </summary>
public interface IMobileMoneyAdapter
{
    /// <summary>The account's name, in the path of its webhooks and in each of its attempts.</summary>
    string Name { get; }

    /// <summary>True when it moves real money.</summary>
    bool LiveMode { get; }

    /// <summary>What the aggregator can do, and which forms it wants.</summary>
    MobileMoneyTerms Terms => MobileMoneyTerms.Simulator;

    /// <summary>Sends a push to the phone. A repeated call may ring the phone again unless the terms say that it does
    /// not.</summary>
    /// <exception cref="PushNotSentException">Nothing that could ring the phone has left this process.</exception>
    Task<PaymentReport> Push(PushRequest push, CancellationToken cancellation);

    Task<PaymentReport> Query(StatusQuery query, CancellationToken cancellation);

    /// <summary>Pays money back. Idempotent by reference.</summary>
    Task<RefundOutcome> Refund(RefundRequest refund, CancellationToken cancellation);

    /// <summary>Asks what became of a refund, and sends nothing that could pay it.</summary>
    Task<RefundOutcome> CheckRefund(RefundRequest refund, CancellationToken cancellation) =>
        Task.FromResult(RefundOutcome.Unknown);

    /// <summary>
    /// The payments that the aggregator has taken, by the time that it writes beside them. Null when it gives no list,
    /// or not a whole one now.
    /// </summary>
    /// <param name="from">The first day, in East Africa Time.</param>
    /// <param name="to">The last day, inclusive.</param>
    Task<IReadOnlyList<ListedPayment>?> List(DateOnly from, DateOnly to, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<ListedPayment>?>(null);

    /// <summary>Checks the secret last part of the webhooks' path.</summary>
    bool IsItsToken(string token);

    /// <summary>
    /// Verifies that a webhook is the aggregator's. It has no side effects, so any input can be tested.
    /// </summary>
    WebhookReading Read(Webhook webhook, DateTimeOffset now);

    /// <summary>
    /// Fetches the keys that verify webhooks, for aggregators that sign with keys of their own; at most once a minute.
    /// </summary>
    /// <returns>True when the keys are other than before, so that a webhook may be read again.</returns>
    Task<bool> RefreshKeys(CancellationToken cancellation) => Task.FromResult(false);

    /// <summary>Parses the body of a verified webhook; null when it contains no report.</summary>
    PaymentReport? Recall(ReadOnlySpan<byte> body);

    /// <summary>What the aggregator wants to hear when its webhook is stored.</summary>
    WebhookReply Reply => WebhookReply.Received;
}

/// <summary>Nothing was sent that could ring the phone: the push may be sent again later.</summary>
public sealed class PushNotSentException(string message, Exception? inner = null) : Exception(message, inner);

/// <param name="PhoneNumber">In E.164.</param>
/// <param name="Network">
/// The network that its owner has named, who knows a ported number better than its prefix; null when none was named, or
/// the terms do not ask for one.
/// </param>
public sealed record PushRequest(
    string Reference, string PhoneNumber, Money Amount, Currency Currency = Currency.Tzs,
    MobileNetwork? Network = null);

/// <summary>Asks what became of a push.</summary>
/// <param name="ProviderReference">The aggregator's own id for it; null when it is not known.</param>
public sealed record StatusQuery(string Reference, string? ProviderReference = null);

/// <param name="PhoneNumber">The phone to refund, if known; the aggregator also knows who paid the attempt.</param>
/// <param name="IsPayout">It goes to another phone than the one that paid the attempt.</param>
public sealed record RefundRequest(
    string Reference, string AttemptReference, string? PhoneNumber, Money Amount, Currency Currency = Currency.Tzs,
    bool IsPayout = false);

/// <param name="At">When the aggregator got it.</param>
public sealed record ListedPayment(PaymentReport Report, DateTimeOffset At);

public enum RefundOutcome
{
    Paid = 1,

    /// <summary>
    /// A certain no: nothing was paid under this reference, and nothing will be unless it is sent again.
    /// </summary>
    Refused,

    /// <summary>Under way, or the aggregator did not say: it may be paid yet.</summary>
    Unknown,
}

/// <summary>A webhook as it came.</summary>
/// <param name="Path">With its leading slash and without the query; signatures may cover it.</param>
/// <param name="Authority">The host that was asked for, in lower case, with the port if it is not the usual.</param>
/// <param name="Headers">By name in any case; several values of one name are joined by a comma.</param>
/// <param name="Body">The exact bytes received: signatures are over these, not over the parsed content.</param>
public sealed record Webhook(
    string Method, string Authority, string Path, IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body)
{
    /// <summary>The header's value; null when it is missing.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;

    /// <summary>Whether it is signed with the secret, as Standard Webhooks says, and its time is current.</summary>
    public bool IsSignedWith(string secret, DateTimeOffset now) =>
        StandardWebhook.IsGenuine(secret, Header, Body.Span, now);

    /// <summary>Tells one body from another, where the sender's own name for the event does not.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Body.Span))[..16];

    /// <summary>Headers whose names are found in any case.</summary>
    public static IReadOnlyDictionary<string, string> HeadersOf(IEnumerable<KeyValuePair<string, string>> headers) =>
        headers.ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase);
}

public abstract record WebhookReading
{
    private WebhookReading() { }

    /// <summary>The webhook was sent by the aggregator.</summary>
    public sealed record Genuine(string EventId) : WebhookReading;

    /// <summary>It is genuine, and about something that is no payment of ours: it is answered, not kept.</summary>
    /// <param name="Kind">The aggregator's word for it.</param>
    public sealed record Irrelevant(string Kind) : WebhookReading;

    /// <summary>
    /// The signature does not prove that the aggregator sent it, or its time is too old or in the future.
    /// </summary>
    public sealed record Unverified : WebhookReading;
}

/// <summary>The answer to a webhook that is stored.</summary>
public sealed record WebhookReply(int Status, string ContentType, string Body)
{
    public static WebhookReply Received { get; } = new(200, "application/json", """{"received":true}""");
}
