using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Grains.Ports;

/// <summary>
/// The payment attempts that are due. A claim keeps an attempt from other processes for a while; if the process dies,
/// the claim ends and another process takes the attempt.
/// </summary>
public interface IAttempts
{
    Task<IReadOnlyList<AttemptWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit);

    /// <summary>The session that an attempt belongs to; null where no attempt has this reference.</summary>
    Task<AttemptWork?> Find(string reference);

    /// <summary>
    /// Notes that the push is about to be sent. True for one caller only, whatever claims have ended meanwhile: it is
    /// for pushes that ring the phone once more each time they are sent.
    /// </summary>
    Task<bool> BeginPush(AttemptWork claimed);

    /// <summary>Takes back what <see cref="BeginPush"/> noted: nothing has reached the aggregator.</summary>
    Task PushNotSent(AttemptWork claimed);

    /// <summary>
    /// Called after the aggregator got the push or a query; it is asked again at <paramref name="at"/>, or never when
    /// that is null. A change that was stored since the attempt was claimed is not overwritten.
    /// </summary>
    /// <param name="providerReference">
    /// The aggregator's own id for the attempt, if it has told one: the first one is kept.
    /// </param>
    Task LookAgain(AttemptWork claimed, DateTimeOffset? at, string? providerReference = null);

    /// <summary>
    /// Has the aggregator asked at <paramref name="at"/>, even when the attempt's outcome is known; but never within
    /// ten seconds of the last query, however often this is called. An unknown reference is ignored.
    /// </summary>
    Task LookSoon(string reference, DateTimeOffset at);
}

/// <param name="PhoneNumber">
/// The phone to push to; null for an attempt by reference, which pushes to none, and for one by card.
/// </param>
/// <param name="Pushed">The aggregator has the push, or needs none; from now on it is only queried.</param>
/// <param name="AskBy">When the session expires.</param>
/// <param name="LookAt">When the attempt is due next; of a claimed attempt, when the claim ends.</param>
/// <param name="ProviderReference">The aggregator's own id for it, for queries; null when it is not known.</param>
public sealed record AttemptWork(
    string Reference, Guid SessionId, string Adapter, string? PhoneNumber, Money Amount, DateTimeOffset StartedAt,
    DateTimeOffset AskBy, bool Pushed, DateTimeOffset? LookAt, string? ProviderReference = null,
    Currency Currency = Currency.Tzs)
{
    /// <summary>
    /// The process that commits a push also claims it, for longer than it waits for the aggregator's answer.
    /// </summary>
    private static readonly TimeSpan FirstClaim = TimeSpan.FromSeconds(8);

    /// <summary>
    /// When the phone that the push rings is free again without an outcome; null for an attempt that rings none.
    /// </summary>
    public DateTimeOffset? RingsUntil => this is { Pushed: false, PhoneNumber: not null }
        ? PhonePrompts.Ends(StartedAt, AskBy)
        : null;

    /// <summary>
    /// The work for an attempt that has just been stored: a push to a phone, a query about a reference, or nothing when
    /// it is paid already, or a till's: a till cannot be asked.
    /// </summary>
    public static AttemptWork Of(Effect.StartAttempt start)
    {
        var attempt = start.Attempt;
        var (pushed, lookAt) = attempt switch
        {
            { Status: AttemptStatus.Succeeded } => (true, (DateTimeOffset?)null),
            _ when TillNames.IsTill(attempt.Adapter) => (true, null),
            { PhoneNumber: null, Card: null } => (true, attempt.StartedAt),
            _ => (false, attempt.StartedAt + FirstClaim),
        };
        return new AttemptWork(
            attempt.Reference, start.SessionId, attempt.Adapter, attempt.PhoneNumber, start.Amount, attempt.StartedAt,
            start.AskBy, pushed, lookAt, Currency: start.Currency);
    }
}

/// <summary>The receipts of networks and aggregators: each belongs to one reference.</summary>
public interface IReceipts
{
    /// <summary>
    /// Notes that a receipt belongs to a reference, and returns the reference that it belongs to. When that is another
    /// one, the conflict is stored for people to see.
    /// </summary>
    Task<string> Claim(string adapter, string receipt, string reference, DateTimeOffset at);
}

/// <summary>The refunds that are due.</summary>
public interface IRefunds
{
    /// <summary>A claim makes the last answer void: from now on the money may be on its way.</summary>
    Task<IReadOnlyList<RefundWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit);

    /// <summary>
    /// The refund is not paid, and tried again at <paramref name="at"/>. When it was claimed again meanwhile, this
    /// answer counts for nothing.
    /// </summary>
    /// <param name="refusedAt">When the aggregator's answer was a certain no; null when it was not.</param>
    Task TryAgain(RefundWork claimed, DateTimeOffset at, DateTimeOffset? refusedAt);
}

/// <param name="Tries">This one included.</param>
/// <param name="IsPayout">It goes to another phone than the one that paid.</param>
public sealed record RefundWork(
    string Reference, string AttemptReference, Guid SessionId, string Adapter, string? PhoneNumber, Money Amount,
    int Tries, Currency Currency = Currency.Tzs, bool IsPayout = false);

/// <summary>
/// The webhook events of aggregators. Each is stored once, as it came, before the webhook is answered.
/// </summary>
public interface IPaymentInbox
{
    /// <summary>Stores an event; null when it is stored already.</summary>
    Task<InboxWork?> Keep(NewEvent arrived);

    Task<IReadOnlyList<InboxWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit);

    Task Done(long id);

    /// <summary>For an event whose payment attempt is not stored yet.</summary>
    Task Postpone(long id, DateTimeOffset until);
}

/// <param name="LookAt">From when on any process may claim it.</param>
public sealed record NewEvent(
    string Adapter, string EventId, byte[] Body, DateTimeOffset ReceivedAt, DateTimeOffset LookAt);

public sealed record InboxWork(long Id, string Adapter, byte[] Body, DateTimeOffset ReceivedAt);
