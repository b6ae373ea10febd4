using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Grains;

/// <summary>
/// What every grain shares: its state in memory, read when it is first needed, changed after a commit and never before,
/// and forgotten whenever memory and rows may differ.
/// </summary>
internal sealed class Actor<TState>(
    GrainKind kind, Guid key, TState initial, ICommits commits, IStateReads reads, TimeProvider clock)
{
    private const int MostTries = 3;

    private readonly Lock memory = new();
    private Snapshot<TState>? known;
    private DateTimeOffset knownAt;
    private int forgotten;
    private TaskCompletionSource? watched;

    /// <summary>What is in memory, without reading; null when nothing is.</summary>
    public Snapshot<TState>? InMemory => Volatile.Read(ref known);

    /// <summary>Completes when the memory changes. Ask for it before reading the state that is to change.</summary>
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
    /// The state in memory, or else in the rows. That there is no such session yet is nothing to remember: another host
    /// may open it at any time. A kitchen that has announced nothing is remembered: whoever announces first is found
    /// out by the next commit.
    /// </summary>
    /// <param name="since">
    /// What the rows have said before is not believed: another activation may have changed them, or nobody could tell
    /// this one what another grain's commit has changed.
    /// </param>
    public async ValueTask<Snapshot<TState>> Current(DateTimeOffset since = default)
    {
        while (true)
        {
            var asked = Volatile.Read(ref forgotten);
            if (InMemory is { } snapshot && knownAt >= since) return snapshot;
            var now = clock.GetUtcNow();
            var stored = await reads.Load(kind, key);
            var read = stored is null
                ? new Snapshot<TState>(initial, 0)
                : new Snapshot<TState>(StateJson.Read<TState>(stored.State), stored.Version);
            lock (memory)
            {
                // While the rows were read somebody may have committed or forgotten: then this is history.
                if (asked != forgotten) continue;
                if (stored is null && kind is GrainKind.Session) return known ?? read;
                // Two read at once, and whoever read first may come back last.
                if (known is null) known = read;
                else if (known.Version < read.Version) Keep(read);
                knownAt = now;
                return known;
            }
        }
    }

    /// <summary>
    /// Somebody else may have committed since this was read: whoever asks next reads the rows, and whoever watches is
    /// told. What memory took over since is not forgotten.
    /// </summary>
    public void Forget(Snapshot<TState> old)
    {
        lock (memory)
        {
            if (!ReferenceEquals(known, old)) return;
            Keep(null);
        }
    }

    /// <summary>Nobody can have committed under this key: it was made for this very command.</summary>
    public void AssumeNew() => known ??= new Snapshot<TState>(initial, 0);

    /// <summary>Answers a repeated operation with the state that it led to.</summary>
    public async Task<Snapshot<TState>> Answered(Guid operationId)
    {
        var stored = await reads.Answered(operationId)
            ?? throw new InvalidOperationException("An operation that a state remembers was kept in the same commit.");
        return new Snapshot<TState>(StateJson.Read<TState>(stored.State), stored.Version);
    }

    /// <summary>
    /// Commits a decision that was made on <paramref name="before"/>. Where the answer is lost, the rows are asked what
    /// became of it, and the commit is tried again while they say it did not happen: the version makes that safe.
    /// </summary>
    /// <param name="reply">What answers the operation, where that is more than the state.</param>
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
        knownAt = now;
        Keep(answer is CommitAnswer.Committed ? new Snapshot<TState>(decision.Next, before.Version + 1) : null);
        return answer;
    }

    /// <summary>Answers a decision that changes nothing.</summary>
    public async Task<Reply<TState>> Answer(Decision<TState> decision, Snapshot<TState> current) => decision switch
    {
        Decision<TState>.Refuse(var refusals) => Refused(refusals),
        Decision<TState>.Unchanged => new Reply<TState>.Accepted(current.State, current.Version),
        Decision<TState>.Replay(var operation) => Replayed(await Answered(operation)),
        _ => throw new UnreachableException($"Nobody answers {decision}."),
    };

    /// <summary>
    /// Answers a decision that the rows were asked for; null when the state it was made on is not the state any more.
    /// </summary>
    /// <param name="payments">Those that the decision takes money by, where it does.</param>
    public static Reply<TState>? Answer(
        Decision<TState>.Commit decision, CommitAnswer answer, Snapshot<TState> before,
            Func<Sequence<Payment>> payments) =>
        answer switch
        {
            CommitAnswer.Committed => new Reply<TState>.Accepted(decision.Next, before.Version + 1),
            CommitAnswer.InsufficientFunds(_, var available) =>
                Refused([SessionRefusals.InsufficientWalletBalance(available)]),
            CommitAnswer.AuthorizationSpent =>
                Refused([PaymentRefusals.WalletAuthorizationInvalid(FirstCode(decision, payments()))]),
            _ => null,
        };

    public static Reply<TState>.Refused Refused(Sequence<Refusal> refusals)
    {
        CheckoutMetrics.Refused(refusals);
        return new Reply<TState>.Refused(refusals);
    }

    private static Reply<TState>.Accepted Replayed(Snapshot<TState> first) =>
        new(first.State, first.Version, Replayed: true);

    /// <summary>The place of the first payment that a code pays.</summary>
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
            catch (CommitUnknownException) when (attempt < MostTries)
            {
                Keep(null);
                if (await AnswerOfRows(commit) is { } answer) return answer;
            }
            catch
            {
                Keep(null);
                throw;
            }
        }
    }

    /// <summary>
    /// What the rows say became of a commit; null where it did not happen, and nothing else did. Two hosts may lead to
    /// the same state, so that an operation must be found, too.
    /// </summary>
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

        Interlocked.Exchange(ref watched, null)?.TrySetResult();
    }
}
