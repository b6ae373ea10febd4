using JikoXpress.Simulation.Schedule;

namespace JikoXpress.Simulation.Faults;

/// <summary>
/// What goes wrong in this run, and how often: each fault is on in half of the runs, so that some runs are rough in one
/// way only. When the weather is calm nothing goes wrong any more.
/// </summary>
internal sealed class Weather(Dice dice, CrashPoint aim)
{
    private readonly Dictionary<Fault, double> strengths = Enum.GetValues<Fault>()
        .ToDictionary(
            fault => fault,
            fault => LeadsTo(fault, aim.Act) ? StrongestOf(fault)
                : dice.Chance(0.5) ? StrongestOf(fault) * dice.Between(1, 10) / 10
                : 0);

    public bool IsCalm { get; private set; }

    public bool Strikes(Fault fault) => !IsCalm && dice.Chance(strengths[fault]);

    public void Calm() => IsCalm = true;

    public override string ToString() => string.Join(", ", strengths
        .Where(fault => fault.Value > 0)
        .Select(fault => $"{fault.Key} {fault.Value:P0}"));

    private static bool LeadsTo(Fault fault, Act act) => (fault, act) is (Fault.RefundRefused, Act.PostponeRefund)
        or (Fault.Attack, Act.ParkEvent) or (Fault.WebhookTwice, Act.FinishEvent);

    private static double StrongestOf(Fault fault) => fault switch
    {
        Fault.StoreSlow => 0.15,
        Fault.ReadBroken => 0.08,
        Fault.CommitLostBefore or Fault.CommitLostAfter => 0.25,
        Fault.CommitLate => 0.12,
        Fault.BatchRefused => 0.15,
        Fault.Unreachable => 0.08,
        Fault.AnswerLost => 0.2,
        Fault.PushLost => 0.15,
        Fault.PushAnswerLost => 0.4,
        Fault.AskTimesOut => 0.3,
        Fault.AskLies => 0.3,
        Fault.RefundAnswerLost => 0.4,
        Fault.RefundRefused => 0.3,
        Fault.WebhookLost => 0.4,
        Fault.WebhookTwice => 0.5,
        Fault.WebhookLate => 0.5,
        Fault.Attack => 0.6,
        Fault.DuplicateActivation => 0.1,
        Fault.CallLost or Fault.CallAnswerLost => 0.06,
        Fault.ReminderLate or Fault.ReminderTwice or Fault.ReminderLost => 0.5,
        Fault.ActivationMoves => 0.05,
    };
}

internal enum Fault
{
    /// <summary>The database takes seconds.</summary>
    StoreSlow = 1,

    /// <summary>A read's connection breaks.</summary>
    ReadBroken,

    /// <summary>A commit's connection breaks before anything was committed.</summary>
    CommitLostBefore,

    /// <summary>It is committed, and nobody hears of it.</summary>
    CommitLostAfter,

    /// <summary>The connection breaks, and the server commits a while later.</summary>
    CommitLate,

    /// <summary>The server chooses a batch for a deadlock's victim, or has no time for it.</summary>
    BatchRefused,

    /// <summary>No connection can be opened.</summary>
    Unreachable,

    /// <summary>The caller does not hear the host's answer.</summary>
    AnswerLost,

    /// <summary>A push does not reach the aggregator.</summary>
    PushLost,

    /// <summary>The phone rings, and the host does not hear that it was accepted.</summary>
    PushAnswerLost,

    AskTimesOut,

    /// <summary>The aggregator says "pending" though it knows better.</summary>
    AskLies,

    /// <summary>The money went back, and the host does not hear of it.</summary>
    RefundAnswerLost,

    RefundRefused,
    WebhookLost,

    /// <summary>The same fact comes again, as the same event or as another.</summary>
    WebhookTwice,

    WebhookLate,

    /// <summary>Somebody forges, alters or repeats webhooks.</summary>
    Attack,

    /// <summary>For some seconds two silos have an activation of the same grain.</summary>
    DuplicateActivation,

    /// <summary>A call to another silo never arrives.</summary>
    CallLost,

    /// <summary>A call is carried out on another silo, and the answer never arrives.</summary>
    CallAnswerLost,

    /// <summary>A reminder rings minutes late.</summary>
    ReminderLate,

    ReminderTwice,

    /// <summary>For some minutes a reminder does not ring.</summary>
    ReminderLost,

    /// <summary>An activation ends, and the next one is on another silo.</summary>
    ActivationMoves,
}
