using JikoXpress.Domain.Sessions;
using JikoXpress.Grains;
using JikoXpress.Grains.Abstractions;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Serialization.Invocation;

namespace JikoXpress.Silo.Grains;

/// <summary>
/// A session as a grain of the cluster: Orleans gives it one command at a time, and wakes it when its time is over.
/// </summary>
[GrainType(Kind)]
[MayInterleave(nameof(IsRead))]
[PreferLocalPlacement]
[CollectionAgeLimit(Minutes = 2)]
internal sealed class CheckoutSessionGrain : CheckoutSession, ICheckoutSessionGrain, IGrainBase, IRemindable
{
    public const string Kind = "session";

    private readonly DeadlineAlarm alarm;

    public CheckoutSessionGrain(IGrainContext context, GrainHost host)
        : this(context, host, new DeadlineAlarm(context, host))
    {
    }

    private CheckoutSessionGrain(IGrainContext context, GrainHost host, DeadlineAlarm alarm)
        : base(context.GrainId.GetGuidKey(), host.ForSession(alarm.Set))
    {
        GrainContext = context;
        this.alarm = alarm;
        alarm.Rings = Lapse;
    }

    public IGrainContext GrainContext { get; }

    /// <summary>Reads and waits pass beside the commands, and so does the news that a read is due.</summary>
    public static bool IsRead(IInvokable call) => call.GetMethodName()
        is nameof(ICheckoutSession.Read) or nameof(ICheckoutSession.Watch) or nameof(ICheckoutSession.LookAgain);

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await Lapse();
        if (await Read() is not { State: Session.Opened { Deadline: not null } }) await alarm.Remove();
    }
}
