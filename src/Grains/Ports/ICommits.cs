using System.Diagnostics;
using JikoXpress.Domain;

namespace JikoXpress.Grains.Ports;

public enum GrainKind
{
    Session = 1,
    Inventory,
    Bill,
    Cart,

    /// <summary>
    /// No grain: effects without a grain, such as a top-up. No state is stored, but the operation's answer is.
    /// </summary>
    None,
}

/// <summary>
/// Writes a grain's new state with all its effects in one transaction. Grains change rows in no other way. Commits that
/// arrive together share a transaction; each has its own answer.
/// </summary>
public interface ICommits
{
    /// <exception cref="CommitUnknownException">The answer was lost: it may have been committed or not.</exception>
    /// <exception cref="StoreBusyException">Nothing was committed; the same commit may succeed later.</exception>
    /// <exception cref="StoreUnavailableException">The same, until somebody has mended the database.</exception>
    Task<CommitAnswer> Commit(GrainCommit commit);
}

/// <param name="ExpectedVersion">The version that the state was read at; 0 for a grain that never committed.</param>
/// <param name="State">The new state as JSON.</param>
/// <param name="Row">The columns that lists and the deadline sweep filter by; only sessions have them.</param>
/// <param name="Operation">The caller's operation, kept with the new state as its answer.</param>
public sealed record GrainCommit(
    GrainKind Kind,
    Guid Key,
    Guid KitchenId,
    long ExpectedVersion,
    string State,
    SessionRow? Row,
    Sequence<Effect> Effects,
    Operation? Operation,
    DateTimeOffset At)
{
    /// <summary>
    /// The session whose money the commit moves: its own, or the new one that pays a bill. When there are several, each
    /// transfer names its session.
    /// </summary>
    public Guid? SessionId => Kind is GrainKind.Session
        ? Key
        : Effects.OfType<Effect.KeepSession>().FirstOrDefault()?.Session.Id;

    /// <summary>The answer to store for the operation, when it is not just the state.</summary>
    public string? Answer { get; init; }

    /// <summary>The trace span of the command that commits; default means the current span, if any.</summary>
    public ActivityContext Asked { get; init; }
}

/// <summary>The plain columns beside a session's state.</summary>
/// <param name="Deadline">When something in the session expires next; null when nothing does.</param>
public sealed record SessionRow(
    SessionStatus Status,
    Channel Channel,
    SessionType SessionType,
    string? TableNumber,
    string? ClientReference,
    DateTimeOffset OpenedAt,
    DateOnly BusinessDate,
    int Number,
    string? SlipCode,
    Money Total,
    bool LiveMode,
    Guid OpenedBy,
    DateTimeOffset? Deadline);

public abstract record CommitAnswer
{
    private CommitAnswer() { }

    public sealed record Committed : CommitAnswer;

    /// <summary>Another commit has changed the state since it was read.</summary>
    public sealed record VersionConflict : CommitAnswer;

    public sealed record InsufficientStock(Sequence<StockShortage> Shortages) : CommitAnswer;

    /// <param name="Available">What the wallet had to spend.</param>
    public sealed record InsufficientFunds(Guid Wallet, Money Available) : CommitAnswer;

    /// <summary>The app user's code has been used for another payment since it was looked up.</summary>
    public sealed record AuthorizationSpent : CommitAnswer;

    /// <summary>The attested receipt has been used for another payment since it was looked up.</summary>
    public sealed record ReceiptUsed : CommitAnswer;

    /// <summary>A push was to be started for a phone that is being asked for another payment.</summary>
    /// <param name="Until">When the phone is free at the latest.</param>
    public sealed record PhoneBusy(DateTimeOffset Until) : CommitAnswer;

    /// <summary>Too many pushes went unpaid within an hour: to this phone, or by the same asker.</summary>
    /// <param name="Until">When there is one less.</param>
    public sealed record PhoneAskedTooOften(DateTimeOffset Until) : CommitAnswer;

    /// <summary>A payment link has no place left for the session that was to be opened.</summary>
    public sealed record LinkFull : CommitAnswer;

    /// <summary>The payment link was switched off since it was looked up.</summary>
    public sealed record LinkClosed : CommitAnswer;

    /// <summary>Another session already has this number of the day, or this slip code.</summary>
    public sealed record NumberTaken : CommitAnswer;
}

public sealed class CommitUnknownException(string message, Exception inner) : Exception(message, inner);

/// <summary>Nothing was committed; the same commit may succeed later.</summary>
public class StoreBusyException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The database cannot be reached, or takes no writes: its disk is full, or it is read-only. Nothing was committed; the
/// same commit succeeds when somebody has mended the database.
/// </summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null)
    : StoreBusyException(message, inner);
