using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Payments;

/// <summary>
/// One aggregator. It takes one payment for a reference, either by a push to a phone, or because a guest typed the
/// reference into the phone's menu. These methods do not throw for errors of the aggregator: a timeout, a 5xx or an
/// answer that cannot be parsed has the outcome UNKNOWN, never FAILED.
/// </summary>
public interface IMobileMoneyAdapter
{
    /// <summary>The name in the path of its webhooks and in each of its attempts.</summary>
    string Name { get; }

    /// <summary>True when it moves real money.</summary>
    bool LiveMode { get; }

    /// <summary>Sends a push to the phone. Idempotent: the same reference is pushed to the phone only once.</summary>
    Task<PaymentReport> Push(PushRequest push, CancellationToken cancellation);

    Task<PaymentReport> Query(string reference, CancellationToken cancellation);

    /// <summary>Pays money back. Idempotent by reference. False when it may not have happened yet.</summary>
    Task<bool> Refund(RefundRequest refund, CancellationToken cancellation);

    /// <summary>Checks the secret last part of the webhooks' path.</summary>
    bool IsItsToken(string token);

    /// <summary>
    /// Verifies that a webhook is the aggregator's. It has no side effects, so any input can be tested.
    /// </summary>
    WebhookReading Read(Webhook webhook, DateTimeOffset now);

    /// <summary>Parses the body of a verified webhook; null when it contains no report.</summary>
    PaymentReport? Recall(ReadOnlySpan<byte> body);
}

public sealed record PushRequest(string Reference, string PhoneNumber, Money Amount);

/// <param name="PhoneNumber">The phone to refund, if known; the aggregator also knows who paid the attempt.</param>
public sealed record RefundRequest(string Reference, string AttemptReference, string? PhoneNumber, Money Amount);

/// <param name="Body">The exact bytes received: the signature is over these, not over the parsed content.</param>
public sealed record Webhook(string? Id, string? Timestamp, string? Signature, ReadOnlyMemory<byte> Body);

public abstract record WebhookReading
{
    private WebhookReading() { }

    /// <summary>The webhook was sent by the aggregator.</summary>
    public sealed record Genuine(string EventId) : WebhookReading;

    /// <summary>
    /// The signature does not prove that the aggregator sent it, or its time is too old or in the future.
    /// </summary>
    public sealed record Unverified : WebhookReading;
}
