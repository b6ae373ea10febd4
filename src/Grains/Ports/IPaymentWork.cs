using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Grains.Ports;

/// <summary>
/// The pushes whose turn has come. Claiming one keeps it from other hosts for a while; whoever dies with it leaves it
/// to the next.
/// </summary>
public interface IAttempts
{
    Task<IReadOnlyList<AttemptWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit);

    /// <summary>The session that an attempt belongs to; null where no attempt has this reference.</summary>
    Task<AttemptWork?> Find(string reference);

    /// <summary>
    /// The aggregator was told or asked; it is asked again then, or not at all. What somebody else has decided since
    /// the attempt was claimed stands.
    /// </summary>
    Task LookAgain(AttemptWork claimed, DateTimeOffset? at);

    /// <summary>
    /// The aggregator is asked then, even where it was known what came of it; but never within ten seconds of the last
    /// time, however often this is wanted. A reference that nobody knows is nobody's.
    /// </summary>
    Task LookSoon(string reference, DateTimeOffset at);
}

/// <param name="PhoneNumber">The phone to ring; null for a reference, which rings none.</param>
/// <param name="Pushed">The aggregator has been told, or need not be; from then on it is only asked.</param>
/// <param name="AskBy">When the session's time is over.</param>
/// <param name="LookAt">When somebody looks at it next; of a claimed attempt, when the claim ends.</param>
public sealed record AttemptWork(
    string Reference, Guid SessionId, string Adapter, string? PhoneNumber, Money Amount, DateTimeOffset StartedAt,
    DateTimeOffset AskBy, bool Pushed, DateTimeOffset? LookAt)
{
    /// <summary>
    /// A push is claimed by the host that commits it: for longer than that waits for an aggregator's answer.
    /// </summary>
    private static readonly TimeSpan FirstClaim = TimeSpan.FromSeconds(8);

    /// <summary>
    /// What there is to do for an attempt that has just been stored: a phone to ring, a reference to ask about, or
    /// nothing where it has been paid already.
    /// </summary>
    public static AttemptWork Of(Effect.StartAttempt start)
    {
        var attempt = start.Attempt;
        var (pushed, lookAt) = attempt switch
        {
            { Status: AttemptStatus.Succeeded } => (true, (DateTimeOffset?)null),
            { PhoneNumber: null } => (true, attempt.StartedAt),
            _ => (false, attempt.StartedAt + FirstClaim),
        };
        return new AttemptWork(
            attempt.Reference, start.SessionId, attempt.Adapter, attempt.PhoneNumber, start.Amount, attempt.StartedAt,
            start.AskBy, pushed, lookAt);
    }
}

/// <summary>The refunds whose turn has come.</summary>
public interface IRefunds
{
    Task<IReadOnlyList<RefundWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit);

    Task TryAgain(string reference, DateTimeOffset at);
}

public sealed record RefundWork(
    string Reference, string AttemptReference, Guid SessionId, string Adapter, string? PhoneNumber, Money Amount,
    int Tries);

/// <summary>What aggregators sent, kept as it came before it is answered, each event once.</summary>
public interface IPaymentInbox
{
    /// <summary>Keeps an event; null where it is there already.</summary>
    Task<InboxWork?> Keep(NewEvent arrived);

    Task<IReadOnlyList<InboxWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit);

    Task Done(long id);

    /// <summary>Nobody knows what it is about yet.</summary>
    Task Postpone(long id, DateTimeOffset until);
}

/// <param name="LookAt">When anybody may claim it.</param>
public sealed record NewEvent(
    string Adapter, string EventId, byte[] Body, DateTimeOffset ReceivedAt, DateTimeOffset LookAt);

public sealed record InboxWork(long Id, string Adapter, byte[] Body, DateTimeOffset ReceivedAt);
