using JikoXpress.Domain;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Commits;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace JikoXpress.Postgres.Tests.Differential;

/// <summary>Takes the same steps on both sides, and tells where they differ.</summary>
internal sealed class Comparison(SqlSide sql, MemorySide memory)
{
    /// <summary>How many stories are tried to find a shorter one.</summary>
    private const int MostTries = 400;

    private IReadOnlyList<string> rows = [];

    /// <summary>What was answered to batches so far: each answer, and each failure, once.</summary>
    public SortedSet<string> Seen { get; } = new(StringComparer.Ordinal);

    public async Task Clear()
    {
        await sql.Clear();
        await memory.Clear();
        rows = await sql.Rows();
    }

    /// <summary>What differs after a step; null where nothing does.</summary>
    public async Task<string?> Difference(Step step)
    {
        var (expected, actual) = (await Take(sql, step), await Take(memory, step));
        if (step is Step.Batch(var commits)) Seen.UnionWith(expected.Select(answer => Sort(answer, commits.Count)));
        // A transaction that failed has changed nothing; in memory that has to be seen.
        if (expected is not [['2', '3', ..]]) rows = await sql.Rows();
        return Difference("Answers", expected, actual) ?? Difference("Rows", rows, await memory.Rows());
    }

    /// <summary>A story that ends with a difference, made shorter for as long as it does, and the difference.</summary>
    public async Task<(IReadOnlyList<Step> Story, string Difference)> Shorten(IReadOnlyList<Step> story)
    {
        var difference = await Replay(story) ?? throw new ArgumentException("Nothing differs.", nameof(story));
        for (var (tries, place) = (0, story.Count - 1); place >= 0 && tries < MostTries; place--)
        {
            if (place < story.Count - 1 && await Shorter([], place) is { } without)
            {
                (story, difference) = without;
                continue;
            }

            while (tries < MostTries && await Shorter(story[place].Smaller(), place) is { } smaller)
                (story, difference) = smaller;

            async Task<(IReadOnlyList<Step>, string)?> Shorter(IEnumerable<Step> steps, int at)
            {
                IEnumerable<IReadOnlyList<Step>> others = steps.Select(IReadOnlyList<Step> (step) => [step]);
                foreach (var other in steps.Any() ? others : [[]])
                {
                    IReadOnlyList<Step> candidate = [.. story.Take(at), .. other, .. story.Skip(at + 1)];
                    tries++;
                    if (await Replay(candidate) is { } found) return (candidate, found);
                }

                return null;
            }
        }

        return (story, difference);
    }

    /// <summary>The difference with which a story ends; it has none before.</summary>
    private async Task<string?> Replay(IReadOnlyList<Step> story)
    {
        await Clear();
        foreach (var step in story.SkipLast(1))
        {
            if (await Difference(step) is not null) return null;
        }

        return story.Count == 0 ? null : await Difference(story[^1]);
    }

    private static string? Difference(string what, IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        if (expected.SequenceEqual(actual)) return null;
        if (what != "Rows")
            return $"{what} of jiko.commit:\n{Lines(expected)}\n{what} of the memory store:\n{Lines(actual)}";
        return $"Rows of jiko.commit alone:\n{Lines(expected.Except(actual).Take(3))}\n"
            + $"Rows of the memory store alone:\n{Lines(actual.Except(expected).Take(3))}";
    }

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => $"  {line}"));

    /// <summary>Without what it says of whom.</summary>
    private static string Sort(string answer, int commits) => answer.Split(" {") is [var name, _, ..]
        ? $"{name} {(commits > 1 ? "in company" : "alone")}"
        : answer;

    private static Task<IReadOnlyList<string>> Take(Side side, Step step) =>
        step is Step.Rush(var commits) ? Write(side, commits) : side.Take(step);

    /// <summary>The calls of a writer with what they came to, and then the answer to each commit.</summary>
    private static async Task<IReadOnlyList<string>> Write(Side side, Sequence<GrainCommit> commits)
    {
        var told = new ToldCalls(await side.Ready());
        await using var writers = new CommitWriters(
            told, Options.Create(new CommitSettings { Writers = 1 }), new WorkSignals(),
            TimeProvider.System, NullLogger<CommitWriters>.Instance);
        // The first holds the only writer, so that all others are there when it gathers the next batch.
        var answers = new List<Task<CommitAnswer>> { writers.Commit(commits[0]) };
        await told.Held;
        answers.AddRange(commits.Skip(1).Select(writers.Commit));
        told.LetGo();
        var said = new List<string>();
        foreach (var answer in answers) said.AddRange(await Outcome.Of(async () => [await answer]));
        return [.. told.Calls, .. said];
    }

    /// <summary>Notes what writers send, and what they hear.</summary>
    private sealed class ToldCalls(ICommitCall call) : ICommitCalls, ICommitCall
    {
        private readonly TaskCompletionSource held = new(), free = new();
        private readonly List<string> told = [];

        public Task Held => held.Task;

        public IReadOnlyList<string> Calls => told;

        public bool IsUsable => call.IsUsable;

        public void LetGo() => free.SetResult();

        public Task<ICommitCall> Prepare() => Task.FromResult<ICommitCall>(this);

        public async Task<CommitAnswer[]> Execute(IReadOnlyList<GrainCommit> batch)
        {
            held.TrySetResult();
            await free.Task;
            var keys = string.Join('+', batch.Select(commit => commit.Key));
            try
            {
                var answers = await call.Execute(batch);
                told.Add($"call of {keys}: {string.Join<CommitAnswer>(", ", answers)}");
                return answers;
            }
            catch (Npgsql.PostgresException failure)
            {
                told.Add($"call of {keys}: {Outcome.Of(failure)}");
                throw;
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
