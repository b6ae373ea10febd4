using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Grains;

/// <summary>
/// The in-memory state of a grain; all grains use it. It is read from the database when first needed, changed only
/// after a commit, and dropped whenever it may differ from the rows.
/// </summary>
internal sealed class Actor<TState>(
    GrainKind kind, Guid key, TState initial, ICommits commits, IStateReads reads, TimeProvider clock)
{
    private const int MostTries = 3;

    private readonly Lock memory = new();
    private Snapshot<TState>? known;
    private long knownAt;
    private int forgotten;
    private TaskCompletionSource? watched;

    /// <summary>The state in memory, without reading the database; null when none is loaded.</summary>
    public Snapshot<TState>? InMemory => Volatile.Read(ref known);

    /// <summary>The state in memory, if it was read or committed since; null otherwise. Any thread may ask.</summary>
    public Snapshot<TState>? KnownSince(DateTimeOffset since) =>
        Volatile.Read(ref knownAt) is var at && InMemory is { } snapshot && at >= since.UtcTicks ? snapshot : null;

    /// <summary>
    /// Completes when the state in memory changes. Get this task before you read the state: then no change is missed.
    /// </summary>
    public Task NextChange
    {
        get
        {
            var watch = Volatile.Read(ref watched);
            if (watch is not null) return watch.Task;
            watch = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref watched, watch, null) ?? watch).Task;
        }
    }

    /// <summary>
    /// The state in memory, or else in the rows. A missing session is not cached: another silo may open it at any
    /// time. Other grains without a row are cached at version 0: if another silo commits first, the next commit here
    /// gets a version conflict.
    /// </summary>
    /// <param name="since">
    /// State that was read before this moment is read again: another activation, or another grain's commit, may have
    /// changed the rows without notice to this activation.
    /// </param>
    public async ValueTask<Snapshot<TState>> Current(DateTimeOffset since = default)
    {
        while (true)
        {
            var asked = Volatile.Read(ref forgotten);
            if (KnownSince(since) is { } snapshot) return snapshot;
            var held = InMemory;
            var now = clock.GetUtcNow();
            var stored = await reads.LoadSince(kind, key, held?.Version ?? 0);
            var read = stored switch
            {
                null => new Snapshot<TState>(initial, 0),
                { State: { } state } => new Snapshot<TState>(StateJson.Read<TState>(state), stored.Version),
                _ => held ?? throw new UnreachableException("No row has version 0."),
            };
            lock (memory)
            {
                // A commit or a Forget during the read makes this result stale: read again.
                if (asked != forgotten) continue;
                if (stored is null && kind is GrainKind.Session) return known ?? read;
                // Two reads may run at once and return in the other order: keep the higher version.
                if (known is null) known = read;
                else if (known.Version < read.Version) Keep(read);
                Volatile.Write(ref knownAt, now.UtcTicks);
                return known;
            }
        }
    }

    /// <summary>
    /// Drops a state that another commit may have replaced: the next call reads the rows, and watchers are woken.
    /// Does nothing when memory already holds another state than <paramref name="old"/>.
    /// </summary>
    public void Forget(Snapshot<TState> old)
    {
        lock (memory)
        {
            if (!ReferenceEquals(known, old)) return;
            Keep(null);
        }
    }

    /// <summary>Skips the first read. Only for a key that was made for this command: it cannot have a row.</summary>
    public void AssumeNew() => known ??= new Snapshot<TState>(initial, 0);

    /// <summary>
    /// Answers a repeated operation with the state that it led to; with the state as it is now, once the kept answer
    /// has been pruned. Either way nothing is done twice.
    /// </summary>
    public async Task<Snapshot<TState>> Answered(Guid operationId, Snapshot<TState> current) =>
        await reads.Answered(operationId) is { } stored
            ? new Snapshot<TState>(StateJson.Read<TState>(stored.State), stored.Version)
            : current;

    /// <summary>
    /// Commits a decision that was made on <paramref name="before"/>. When the commit's answer is lost, this reads the
    /// rows; if they show no commit, it retries. The version check makes the retry safe.
    /// </summary>
    /// <param name="reply">The answer to store for the operation, when it is not just the state.</param>
    public async Task<CommitAnswer> Commit(
        Snapshot<TState> before, Decision<TState>.Commit decision, Guid kitchenId, SessionRow? row,
        Operation? operation, DateTimeOffset at, string? reply = null)
    {
        var state = StateJson.Write(decision.Next);
        var commit = new GrainCommit(
            kind, key, kitchenId, before.Version, state, row, decision.Effects, operation, at)
        {
            Answer = reply,
        };
        var now = clock.GetUtcNow();
        var answer = await AskUntilKnown(commit);
        Keep(answer is CommitAnswer.Committed ? new Snapshot<TState>(decision.Next, before.Version + 1) : null);
        // Last: a reader outside the grain's turn must not take the old state for what is known since now.
        Volatile.Write(ref knownAt, now.UtcTicks);
        return answer;
    }

    /// <summary>Answers a decision that changes nothing.</summary>
    public async Task<Reply<TState>> Answer(Decision<TState> decision, Snapshot<TState> current) => decision switch
    {
        Decision<TState>.Refuse(var refusals) => Refused(refusals),
        Decision<TState>.Unchanged => new Reply<TState>.Accepted(current.State, current.Version),
        Decision<TState>.Replay(var operation) => Replayed(await Answered(operation, current)),
        _ => throw new UnreachableException($"The decision {decision} is not known."),
    };

    /// <summary>
    /// The reply to a decision that was sent to the database; null when the decision was made on an old state.
    /// </summary>
    /// <param name="payments">The payments of the session that the decision opens or changes.</param>
    /// <param name="now">When it was decided.</param>
    public static Reply<TState>? Answer(
        Decision<TState>.Commit decision, CommitAnswer answer, Snapshot<TState> before,
            Func<Sequence<Payment>> payments, DateTimeOffset now) =>
        answer switch
        {
            CommitAnswer.Committed => new Reply<TState>.Accepted(decision.Next, before.Version + 1),
            CommitAnswer.InsufficientFunds(_, var available) =>
                Refused([SessionRefusals.InsufficientWalletBalance(available)]),
            CommitAnswer.AuthorizationSpent =>
                Refused([PaymentRefusals.WalletAuthorizationInvalid(FirstCode(decision, payments()))]),
            CommitAnswer.ReceiptUsed => Refused([ChannelRefusals.ReceiptUsed("")]),
            CommitAnswer.PhoneBusy or CommitAnswer.PhoneAskedTooOften => Refused([OfPhone(answer, now)]),
            CommitAnswer.LinkFull => Refused([LinkRefusals.Full]),
            CommitAnswer.LinkClosed => Refused([LinkRefusals.Closed]),
            _ => null,
        };

    /// <summary>The refusal of a commit that was to ring a phone.</summary>
    public static Refusal OfPhone(CommitAnswer answer, DateTimeOffset now) => answer switch
    {
        CommitAnswer.PhoneBusy(var until) => PaymentRefusals.PhoneBusy(until, now),
        CommitAnswer.PhoneAskedTooOften(var until) => PaymentRefusals.PhoneAskedTooOften(until, now),
        _ => throw new UnreachableException($"The answer {answer} is not about a phone."),
    };

    public static Reply<TState>.Refused Refused(Sequence<Refusal> refusals)
    {
        CheckoutMetrics.Refused(refusals);
        return new Reply<TState>.Refused(refusals);
    }

    /// <summary>Whoever waits for a change looks elsewhere: here none will come any more.</summary>
    public void EndWaits() => Interlocked.Exchange(ref watched, null)?.TrySetResult();

    private static Reply<TState>.Accepted Replayed(Snapshot<TState> first) =>
        new(first.State, first.Version, Replayed: true);

    /// <summary>The index of the first payment that is paid with a wallet code.</summary>
    private static int FirstCode(Decision<TState>.Commit decision, Sequence<Payment> payments)
    {
        var spends = decision.Effects.OfType<Effect.SpendAuthorization>().First();
        return payments.Index().First(payment => payment.Item.Id == spends.PaymentId).Index;
    }

    private async Task<CommitAnswer> AskUntilKnown(GrainCommit commit)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await commits.Commit(commit);
            }
            catch (CommitUnknownException lost) when (attempt < MostTries)
            {
                Keep(null);
                if (await AnswerOfRows(commit, lost) is { } answer) return answer;
            }
            catch
            {
                Keep(null);
                throw;
            }
        }
    }

    /// <summary>
    /// Reads from the rows whether a commit happened; null when the version is unchanged. Two silos may produce an
    /// equal state, so the commit's operation must be stored as well.
    /// </summary>
    /// <exception cref="CommitUnknownException">The rows cannot be read either.</exception>
    private async Task<CommitAnswer?> AnswerOfRows(GrainCommit commit, CommitUnknownException lost)
    {
        try
        {
            return await AnswerOfRows(commit);
        }
        catch (StoreBusyException away)
        {
            throw new CommitUnknownException(lost.Message, away);
        }
    }

    private async Task<CommitAnswer?> AnswerOfRows(GrainCommit commit)
    {
        var stored = await reads.Load(kind, key);
        if ((stored?.Version ?? 0) == commit.ExpectedVersion) return null;
        var isOurs = stored?.Version == commit.ExpectedVersion + 1
            && stored.State == commit.State
            && (commit.Operation is not { } operation || await reads.Answered(operation.Id) is not null);
        return isOurs ? new CommitAnswer.Committed() : new CommitAnswer.VersionConflict();
    }

    private void Keep(Snapshot<TState>? snapshot)
    {
        lock (memory)
        {
            known = snapshot;
            forgotten++;
        }

        EndWaits();
    }
}
