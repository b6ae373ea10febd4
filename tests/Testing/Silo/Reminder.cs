namespace JikoXpress.Testing.Silo;

/// <summary>A row of the table of reminders. It is the cluster's, and outlives every silo.</summary>
internal sealed class Reminder : IGrainReminder
{
    /// <summary>The shortest that Orleans takes.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    private static readonly GrainMethod Receive = GrainMethod.Of(
        typeof(IRemindable).GetMethods().First(method => method.Name == nameof(IRemindable.ReceiveReminder)));

    private readonly SimulatedCluster cluster;
    private readonly ITimer timer;

    public Reminder(SimulatedCluster cluster, GrainKey grain, string name, TimeSpan due, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Shortest);
        this.cluster = cluster;
        (Grain, ReminderName, Period) = (grain, name, period);
        First = cluster.Clock.GetUtcNow() + due;
        timer = cluster.Clock.CreateTimer(_ => Ring(), state: null, due, period);
    }

    public GrainKey Grain { get; }

    public string ReminderName { get; }

    private TimeSpan Period { get; }

    private DateTimeOffset First { get; }

    public void Stop() => timer.Dispose();

    private void Ring()
    {
        if (cluster.OwnerOf(Grain) is not { } owner) return;
        foreach (var late in cluster.Network.Rings(Grain)) owner.After(late, () => _ = Ring(owner));
    }

    private async Task Ring(SimulatedSilo owner)
    {
        var status = new TickStatus(First.UtcDateTime, Period, cluster.Clock.GetUtcNow().UtcDateTime);
        try
        {
            await (Task)Receive.Call(owner, Grain, [ReminderName, status]);
        }
        catch (Exception failure)
        {
            cluster.Network.Failed(owner, Grain, failure);
        }
    }
}
