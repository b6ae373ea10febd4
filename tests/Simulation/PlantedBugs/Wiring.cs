using JikoXpress.Grains.Ports;
using JikoXpress.Payments;
using JikoXpress.Simulation.Store;
using JikoXpress.Testing.Memory;

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

    public Func<IReceipts, IReceipts> Receipts { get; set; } = receipts => receipts;

    public Func<IPaymentExceptions, IPaymentExceptions> Exceptions { get; set; } = exceptions => exceptions;

    public Func<ISubscriptionWork, ISubscriptionWork> Subscriptions { get; set; } = work => work;

    /// <summary>The rows and the grains of sessions as the rounds over subscriptions see them.</summary>
    public Func<IStateReads, IGrainFactory, (IStateReads States, IGrainFactory Grains)> Periods { get; set; } =
        (states, grains) => (states, grains);

    public Func<IMobileMoneyAdapter, IMobileMoneyAdapter> Adapter { get; set; } = adapter => adapter;

    /// <summary>What an adapter speaks to, where it speaks over a wire.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler> Wire { get; set; } = wire => wire;

    /// <summary>What the grains look at to know what time it is.</summary>
    public Func<TimeProvider, TimeProvider> Clock { get; set; } = clock => clock;

    /// <summary>A reminder rings for the second time.</summary>
    public Action RungTwice { get; set; } = () => { };

    /// <summary>A reminder does not ring.</summary>
    public Action RingLost { get; set; } = () => { };

    /// <summary>A grain goes to another silo.</summary>
    public Action<Guid> Moved { get; set; } = _ => { };

    /// <summary>The timers of grains tick.</summary>
    public bool Ticks { get; set; } = true;

    /// <summary>Somebody looks for what timers and reminders have missed.</summary>
    public bool Sweeps { get; set; } = true;

    /// <summary>What the caller of a session is told where no answer came from another silo.</summary>
    public Silence Silence { get; set; }

    /// <summary>Webhooks are answered before they are kept.</summary>
    public bool AnswersFirst { get; set; }

    /// <summary>A client that asks again with its key gets a new session's id for it.</summary>
    public bool NewSessionOnRetry { get; set; }
}

/// <summary>What somebody makes of an answer that does not come.</summary>
internal enum Silence { Unknown, Yes, No }
