using JikoXpress.Grains.Ports;

namespace JikoXpress.Simulation.PlantedBugs;

/// <summary>A host trusts its memory, or its clock, or the moment.</summary>
internal static class HostBugs
{
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new("memory kept after a failed commit", "What could not be committed is read back as if it had been.",
            wiring =>
            {
                var failed = new FailedStates();
                wiring.Commits = (commits, _) => new RememberingCommits(commits, failed);
                wiring.States = states => new RememberedStates(states, failed);
            }),
        new("stale host never reloads", "A session that was read once is never read again.",
            wiring => wiring.States = states => new FirstReadsOnly(states)),
        new("commit tried again blindly", "A commit whose answer was lost is sent once more, over whatever is there.",
            wiring =>
            {
                wiring.Database = rows => rows.Drop(Testing.Memory.Guard.Version);
                wiring.Commits = (commits, _) => new BlindRetries(commits);
            }),
        new("sweep skips sessions", "Half of the sessions are in a shard that nobody sweeps.",
            wiring => wiring.Deadlines = deadlines => new HalfOfTheDeadlines(deadlines)),
        new("session's id made anew on retry", "A client's key does not lead to the session of its first try.",
            wiring => wiring.NewSessionOnRetry = true),
        new("webhook answered before it is kept", "The aggregator hears yes before the inbox has it.",
            wiring => wiring.AnswersFirst = true),
    ];

    /// <summary>What was committed last without success, by grain.</summary>
    private sealed class FailedStates : Dictionary<Guid, StoredState>;

    private sealed class RememberingCommits(ICommits commits, FailedStates failed) : ICommits
    {
        public async Task<CommitAnswer> Commit(GrainCommit commit)
        {
            failed[commit.Key] = new StoredState(commit.State, commit.ExpectedVersion + 1);
            var answer = await commits.Commit(commit);
            if (answer is CommitAnswer.Committed) failed.Remove(commit.Key);
            return answer;
        }
    }

    private sealed class RememberedStates(IStateReads states, FailedStates failed) : IStateReads
    {
        public async Task<StoredState?> Load(GrainKind kind, Guid key) =>
            failed.TryGetValue(key, out var kept) ? kept : await states.Load(kind, key);

        public Task<StoredAnswer?> Answered(Guid operationId) => states.Answered(operationId);
    }

    private sealed class FirstReadsOnly(IStateReads states) : IStateReads
    {
        private readonly Dictionary<Guid, StoredState?> first = [];

        public async Task<StoredState?> Load(GrainKind kind, Guid key)
        {
            if (first.TryGetValue(key, out var known)) return known;
            return first[key] = await states.Load(kind, key);
        }

        public Task<StoredAnswer?> Answered(Guid operationId) => states.Answered(operationId);
    }

    private sealed class BlindRetries(ICommits commits) : ICommits
    {
        public async Task<CommitAnswer> Commit(GrainCommit commit)
        {
            try
            {
                return await commits.Commit(commit);
            }
            catch (CommitUnknownException)
            {
                return await commits.Commit(commit with { Operation = null });
            }
        }
    }

    private sealed class HalfOfTheDeadlines(IDeadlines deadlines) : IDeadlines
    {
        public async Task<IReadOnlyList<Guid>> Due(DateTimeOffset now, int limit) =>
            [.. (await deadlines.Due(now, limit)).Where(IsSwept)];

        public async Task<IReadOnlyList<Guid>> Due(Guid kitchenId, DateTimeOffset now, int limit) =>
            [.. (await deadlines.Due(kitchenId, now, limit)).Where(IsSwept)];

        public Task<IReadOnlyList<DateTimeOffset>> Upcoming(Guid kitchenId) => deadlines.Upcoming(kitchenId);

        private static bool IsSwept(Guid session) => session.ToByteArray()[^1] % 2 == 0;
    }
}
