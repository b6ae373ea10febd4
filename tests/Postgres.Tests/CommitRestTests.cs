using System.Threading.Channels;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Commits;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JikoXpress.Postgres.Tests;

/// <summary>When a writer lets more commits gather, and for how long. Its calls go nowhere.</summary>
public sealed class CommitRestTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<PendingCommit> queue = Channel.CreateUnbounded<PendingCommit>();
    private readonly RestClock time = new();
    private readonly Till till = new("resting");

    [Theory]
    [InlineData(3, 5, 5)]
    [InlineData(31, 12, 12)]
    [InlineData(3, 20, 20)]
    [InlineData(3, 5_000, 20)]
    public async Task After_a_batch_of_several_a_writer_rests_as_long_as_it_took_but_not_for_long(
        int commits, int tookMilliseconds, int restsMilliseconds)
    {
        var calls = new TimedCalls(time, TimeSpan.FromMilliseconds(tookMilliseconds));
        var running = await Sent(calls, commits);

        var rest = TimeSpan.FromMilliseconds(restsMilliseconds);
        Assert.Equal(rest, await time.Rest.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Task[] next = [Ask(), Ask()];
        Assert.Equal([commits], calls.Sizes);
        time.Advance(rest);

        await Task.WhenAll(next).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal([commits, 2], calls.Sizes);
        await End(running);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(32)]
    [InlineData(128)]
    public async Task After_few_and_after_many_it_sends_the_next_at_once(int commits)
    {
        var calls = new TimedCalls(time, TimeSpan.FromMilliseconds(5));
        var running = await Sent(calls, commits);

        await Ask().WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal([commits, 1], calls.Sizes);
        Assert.False(time.Rest.IsCompleted);
        await End(running);
    }

    /// <summary>Starts a writer that finds so many waiting, and waits for their answers.</summary>
    private async Task<Task> Sent(TimedCalls calls, int commits)
    {
        Task[] first = [.. Enumerable.Range(0, commits).Select(_ => Ask())];
        var running = new CommitWriter(
            calls, queue.Reader, 128, new WorkSignals(), time, NullLogger.Instance).Run();
        await Task.WhenAll(first).WaitAsync(Patience, TestContext.Current.CancellationToken);
        return running;
    }

    private Task<CommitAnswer> Ask()
    {
        var pending = new PendingCommit(till.Sale((till.Chai, 1)));
        Assert.True(queue.Writer.TryWrite(pending));
        return pending.Answer;
    }

    private async Task End(Task running)
    {
        queue.Writer.Complete();
        await running.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    /// <summary>Stands still, and knows for how long somebody first waits.</summary>
    private sealed class RestClock : FakeTimeProvider
    {
        private readonly TaskCompletionSource<TimeSpan> rest = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<TimeSpan> Rest => rest.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            rest.TrySetResult(dueTime);
            return timer;
        }
    }

    /// <summary>Each call takes the same time of the clock, and all win.</summary>
    private sealed class TimedCalls(FakeTimeProvider time, TimeSpan takes) : ICommitCalls, ICommitCall
    {
        public List<int> Sizes { get; } = [];

        public bool IsUsable => true;

        public Task<ICommitCall> Prepare() => Task.FromResult<ICommitCall>(this);

        public Task<CommitAnswer[]> Execute(IReadOnlyList<GrainCommit> batch)
        {
            Sizes.Add(batch.Count);
            time.Advance(takes);
            return Task.FromResult<CommitAnswer[]>([.. batch.Select(_ => new CommitAnswer.Committed())]);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
