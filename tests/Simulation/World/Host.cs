using JikoXpress.Grains;
using JikoXpress.Grains.Ports;
using JikoXpress.InProcess;
using JikoXpress.Payments;
using JikoXpress.Postgres.Commits;
using JikoXpress.Simulation.Faults;
using JikoXpress.Simulation.Phones;
using JikoXpress.Simulation.Schedule;
using JikoXpress.Simulation.Store;
using Microsoft.Extensions.Options;
using Npgsql;

namespace JikoXpress.Simulation.World;

/// <summary>
/// One life of an embedded host: the product's own grains, writers, rounds and sweep, with a memory of its own. When it
/// dies nothing of it goes on, and whoever waits for it hears that.
/// </summary>
internal sealed class Host
{
    private static readonly TimeSpan Sweeping = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Collecting = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Checking = TimeSpan.FromSeconds(1);

    private readonly Universe world;
    private readonly HashSet<Action<Exception>> waiting = [];
    private readonly IMobileMoneyAdapter adapter;
    private readonly Arrivals arrivals;
    private readonly Bells bells = new();
    private readonly EarlyQueries early = new();
    private DateTimeOffset lastActive;

    public Host(Universe world, string name)
    {
        this.world = world;
        Place = new Place(name, world.Timeline);
        Store = new StoreDoor(this, world);
        adapter = world.Wiring.Adapter(new AggregatorLine(this, world));
        var inbox = world.Wiring.Inbox(Store);
        arrivals = new Arrivals(inbox, bells);
        Aggregators = new Aggregators([adapter], Place.Clock);
        var writers = Place.Within(() => new CommitWriters(
            new MemoryCalls(this, world), Options.Create(new CommitSettings { MostInBatch = 8 }), bells,
            new TracedLog<CommitWriters>(this, world)));
        var ids = new SeededIds(world.Dice, Place.Clock);
        var wheel = Place.Within(() => new Wheel(Place.Clock));
        Grains = new InProcessGrains(
            world.Wiring.Commits(writers, Store), world.Wiring.States(Store), Store, world.City,
            new SessionFactsSource(world.City, Store), Aggregators, ids, Place.Clock, wheel,
            new TracedLog<KitchenInventory>(this, world));
        Rounds = new PaymentRounds(
            world.Wiring.Attempts(Store), world.Wiring.Refunds(Store), inbox, bells, Aggregators, early, Grains,
            Place.Clock, new TracedLog<PaymentRounds>(this, world));
        Sweep = new DeadlineSweep(
            world.Wiring.Deadlines(Store), Grains, Place.Clock, new TracedLog<DeadlineSweep>(this, world));
        Memory = new MemoryCheck(
            Grains, world.Wiring.Versions(Store), Place.Clock, new TracedLog<MemoryCheck>(this, world));
        AddLoops();
    }

    public Place Place { get; }
    public StoreDoor Store { get; }
    public Aggregators Aggregators { get; }
    public InProcessGrains Grains { get; }
    private PaymentRounds Rounds { get; }
    private DeadlineSweep Sweep { get; }
    private MemoryCheck Memory { get; }

    /// <summary>Failures that callers are prepared for: they ask again.</summary>
    public static bool IsForeseen(Exception failure) => failure is HostDiedException or NoAnswerException
        or StoreBusyException or CommitUnknownException or NpgsqlException;

    public void Say(string what)
    {
        lastActive = Place.Timeline.Now;
        world.Say(Place, what);
    }

    /// <summary>Asks the host something from elsewhere.</summary>
    /// <exception cref="HostDiedException">It died before it answered.</exception>
    public Task<T> Ask<T>(Func<Task<T>> work)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!Place.IsAlive) return Task.FromException<T>(new HostDiedException());
        void Fail(Exception failure) => answer.TrySetException(failure);
        waiting.Add(Fail);
        Place.Do(async () =>
        {
            try
            {
                answer.TrySetResult(await work());
            }
            catch (Exception failure)
            {
                if (!IsForeseen(failure)) world.Unforeseen(Place, failure);
                answer.TrySetException(failure);
            }
            finally
            {
                waiting.Remove(Fail);
            }
        });
        return answer.Task;
    }

    /// <summary>The host comes by a point at which it may die; if it does, this never comes back.</summary>
    public async Task Survive(CrashPoint point)
    {
        world.Census.Passed(point);
        if (world.Weather.IsCalm || !world.Crashes.IsHere(point)) return;
        world.Census.Died(point);
        world.Kill(this, point.ToString());
        await new TaskCompletionSource().Task;
    }

    public void Die()
    {
        Place.Die();
        foreach (var fail in waiting) fail(new HostDiedException());
        waiting.Clear();
    }

    /// <summary>The web API's door for webhooks: verified, kept, and only then answered.</summary>
    public async Task<bool> Hear(string token, Webhook webhook)
    {
        var now = Place.Clock.GetUtcNow();
        if (!adapter.IsItsToken(token)) return false;
        if (adapter.Read(webhook, now) is not WebhookReading.Genuine(var eventId))
        {
            if (adapter.Recall(webhook.Body.Span) is { } said) early.Hint(said.Reference);
            return false;
        }

        var kept = arrivals.Keep(adapter.Name, eventId, webhook.Body.ToArray(), now);
        if (!world.Wiring.AnswersFirst) await kept;
        return true;
    }

    private void AddLoops()
    {
        var rows = world.Database;
        world.Timeline.Add(new Loop(Place, Sweeping, () => rows.Sessions.Min(row => row.Row.Deadline), Swept));
        world.Timeline.Add(new Loop(
            Place, Rounding,
            () => bells.Webhooks.IsEmpty && bells.Pushes.IsEmpty
                ? Earliest(
                    rows.Attempts.Min(row => row.NextLookAt), rows.Refunds.Min(row => row.NextTryAt),
                    rows.Inbox.Min(row => row.NextLookAt))
                : DateTimeOffset.MinValue,
            Rounded));
        world.Timeline.Add(new Loop(
            Place, Checking,
            () => Grains.SessionsThatMayAge().Any(IsOutdated) ? DateTimeOffset.MinValue : null,
            () => Safely(async () => await Memory.Check(CancellationToken.None))));
        world.Timeline.Add(new Loop(
            Place, Collecting,
            () => Place.Timeline.Now - lastActive < 3 * Idle ? DateTimeOffset.MinValue : null,
            () =>
            {
                Grains.LetGoOfIdle(Idle);
                return Task.CompletedTask;
            }));
    }

    private bool IsOutdated(SessionVersion known) =>
        world.Database.Session(known.SessionId) is { } row && row.Version != known.Version;

    private Task Swept() => Safely(async () => await Sweep.Sweep(CancellationToken.None));

    private Task Rounded() => Safely(async () =>
    {
        while (await Rounds.Run())
        {
            // There may be more of it.
        }
    });

    private async Task Safely(Func<Task> round)
    {
        try
        {
            await round();
        }
        catch (Exception failure)
        {
            if (IsForeseen(failure)) Say($"a round failed: {failure.Message}");
            else world.Unforeseen(Place, failure);
        }
    }

    private static DateTimeOffset? Earliest(params DateTimeOffset?[] moments) => moments.Min();
}

internal sealed class HostDiedException() : Exception("The host died before it answered.");

internal sealed class NoAnswerException() : Exception("Nobody heard an answer in time.");
