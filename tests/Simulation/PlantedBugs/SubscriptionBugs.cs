using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using JikoXpress.Testing.Memory;

namespace JikoXpress.Simulation.PlantedBugs;

/// <summary>Somebody does a step of a subscription that does not follow from the rows.</summary>
internal static class SubscriptionBugs
{
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new("period's session has a new id", "Each process makes an id for the session of a period.",
            wiring =>
            {
                var hosts = 0;
                wiring.Periods = (states, grains) => Renamed(states, grains, new NewNames(++hosts));
            }),
        new("phone asked under a new name", "Each time that a phone is asked is an operation of its own.",
            wiring =>
            {
                var asks = 0;
                wiring.Periods = (states, grains) => (states, Altered(grains, id => id, (_, args) =>
                {
                    if (args is [PayHosted { Operation: { } asking } pay, ..])
                        args[0] = pay with { Operation = asking with { Id = Other(asking.Id, ++asks) } };
                }));
            }),
        new("subscription read from memory", "What a session's grain remembers is taken for what it is.",
            wiring => wiring.Periods = (_, grains) => (new Remembered(grains), grains)),
        new("subscription's version unchecked", "A round writes over whatever happened while it looked.",
            wiring => wiring.Database = rows => rows.Drop(Guard.Subscription)),
        new("period over before its session", "Who was asked and has not paid yet is counted as unpaid.",
            wiring => wiring.Subscriptions = work => new Impatient(work)),
        new("claim without an end", "A subscription that somebody looked at and died is that somebody's for ever.",
            wiring => wiring.Subscriptions = work => new ClaimedForEver(work)),
        PlantedBug.Changing("subscription not woken", "A session that is paid does not tell its subscription.",
            (_, effect) => effect is Effect.WakeSubscription ? [] : [effect]),
    ];

    private static (IStateReads States, IGrainFactory Grains) Renamed(
        IStateReads states, IGrainFactory grains, NewNames names) => (
        new RenamedStates(states, names),
        Altered(grains, names.Of, (id, args) =>
        {
            if (args is [OpenHosted open, ..]) args[0] = open with { Operation = new Operation(id, id) };
            if (args is [PayHosted pay, ..]) args[0] = pay with { By = HostedDecisions.PageOf(id) };
        }));

    /// <summary>Sessions under other ids, and with other commands.</summary>
    private static IGrainFactory Altered(
        IGrainFactory grains, Func<Guid, Guid> nameOf, Action<Guid, object?[]> alter) =>
        PassedOn.To(grains, (_, args) =>
        {
            if (args is not [Guid named, ..]) return null;
            var id = nameOf(named);
            return PassedOn.To<ICheckoutSessionGrain>(grains.Session(id), (_, commands) =>
            {
                alter(id, commands);
                return null;
            });
        });

    private static Guid Other(Guid id, int number)
    {
        var bytes = id.ToByteArray();
        BitConverter.TryWriteBytes(bytes.AsSpan(10), number);
        return new Guid(bytes);
    }

    /// <summary>What one process calls the sessions of periods; that of the first has its name from the shop.</summary>
    private sealed class NewNames(int host)
    {
        public Guid Of(Guid session) => session.Version is 8 ? Other(session, host) : session;
    }

    private sealed class RenamedStates(IStateReads states, NewNames names) : IStateReads
    {
        public Task<StoredState?> Load(GrainKind kind, Guid key) => states.Load(kind, names.Of(key));

        public Task<StoredAnswer?> Answered(Guid operationId) => states.Answered(operationId);
    }

    private sealed class Remembered(IGrainFactory grains) : IStateReads
    {
        public async Task<StoredState?> Load(GrainKind kind, Guid key)
        {
            var (state, version) = await grains.Session(key).Read();
            return version == 0 ? null : new StoredState(StateJson.Write(state), version);
        }

        public Task<StoredAnswer?> Answered(Guid operationId) => throw new NotSupportedException();
    }

    private sealed class Impatient(ISubscriptionWork work) : ISubscriptionWork
    {
        public async Task<IReadOnlyList<ClaimedSubscription>> Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
            [.. (await work.Claim(now, lease, limit)).Select(claimed => claimed.Subscription.Asked > 0
                ? claimed with { Subscription = claimed.Subscription with { Period = PeriodState.Unpaid } }
                : claimed)];

        public Task<ClaimedSubscription?> Store(
            ClaimedSubscription claimed, Subscription next, DateTimeOffset? dueAt, DateTimeOffset now) =>
            work.Store(claimed, next, dueAt, now);
    }

    private sealed class ClaimedForEver(ISubscriptionWork work) : ISubscriptionWork
    {
        public Task<IReadOnlyList<ClaimedSubscription>> Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
            work.Claim(now, TimeSpan.FromDays(3_650), limit);

        public Task<ClaimedSubscription?> Store(
            ClaimedSubscription claimed, Subscription next, DateTimeOffset? dueAt, DateTimeOffset now) =>
            work.Store(claimed, next, dueAt, now);
    }
}
