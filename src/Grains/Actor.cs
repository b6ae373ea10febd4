using JikoXpress.Domain;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Grains;

/// <summary>
/// What every grain shares: its state in memory, read when it is first needed, changed after a commit and never before,
/// and forgotten whenever memory and rows may differ.
/// </summary>
internal sealed class Actor<TState>(GrainKind kind, Guid key, TState initial, ICommits commits, IStateReads reads)
{
    private const int MostTries = 3;

    private Snapshot<TState>? known;
    private TaskCompletionSource? watched;

    /// <summary>Completes with the next commit. Ask for it before reading the state that it changes.</summary>
    public Task NextCommit
    {
        get
        {
            var watch = Volatile.Read(ref watched);
            if (watch is not null) return watch.Task;
            watch = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref watched, watch, null) ?? watch).Task;
        }
    }

    public async ValueTask<Snapshot<TState>> Current()
    {
        if (known is { } snapshot) return snapshot;
        var stored = await reads.Load(kind, key);
        return known = stored is null
            ? new Snapshot<TState>(initial, 0)
            : new Snapshot<TState>(StateJson.Read<TState>(stored.State), stored.Version);
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
    public async Task<CommitAnswer> Commit(
        Snapshot<TState> before, Decision<TState>.Commit decision, Guid kitchenId, SessionRow? row,
        Operation? operation, DateTimeOffset at)
    {
        var state = StateJson.Write(decision.Next);
        var commit = new GrainCommit(
            kind, key, kitchenId, before.Version, state, row, decision.Effects, operation, at);
        var answer = await AskUntilKnown(commit);
        known = answer is CommitAnswer.Committed ? new Snapshot<TState>(decision.Next, before.Version + 1) : null;
        Interlocked.Exchange(ref watched, null)?.TrySetResult();
        return answer;
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
                known = null;
                var stored = await reads.Load(kind, key);
                if (stored?.Version == commit.ExpectedVersion + 1 && stored.State == commit.State)
                    return new CommitAnswer.Committed();
                if ((stored?.Version ?? 0) != commit.ExpectedVersion) return new CommitAnswer.VersionConflict();
            }
            catch
            {
                known = null;
                throw;
            }
        }
    }
}
