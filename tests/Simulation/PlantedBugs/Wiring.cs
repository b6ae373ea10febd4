using JikoXpress.Grains.Ports;
using JikoXpress.Payments;
using JikoXpress.Simulation.Store;
using JikoXpress.Testing.Memory;
using JikoXpress.Testing.Silo;

namespace JikoXpress.Simulation.PlantedBugs;

/// <summary>
/// The seams at which a bug can be planted: what stands here is put between the product and its ports. Nothing stands
/// here in a run of the product as it is.
/// </summary>
internal sealed class Wiring
{
    public Action<MemoryDatabase> Database { get; set; } = _ => { };

    /// <summary>What of a commit reaches the database.</summary>
    public Func<GrainCommit, GrainCommit> Commit { get; set; } = commit => commit;

    /// <summary>What the database keeps of commits that it refused, or of those that it took.</summary>
    public Action<MemoryDatabase, GrainCommit, CommitAnswer> Answered { get; set; } = (_, _, _) => { };

    public Func<ICommits, StoreDoor, ICommits> Commits { get; set; } = (commits, _) => commits;

    public Func<IStateReads, IStateReads> States { get; set; } = states => states;

    public Func<IDeadlines, IDeadlines> Deadlines { get; set; } = deadlines => deadlines;

    public Func<IPaymentInbox, IPaymentInbox> Inbox { get; set; } = inbox => inbox;

    public Func<IAttempts, IAttempts> Attempts { get; set; } = attempts => attempts;

    public Func<IRefunds, IRefunds> Refunds { get; set; } = refunds => refunds;

    public Func<IMobileMoneyAdapter, IMobileMoneyAdapter> Adapter { get; set; } = adapter => adapter;

    /// <summary>What grains and rounds call other grains by.</summary>
    public Func<SimulatedSilo, IGrainFactory> Grains { get; set; } = silo => silo;

    /// <summary>What the grains look at to know what time it is.</summary>
    public Func<TimeProvider, TimeProvider> Clock { get; set; } = clock => clock;

    /// <summary>A reminder is about to ring.</summary>
    public Action<DateTimeOffset> Rung { get; set; } = _ => { };

    /// <summary>Somebody looks for what timers and reminders have missed.</summary>
    public bool Sweeps { get; set; } = true;

    /// <summary>Where no answer came from another silo, the caller is told no.</summary>
    public bool LostIsRefused { get; set; }

    /// <summary>Webhooks are answered before they are kept.</summary>
    public bool AnswersFirst { get; set; }

    /// <summary>A client that asks again with its key gets a new session's id for it.</summary>
    public bool NewSessionOnRetry { get; set; }
}
