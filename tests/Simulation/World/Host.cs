using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using JikoXpress.Payments;
using JikoXpress.Postgres.Commits;
using JikoXpress.Simulation.Faults;
using JikoXpress.Simulation.PlantedBugs;
using JikoXpress.Simulation.Schedule;
using JikoXpress.Simulation.Store;
using JikoXpress.Testing.Silo;
using Microsoft.Extensions.Options;
using Npgsql;

namespace JikoXpress.Simulation.World;

/// <summary>
/// One life of a host: a silo of the cluster with the product's own grains, and the product's own writers, rounds and
/// sweep. When it dies nothing of it goes on, and whoever waits for it hears that.
/// </summary>
internal sealed class Host
{
    private static readonly TimeSpan Sweeping = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(500);

    /// <summary>For so long a command waits for its turn, as the web API has it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Universe world;
    private readonly HashSet<Action<Exception>> waiting = [];
    private readonly IMobileMoneyAdapter adapter;
    private readonly Arrivals arrivals;
    private readonly WorkSignals signals = new();
    private readonly EarlyQueries early = new();

    public Host(Universe world, string name)
    {
        this.world = world;
        Place = new Place(name, world.Timeline);
        Store = new StoreDoor(this, world);
        Merchants = new MerchantDoor(Store, this, world);
        adapter = world.Wiring.Adapter(world.Phones.LineOf(this));
        var inbox = world.Wiring.Inbox(Store);
        arrivals = new Arrivals(inbox, signals);
        var claims = new ReceiptClaims(
            world.Wiring.Receipts(Store), Place.Clock, new TracedLog<ReceiptClaims>(this, world));
        var attempts = world.Wiring.Attempts(Store);
        Aggregators = new Aggregators([adapter], Place.Clock, claims: claims, attempts: attempts);
        var writers = Place.Within(() => new CommitWriters(
            new MemoryCalls(this, world), Options.Create(new CommitSettings { MostInBatch = 8 }), signals,
            Place.Clock, new TracedLog<CommitWriters>(this, world)));
        var ids = new SeededIds(world.Dice, Place.Clock);
        var wheel = Place.Within(() => new TimerWheel(Place.Clock));
        var commits = world.Wiring.Commits(writers, Store);
        var states = world.Wiring.States(Store);
        var deadlines = world.Wiring.Deadlines(Store);
        var clock = world.Wiring.Clock(Place.Clock);
        var facts = new SessionFactsSource(
            world.City, Store, Aggregators, Store, Store, links: Merchants);
        var services = new SiloServices();
        Silo = world.Cluster.Start(name, services, Place.Clock, Place);
        var inventories = new KitchenInventories(Grains);
        services.Add(new SessionServices(
            commits, states, facts, Grains, Aggregators, ids, clock, wheel, new SessionsAtRest(),
            new SessionsInMemory(clock, wheel), inventories, new TracedLog<SessionServices>(this, world)));
        services.Add(new BillServices(
            commits, states, facts, Grains, Aggregators, ids, clock, new TracedLog<BillServices>(this, world)));
        services.Add(new CartServices(commits, states, world.City, facts, Grains, Aggregators, ids, clock));
        services.Add(new InventoryServices(
            commits, states, Store, deadlines, world.City, Grains, clock, inventories,
            new TracedLog<InventoryServices>(this, world)));
        Rounds = new PaymentRounds(
            attempts, world.Wiring.Refunds(Store), inbox, claims,
            new PaymentExceptions(world.Wiring.Exceptions(Store)), signals, Aggregators, early, Grains, Place.Clock,
            new TracedLog<PaymentRounds>(this, world));
        var periods = world.Wiring.Periods(states, Grains);
        Periods = new SubscriptionRounds(
            world.Wiring.Subscriptions(Merchants), periods.States, world.City, periods.Grains, Place.Clock,
            new TracedLog<SubscriptionRounds>(this, world));
        Sweep = new DeadlineSweep(deadlines, Grains, Place.Clock, new TracedLog<DeadlineSweep>(this, world));
        AddLoops();
    }

