using System.Diagnostics;
using System.Threading.Channels;
using JikoXpress.Domain;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Cluster;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace JikoXpress.Postgres.Commits;

/// <summary>One commit writer: sends all commits that wait in one call, and gives each its own answer.</summary>
/// <param name="time">
/// Of the machine, not of the restaurants: a call's length and a writer's rest are measured by it.
/// </param>
internal sealed class CommitWriter(
    ICommitCalls calls, ChannelReader<PendingCommit> queue, int mostInBatch, WorkSignals signals, TimeProvider time,
    ILogger log)
{
    private const int MostTries = 2;

    /// <summary>A batch of so many shows that more will come.</summary>
    private const int Several = 3;

    /// <summary>In a batch of so many, what a call costs by itself is little for each.</summary>
    private const int Many = 32;

    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(20);

    private readonly List<PendingCommit> batch = [];
    private readonly List<PendingCommit> deferred = [];
    private readonly HashSet<Guid> taken = [];
    private readonly List<Guid> keys = [];
    private ICommitCall? call;
    private long made;

    public long Calls => Volatile.Read(ref made);

    public async Task Run()
    {
        // The writer must not run inside the trace that was active when it was created.
        Activity.Current = null;
        while (await Gather())
        {
            var began = time.GetTimestamp();
            await Write();
            await Rest(time.GetElapsedTime(began));
        }

        await Drop();
    }

    /// <summary>
    /// After a batch of several, more gather for as long as the call took: a call costs the same by itself, whatever it
    /// carries. Nobody waits for others on an idle system, nor where batches are large already.
    /// </summary>
    private Task Rest(TimeSpan took) => batch.Count is >= Several and < Many
        ? Task.Delay(took < LongestRest ? took : LongestRest, time)
        : Task.CompletedTask;

    /// <summary>Takes all waiting commits, up to the limit; false when the queue is closed and empty.</summary>
    private async ValueTask<bool> Gather()
    {
        batch.Clear();
        taken.Clear();
        PendingCommit[] again = [.. deferred];
        deferred.Clear();
        foreach (var waited in again) Admit(waited);
        do
        {
            while (batch.Count < mostInBatch && queue.TryRead(out var next)) Admit(next);
            if (batch.Count > 0) return true;
        }
        while (await queue.WaitToReadAsync());

        return false;
    }

    /// <summary>
    /// A batch contains each grain and each operation at most once; a second commit waits for the next batch. A grain
    /// counts if it commits itself, or if another grain's commit stores its state.
    /// </summary>
    private void Admit(PendingCommit pending)
    {
        if (pending.IsGivenUp)
        {
            pending.Fail(new StoreBusyException("The commit waited so long that its caller has given it up."));
            return;
        }

        NameKeys(pending.Commit);
        var isFree = !keys.Exists(taken.Contains);
        taken.UnionWith(keys);
        (isFree ? batch : deferred).Add(pending);
    }

    /// <summary>Into a list that is used again: this is done for each commit.</summary>
    private void NameKeys(GrainCommit commit)
    {
        keys.Clear();
        keys.Add(commit.Key);
        if (commit.Operation is { Id: var operation }) keys.Add(operation);
        foreach (var effect in commit.Effects)
        {
            Guid? kept = effect switch
            {
                Effect.KeepBill { Bill.Id: var bill } => bill,
                Effect.KeepSession { Session.Id: var session } => session,
                Effect.KeepCart { AccountId: var account } => account,
                _ => null,
            };
            if (kept is { } key) keys.Add(key);
        }
    }

    private Task Write() => Write(batch);

    private async Task Write(List<PendingCommit> commits)
    {
        if (commits is [var only])
        {
            await WriteAlone(only);
            return;
        }

        try
        {
            var answers = await Call(commits);
            for (var index = 0; index < answers.Length; index++) Answer(commits[index], answers[index]);
        }
        catch (Exception failure) when (failure is CommitUnknownException or StoreBusyException)
        {
            foreach (var pending in commits) pending.Fail(failure);
        }
        catch (Exception failure)
        {
            // One commit caused the failure. The batch is halved, so that the others succeed.
            if (CommitAnswers.Expected(failure) is { } reason) Log.BatchRefused(log, commits.Count, reason);
            else Log.BatchFailed(log, failure, commits.Count);
            var half = commits.Count / 2;
            await Write(commits.GetRange(0, half));
            await Write(commits.GetRange(half, commits.Count - half));
        }
    }

    private async Task WriteAlone(PendingCommit pending)
    {
        try
        {
            Answer(pending, await CommitAlone(pending));
        }
        catch (Exception failure)
        {
            // Every failure goes to the caller of this commit, and the writer continues.
            pending.Fail(failure);
        }
    }

    /// <summary>A commit that is sent alone caused its own failure.</summary>
    private async Task<CommitAnswer> CommitAlone(PendingCommit pending)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (await Call([pending]))[0];
            }
            catch (PostgresException failure) when (CommitAnswers.Of(failure) is { } answer)
            {
                return answer;
            }
            catch (PostgresException failure) when (CommitAnswers.MayPass(failure) && attempt < MostTries)
            {
                Log.CommitTriedAgain(log, failure.SqlState, attempt);
            }
            catch (PostgresException failure) when (CommitAnswers.IsOverload(failure))
            {
                throw new StoreBusyException("The database is too busy for this commit.", failure);
            }
        }
    }

    private async Task<CommitAnswer[]> Call(List<PendingCommit> commits)
    {
        var ready = await Ready();
        Interlocked.Increment(ref made);
        using var span = StoreMetrics.Batch(commits.Count, commits.Select(pending => pending.Asked));
        try
        {
            return await ready.Execute([.. commits.Select(pending => pending.Commit)]);
        }
        catch (NpgsqlException failure) when (CommitAnswers.LeavesUnknown(failure))
        {
            throw new CommitUnknownException("The database did not say what became of the commit.", failure);
        }
        catch (PostgresException dead) when (dead.SqlState is CommittingMember.Dead)
        {
            throw new StoreBusyException(dead.MessageText, dead);
        }
        catch (PostgresException failure) when (StoreFaults.RefusesWrites(failure))
        {
            throw StoreFaults.AsWrite(failure);
        }
        finally
        {
            if (!ready.IsUsable) await Drop();
        }
    }

    private async ValueTask<ICommitCall> Ready()
    {
        try
        {
            if (call is { IsUsable: false }) await Drop();
            return call ??= await calls.Prepare();
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            throw StoreFaults.AsUnreachable(failure);
        }
    }

    private async ValueTask Drop()
    {
        if (call is { } dropped) await dropped.DisposeAsync();
        call = null;
    }

    private void Answer(PendingCommit pending, CommitAnswer answer)
    {
        // First: whoever has the answer finds the work that it leaves.
        if (answer is CommitAnswer.Committed) signals.Raise(pending.Commit.Effects);
        pending.Succeed(answer);
    }
}
