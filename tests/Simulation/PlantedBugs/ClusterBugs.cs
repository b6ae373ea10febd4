using JikoXpress.Grains.Ports;

namespace JikoXpress.Simulation.PlantedBugs;

/// <summary>Somebody believes that a cluster is one process.</summary>
internal static class ClusterBugs
{
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new("one activation taken for granted", "Who made a grain's last commit writes over whatever came after it.",
            wiring => wiring.Commits = (commits, rows) => new AloneInTheWorld(commits, rows)),
        new("silence is yes", "A call to another silo that nobody answers is taken for done.",
            wiring => wiring.Silence = Silence.Yes),
        new("silence is no", "A call to another silo that nobody answers is taken for refused.",
            wiring => wiring.Silence = Silence.No),
        new("reminder trusted to come in time", "Nothing but the kitchen's reminder ends a session.",
            wiring => (wiring.Ticks, wiring.Sweeps) = (false, false)),
        new("two rings are two minutes", "The clock of the grains goes on with each ring of a reminder.",
            wiring =>
            {
                var ahead = TimeSpan.Zero;
                wiring.RungTwice = () => ahead += TimeSpan.FromMinutes(1);
                wiring.Clock = clock => new ClockAhead(clock, () => ahead);
            }),
        new("no ring is no minute", "The clock of the grains stands still where a reminder does not ring.",
            wiring =>
            {
                var behind = TimeSpan.Zero;
                wiring.RingLost = () => behind += TimeSpan.FromMinutes(1);
                wiring.Clock = clock => new ClockAhead(clock, () => -behind);
            }),
        new("memory moves along", "An activation that moves takes along what it had read when it began.",
            wiring =>
            {
                var luggage = new Luggage();
                wiring.Moved = luggage.Pack;
                wiring.States = states => new CarriedStates(states, luggage);
            }),
    ];

    private sealed class AloneInTheWorld(ICommits commits, IStateReads rows) : ICommits
    {
        private readonly Dictionary<Guid, long> own = [];

        public async Task<CommitAnswer> Commit(GrainCommit commit)
        {
            var isOwn = own.TryGetValue(commit.Key, out var last) && last == commit.ExpectedVersion;
            var there = isOwn ? (await rows.Load(commit.Kind, commit.Key))?.Version ?? 0 : commit.ExpectedVersion;
            var answer = await commits.Commit(commit with { ExpectedVersion = there });
            if (answer is CommitAnswer.Committed) own[commit.Key] = commit.ExpectedVersion + 1;
            return answer;
        }
    }

    private sealed class ClockAhead(TimeProvider clock, Func<TimeSpan> ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + ahead();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            clock.CreateTimer(callback, state, dueTime, period);
    }

    /// <summary>What activations read first, and what those that move have with them.</summary>
    private sealed class Luggage
    {
        private readonly Dictionary<Guid, StoredState> packed = [];

        public Dictionary<Guid, StoredState> Read { get; } = [];

        public void Pack(Guid grain)
        {
            if (Read.TryGetValue(grain, out var first)) packed[grain] = first;
        }

        public StoredState? Unpack(Guid grain) => packed.Remove(grain, out var carried) ? carried : null;
    }

    private sealed class CarriedStates(IStateReads states, Luggage luggage) : IStateReads
    {
        public async Task<StoredState?> Load(GrainKind kind, Guid key)
        {
            if (luggage.Unpack(key) is { } carried) return carried;
            var stored = await states.Load(kind, key);
            if (stored is not null) luggage.Read.TryAdd(key, stored);
            return stored;
        }

        public Task<StoredAnswer?> Answered(Guid operationId) => states.Answered(operationId);
    }
}
