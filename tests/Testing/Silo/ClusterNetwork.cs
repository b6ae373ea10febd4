namespace JikoXpress.Testing.Silo;

/// <summary>
/// What lies between the silos of a simulated cluster. As it stands here nothing goes wrong and nothing takes time; a
/// simulation says otherwise.
/// </summary>
public class ClusterNetwork
{
    /// <summary>The silo that activates a grain which prefers none.</summary>
    public virtual SimulatedSilo Choose(IReadOnlyList<SimulatedSilo> alive) => alive[0];

    /// <summary>How long a call, or its answer, is on its way to another silo; null where it never arrives.</summary>
    public virtual TimeSpan? Travel(Parcel parcel, GrainKey grain, string method) => TimeSpan.Zero;

    /// <summary>
    /// For how long a silo does not know that another has activated a grain, and has an activation of its own; null
    /// where it knows.
    /// </summary>
    public virtual TimeSpan? Disagrees(SimulatedSilo silo, GrainKey grain) => null;

    /// <summary>Of two activations of a grain the second stays.</summary>
    public virtual bool KeepsSecond => false;

    /// <summary>The activation goes to another silo now.</summary>
    public virtual bool Moves(GrainKey grain) => false;

    /// <summary>
    /// After how long the ringing of a reminder reaches its grain: nothing where it is lost, two moments where it is
    /// doubled.
    /// </summary>
    public virtual IReadOnlyList<TimeSpan> Rings(GrainKey grain) => [TimeSpan.Zero];

    /// <summary>A timer of the grain ticks when its time has come.</summary>
    public virtual bool Ticks(GrainKey grain) => true;

    /// <summary>A silo's way to the table of the reminders.</summary>
    public virtual Task ReachReminders(SimulatedSilo silo, GrainKey grain, string why) => Task.CompletedTask;

    /// <summary>How long it takes until the others miss a silo that has died.</summary>
    public virtual TimeSpan UntilMissed => TimeSpan.Zero;

    /// <summary>What nobody waits for has failed: a timer's tick, or what a reminder has woken.</summary>
    public virtual void Failed(SimulatedSilo silo, GrainKey grain, Exception failure)
    {
        // Orleans writes it down, and goes on.
    }
}

/// <summary>What goes from silo to silo.</summary>
public enum Parcel { Call = 1, Answer }