    public Place Place { get; }
    public StoreDoor Store { get; }
    public MerchantDoor Merchants { get; }
    public Aggregators Aggregators { get; }
    public SimulatedSilo Silo { get; }
    public IGrainFactory Grains => Silo;
    private PaymentRounds Rounds { get; }
    private SubscriptionRounds Periods { get; }
    private DeadlineSweep Sweep { get; }

    /// <summary>Failures that callers are prepared for: they ask again.</summary>
    public static bool IsForeseen(Exception failure) => failure is HostDiedException or NoAnswerException
        or StoreBusyException or CommitUnknownException or NpgsqlException or TimeoutException or OrleansException
        or PushNotSentException;

    public void Say(string what) => world.Say(Place, what);

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

    /// <summary>The web API's door for commands: one that waits for its turn for too long is told so.</summary>
    public async Task<Reply<T>> Command<T>(
        Guid grain, Operation? operation, Func<CancellationToken, Task<Reply<T>>> command)
    {
        using var patience = new CancellationTokenSource(Patience, Place.Clock);
        try
        {
            return await command(patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return new Reply<T>.Refused(
                [operation is null ? SessionRefusals.Overloaded : SessionRefusals.RequestInProgress]);
        }
        catch (TimeoutException) when (world.Wiring.Silence is Silence.No)
        {
            return new Reply<T>.Refused([SessionRefusals.SessionNotPending(SessionStatus.Expired)]);
        }
        catch (TimeoutException) when (world.Wiring.Silence is Silence.Yes && typeof(T) == typeof(Session))
        {
            var (state, version) = await Grains.Session(grain).Read();
            return new Reply<T>.Accepted((T)(object)state, version);
        }
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
        world.Cluster.Kill(Silo);
        foreach (var fail in waiting) fail(new HostDiedException());
        waiting.Clear();
    }

    /// <summary>
    /// The web API's door for webhooks: verified, kept, and only then answered, with the event's id. Null when it is
    /// refused, and nothing when it is no payment of ours.
    /// </summary>
    public async Task<string?> Hear(string token, Webhook webhook)
    {
        var now = Place.Clock.GetUtcNow();
        if (!adapter.IsItsToken(token)) return null;
        var reading = adapter.Read(webhook, now);
        if (reading is WebhookReading.Unverified && await adapter.RefreshKeys(CancellationToken.None))
            reading = adapter.Read(webhook, now);
        if (reading is WebhookReading.Irrelevant) return "";
        if (reading is not WebhookReading.Genuine(var eventId))
        {
            if (adapter.Recall(webhook.Body.Span) is { } said && PaymentReference.IsOne(said.Reference))
                early.Hint(said.Reference);
            return null;
        }

        var kept = arrivals.Keep(adapter.Name, eventId, webhook.Body.ToArray(), now);
        if (!world.Wiring.AnswersFirst) await kept;
        return eventId;
    }

    private void AddLoops()
    {
        var rows = world.Database;
        if (world.Wiring.Sweeps)
            world.Timeline.Add(new Loop(Place, Sweeping, () => rows.Sessions.Min(row => row.Row.Deadline), Swept));
        world.Timeline.Add(new Loop(
            Place, Rounding,
            () => signals.Webhooks.IsEmpty && signals.Pushes.IsEmpty
                ? Earliest(
                    rows.Attempts.Min(row => row.NextLookAt), rows.Refunds.Min(row => row.NextTryAt),
                    rows.Inbox.Min(row => row.NextLookAt))
                : DateTimeOffset.MinValue,
            Rounded));
        world.Timeline.Add(new Loop(Place, Rounding, () => rows.Subscriptions.Min(row => row.DueAt), Looked));
    }

    private Task Swept() => Safely(async () => await Sweep.Sweep(CancellationToken.None));

    private Task Rounded() => Safely(async () =>
    {
        while (await Rounds.Run())
        {
            // There may be more of it.
        }
    });

    /// <summary>As the product's worker does: the next round does not wait for what this one has begun.</summary>
    private Task Looked() => Safely(async () =>
    {
        while (await Periods.Begin() >= PaymentRounds.AtOnce)
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
