namespace JikoXpress.Testing.Silo;

/// <summary>
/// The silos of a cluster with what they share: a directory, which knows one activation of each grain, and reminders.
/// </summary>
/// <param name="clock">Rings the reminders, and misses silos that have died.</param>
public sealed class SimulatedCluster(TimeProvider clock, ClusterNetwork? network = null)
{
    private readonly Lock gate = new();
    private readonly List<SimulatedSilo> silos = [];
    private readonly Dictionary<GrainKey, Activation> directory = [];

    /// <summary>Second activations, each known to one silo only.</summary>
    private readonly Dictionary<(SimulatedSilo Silo, GrainKey Grain), Activation> seconds = [];

    /// <summary>Where grains that have moved are activated next.</summary>
    private readonly Dictionary<GrainKey, SimulatedSilo> moved = [];

    private readonly Dictionary<(GrainKey Grain, string Name), Reminder> reminders = [];
    private readonly HashSet<GrainCall> underWay = [];
    private int waiting;

    public ClusterNetwork Network { get; } = network ?? new ClusterNetwork();

    /// <summary>How many grains are in memory.</summary>
    public int Count => Read(() => directory.Count);

    /// <summary>How many requests wait for their turn.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>Grains that a reminder rings for.</summary>
    public IReadOnlyList<Guid> Reminded => Read(() => reminders.Keys.Select(key => key.Grain.Id).ToList());

    /// <summary>How often a reminder was set, or set anew.</summary>
    public int RemindersSet { get; private set; }

    internal TimeProvider Clock => clock;

    /// <param name="services">What its grains are made with, beside what is Orleans' own.</param>
    /// <param name="place">Where all of its code runs; null for real threads.</param>
    public SimulatedSilo Start(
        string name, IServiceProvider services, TimeProvider time, SynchronizationContext? place = null)
    {
        var silo = new SimulatedSilo(this, name, services, time, place);
        lock (gate) silos.Add(silo);
        return silo;
    }

    /// <summary>
    /// A silo is gone with all of its activations. When the others miss it, whoever waits for it hears that, and its
    /// grains are activated elsewhere.
    /// </summary>
    public void Kill(SimulatedSilo silo)
    {
        lock (gate)
        {
            silo.IsAlive = false;
            silos.Remove(silo);
        }

        if (Network.UntilMissed is var time && time > TimeSpan.Zero)
            clock.CreateTimer(_ => Miss(silo), state: null, time, Timeout.InfiniteTimeSpan);
        else
            Miss(silo);
    }

    /// <summary>What a grain's activation is asked to do by nobody who waits: to end.</summary>
    public void Deactivate<TGrain>(Guid key) where TGrain : IGrainWithGuidKey
    {
        var known = Read(() => directory.GetValueOrDefault(new GrainKey(GrainClass.Behind(typeof(TGrain)), key)));
        known?.Do(() => known.Deactivate(new DeactivationReason(DeactivationReasonCode.RuntimeRequested, "Asked to.")));
    }

    /// <summary>The activation that a silo knows of, or a new one.</summary>
    internal Activation Find(GrainKey grain, SimulatedSilo silo)
    {
        lock (gate)
        {
            if (seconds.TryGetValue((silo, grain), out var second)) return second;
            if (!directory.TryGetValue(grain, out var known)) return directory[grain] = NewActivation(grain, silo);
            if (known.Silo != silo && Network.Disagrees(silo, grain) is { } time)
            {
                second = seconds[(silo, grain)] = new Activation(silo, grain);
                silo.After(time, () => Agree(second));
                return second;
            }

            if (Network.Moves(grain)) Move(known);
            return known;
        }
    }

    internal void Forget(Activation activation)
    {
        lock (gate)
        {
            if (directory.GetValueOrDefault(activation.Key) == activation) directory.Remove(activation.Key);
            var place = (activation.Silo, activation.Key);
            if (seconds.GetValueOrDefault(place) == activation) seconds.Remove(place);
        }
    }

    internal void Waits(int more) => Interlocked.Add(ref waiting, more);

    internal void IsUnderWay(GrainCall call)
    {
        lock (gate) underWay.Add(call);
    }

    internal void HasEnded(GrainCall call)
    {
        lock (gate) underWay.Remove(call);
    }

    internal Reminder Remind(GrainKey grain, string name, TimeSpan due, TimeSpan period)
    {
        lock (gate)
        {
            RemindersSet++;
            if (reminders.TryGetValue((grain, name), out var old)) old.Stop();
            return reminders[(grain, name)] = new Reminder(this, grain, name, due, period);
        }
    }

    internal Reminder? Reminder(GrainKey grain, string name) => Read(() => reminders.GetValueOrDefault((grain, name)));

    /// <exception cref="ReminderException">It was set anew since it was read.</exception>
    internal void End(Reminder reminder)
    {
        lock (gate)
        {
            var place = (reminder.Grain, reminder.ReminderName);
            if (reminders.GetValueOrDefault(place) != reminder)
                throw new ReminderException($"The reminder of {reminder.Grain} is not as it was read.");
            reminder.Stop();
            reminders.Remove(place);
        }
    }

    /// <summary>The silo whose part of the ring a grain's reminders are in; null where no silo is left.</summary>
    internal SimulatedSilo? OwnerOf(GrainKey grain) =>
        Read(() => silos.Count == 0 ? null : silos[grain.Id.ToByteArray()[^1] % silos.Count]);

    private Activation NewActivation(GrainKey grain, SimulatedSilo asking)
    {
        var silo = moved.Remove(grain, out var next) && next.IsAlive ? next
            : grain.Class.PrefersLocal && asking.IsAlive ? asking
            : Network.Choose(silos);
        return new Activation(silo, grain);
    }

    private void Move(Activation activation)
    {
        if (silos.Find(silo => silo != activation.Silo) is not { } other) return;
        moved[activation.Key] = other;
        activation.Do(() => activation.Deactivate(
            new DeactivationReason(DeactivationReasonCode.Migrating, $"It goes to {other.Name}.")));
    }

    /// <summary>The directories are one again: of two activations one ends.</summary>
    private void Agree(Activation second)
    {
        var last = second;
        lock (gate)
        {
            // It may have ended meanwhile, and another one may be in its place.
            var place = (second.Silo, second.Key);
            if (seconds.GetValueOrDefault(place) != second) return;
            seconds.Remove(place);
            var first = directory.GetValueOrDefault(second.Key);
            if (first is null || Network.KeepsSecond)
            {
                directory[second.Key] = second;
                last = first;
            }
        }

        last?.Do(() => last.Deactivate(
            new DeactivationReason(DeactivationReasonCode.DuplicateActivation, "There is another.")));
    }

    private void Miss(SimulatedSilo silo)
    {
        List<GrainCall> inVain;
        lock (gate)
        {
            foreach (var activation in directory.Values.Where(known => known.Silo == silo).ToList())
                directory.Remove(activation.Key);
            foreach (var place in seconds.Keys.Where(place => place.Silo == silo).ToList()) seconds.Remove(place);
            inVain = [.. underWay.Where(call => call.Target?.Silo == silo || call.From == silo)];
            underWay.ExceptWith(inVain);
        }

        foreach (var call in inVain)
            call.From.After(TimeSpan.Zero, () => call.Fail(new SiloUnavailableException($"{silo.Name} is gone.")));
    }

    private T Read<T>(Func<T> read)
    {
        lock (gate) return read();
    }
}
