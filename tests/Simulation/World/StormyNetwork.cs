using JikoXpress.Simulation.Faults;
using JikoXpress.Testing.Silo;

namespace JikoXpress.Simulation.World;

/// <summary>What the weather makes of the calls between silos, of the directory, and of the reminders.</summary>
internal sealed class StormyNetwork(Universe world) : ClusterNetwork
{
    private static readonly TimeSpan LongestDisagreement = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LatestRing = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(40);

    private readonly Dictionary<GrainKey, DateTimeOffset> silences = [];

    /// <summary>When those that are late are over.</summary>
    private readonly Dictionary<GrainKey, DateTimeOffset> waits = [];

    public override bool KeepsSecond => world.Dice.Chance(0.5);

    public override TimeSpan UntilMissed => world.Dice.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6));

    public override SimulatedSilo Choose(IReadOnlyList<SimulatedSilo> alive) => world.Dice.Pick(alive);

    public override TimeSpan? Travel(Parcel parcel, GrainKey grain, string method)
    {
        var lost = parcel is Parcel.Call ? Fault.CallLost : Fault.CallAnswerLost;
        if (Strikes(lost, grain, method)) return null;
        return world.Dice.Chance(0.5) ? TimeSpan.FromMilliseconds(world.Dice.Between(1, 20)) : TimeSpan.Zero;
    }

    public override TimeSpan? Disagrees(SimulatedSilo silo, GrainKey grain) =>
        Strikes(Fault.DuplicateActivation, grain, $"on {silo.Name} too")
            ? world.Dice.Between(TimeSpan.FromSeconds(1), LongestDisagreement)
            : null;

    public override bool Moves(GrainKey grain)
    {
        if (!Strikes(Fault.ActivationMoves, grain, "goes elsewhere")) return false;
        world.Wiring.Moved(grain.Id);
        return true;
    }

    public override bool Ticks(GrainKey grain) => world.Wiring.Ticks;

    public override IReadOnlyList<TimeSpan> Rings(GrainKey grain)
    {
        var now = world.Timeline.Now;
        if (world.HasSubscribers && IsIdle(grain, now)) return [];
        if (waits.TryGetValue(grain, out var next) && now < next) return [];
        if (silences.TryGetValue(grain, out var end) && now < end) return Silence();
        if (Strikes(Fault.ReminderLost, grain, "is not rung for"))
        {
            silences[grain] = now + world.Dice.Between(TimeSpan.Zero, LongestSilence);
            return Silence();
        }

        if (Strikes(Fault.ReminderLate, grain, "is rung for late"))
        {
            // The next ring is set when one is over.
            var late = world.Dice.Between(TimeSpan.FromSeconds(10), LatestRing);
            waits[grain] = now + late;
            return [late];
        }

        if (!Strikes(Fault.ReminderTwice, grain, "is rung for twice")) return [TimeSpan.Zero];
        world.Wiring.RungTwice();
        return [TimeSpan.Zero, world.Dice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(5))];
    }

    public override Task ReachReminders(SimulatedSilo silo, GrainKey grain, string why) =>
        world.HostOf(silo).Store.ReachReminders(grain.Id, why);

    public override void Failed(SimulatedSilo silo, GrainKey grain, Exception failure)
    {
        var host = world.HostOf(silo);
        if (Host.IsForeseen(failure)) host.Say($"{NameOf(grain)} failed: {failure.Message}");
        else world.Unforeseen(host.Place, failure);
    }

    /// <summary>
    /// In runs of days most rings that find no session whose time is over are left out. One in half an hour is not, so
    /// that a kitchen in which nothing waits any more ends its reminder.
    /// </summary>
    private bool IsIdle(GrainKey kitchen, DateTimeOffset now) =>
        now.Minute % 30 != 0
        && !world.Database.Sessions.Any(row => row.KitchenId == kitchen.Id && row.Row.Deadline <= now);

    private IReadOnlyList<TimeSpan> Silence()
    {
        world.Wiring.RingLost();
        return [];
    }

    private bool Strikes(Fault fault, GrainKey grain, string what)
    {
        if (!world.Weather.Strikes(fault)) return false;
        world.Census.Count(fault);
        world.Say(world.Server, $"{fault}: {NameOf(grain)} {what}");
        return true;
    }

    private string NameOf(GrainKey grain) => $"{grain.Class.Name} {world.Name(grain.Id)}";
}
