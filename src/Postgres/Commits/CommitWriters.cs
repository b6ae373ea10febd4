using System.Diagnostics;
using System.Threading.Channels;
using JikoXpress.Domain;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Queue = System.Threading.Channels.Channel;

namespace JikoXpress.Postgres.Commits;

public sealed record CommitSettings
{
    /// <summary>Batches in flight at a time. Two are enough: while one flushes, the other collects.</summary>
    public int Writers { get; init; } = 2;

    /// <summary>How many commits may share a transaction.</summary>
    public int MostInBatch { get; init; } = 128;

    /// <summary>How many commits may wait; a further one gets <see cref="StoreBusyException"/>.</summary>
    public int MostWaiting { get; init; } = 4096;
}

/// <summary>
/// Group commit. Each writer sends all commits that queued while its last batch was in flight, and after a batch of
/// several rests as long as that took; an idle system commits at once. Commits that are in the queue at shutdown are
/// still committed. It is written here and not taken from a library, since each commit of a batch needs an answer of
/// its own and must not fail because of another; Npgsql's batches and PostgreSQL's commit_delay give neither.
/// </summary>
internal sealed class CommitWriters : ICommits, IAsyncDisposable
{
    private readonly Channel<PendingCommit> queue;
    private readonly CommitWriter[] writers;
    private readonly Task[] running;

    public CommitWriters(
        ICommitCalls calls, IOptions<CommitSettings> settings, WorkSignals signals, TimeProvider time,
        ILogger<CommitWriters> log)
    {
        queue = Queue.CreateBounded<PendingCommit>(settings.Value.MostWaiting);
        writers = [.. Enumerable.Range(0, settings.Value.Writers)
            .Select(_ => new CommitWriter(calls, queue.Reader, settings.Value.MostInBatch, signals, time, log))];
        // Each comes back at its first wait, and goes on where its maker's code goes on: in a host that is the pool.
        running = [.. writers.Select(writer => writer.Run())];
    }

    /// <summary>How many calls the writers have made; each is one round trip and at most one flush.</summary>
    public long Calls => writers.Sum(writer => writer.Calls);

    public Task<CommitAnswer> Commit(GrainCommit commit)
    {
        Check(commit);
        var pending = new PendingCommit(commit);
        if (!queue.Writer.TryWrite(pending))
            throw new StoreBusyException("Too many commits wait, or the store is closing.");
        return pending.Answer;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await Task.WhenAll(running);
    }

    private static void Check(GrainCommit commit)
    {
        if (commit.Kind == GrainKind.Session && commit.Row is null)
            throw new ArgumentException("A session commits its row with its state.", nameof(commit));
        // An adjustment is decided before the batch's sales, and does not see the other effects of its own commit.
        if (commit.Effects.OfType<Effect.AdjustStock>().Any()
            && (commit.Kind != GrainKind.Inventory || commit.Effects.Count(effect => effect is not Effect.Publish) > 1))
        {
            throw new ArgumentException(
                "Stock is adjusted by an inventory's own commit, one item at a time.", nameof(commit));
        }
    }
}

/// <summary>A commit on its way, and whoever waits for its answer.</summary>
/// <param name="waitedAlready">How long it has waited before it was queued.</param>
internal sealed class PendingCommit(GrainCommit commit, TimeSpan waitedAlready = default)
{
    private readonly TaskCompletionSource<CommitAnswer> answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GrainCommit Commit => commit;

    private readonly long since = Stopwatch.GetTimestamp();

    public Task<CommitAnswer> Answer => answer.Task;

    /// <summary>
    /// The process hung, and the caller has asked again since, with the same key and perhaps another silo, whose answer
    /// may have been a no. To commit now would make that answer wrong.
    /// </summary>
    public bool IsGivenUp => Stopwatch.GetElapsedTime(since) + waitedAlready >= CallerPatience.Longest;

    /// <summary>The span of the command that commits; default where nobody traces.</summary>
    public ActivityContext Asked { get; } =
        commit.Asked != default ? commit.Asked : Activity.Current?.Context ?? default;

    public void Succeed(CommitAnswer with)
    {
        StoreMetrics.Answered(with, since);
        answer.TrySetResult(with);
    }

    public void Fail(Exception with) => answer.TrySetException(with);
}
