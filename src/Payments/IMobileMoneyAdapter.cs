using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Payments;

/// <summary>
/// One aggregator. It takes one payment for a reference, whether it was asked to ring a phone for it or a guest typed
/// it into the phone's menu. Nothing here throws for what an aggregator may do: a time-out, a 5xx or an answer that
/// nobody understands is an outcome, UNKNOWN, and never a failure.
/// </summary>
public interface IMobileMoneyAdapter
{
    /// <summary>As in the path of its webhooks, and in every attempt that it carries.</summary>
    string Name { get; }

    /// <summary>It moves real money.</summary>
    bool LiveMode { get; }

    /// <summary>Rings the phone. The same reference rings once, however often it is pushed.</summary>
    Task<PaymentReport> Push(PushRequest push, CancellationToken cancellation);

    Task<PaymentReport> Query(string reference, CancellationToken cancellation);

    /// <summary>Pays money back; the same reference pays once. False when that may not have happened yet.</summary>
    Task<bool> Refund(RefundRequest refund, CancellationToken cancellation);

    /// <summary>The secret last part of the webhooks' path.</summary>
    bool IsItsToken(string token);

    /// <summary>Whose a webhook is: pure, so that whatever anybody sends can be tried on it.</summary>
    WebhookReading Read(Webhook webhook, DateTimeOffset now);

    /// <summary>What a genuine webhook's body says; null where it says nothing of use.</summary>
    PaymentReport? Recall(ReadOnlySpan<byte> body);
}

public sealed record PushRequest(string Reference, string PhoneNumber, Money Amount);

/// <param name="PhoneNumber">Where it goes, as far as that is known: the aggregator knows who paid the attempt.</param>
public sealed record RefundRequest(string Reference, string AttemptReference, string? PhoneNumber, Money Amount);

/// <param name="Body">As it came, byte by byte: what is signed is this, and nothing that was read from it.</param>
public sealed record Webhook(string? Id, string? Timestamp, string? Signature, ReadOnlyMemory<byte> Body);

public abstract record WebhookReading
{
    private WebhookReading() { }

    /// <summary>The aggregator's own words.</summary>
    public sealed record Genuine(string EventId) : WebhookReading;

    /// <summary>Not proven to be the aggregator's, or of another time.</summary>
    public sealed record Unverified : WebhookReading;
}
