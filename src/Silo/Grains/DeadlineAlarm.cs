namespace JikoXpress.Silo.Grains;

/// <summary>
/// Wakes a grain at its deadline: a timer to the moment while it is in memory, and a reminder when it is not, or its
/// silo is gone. Both only make it look; the deadline itself is in its state.
/// </summary>
internal sealed class DeadlineAlarm(IGrainContext context, GrainHost host)
{
    private const string Name = "deadline";

    /// <summary>How often a reminder repeats itself; Orleans has none that do not.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private IGrainTimer? timer;
    private DateTimeOffset? set;

    public Func<Task> Rings { get; set; } = () => Task.CompletedTask;

    /// <summary>Without a deadline the timer is off; the reminder finds nothing to do and takes itself away.</summary>
    public async Task Set(DateTimeOffset? deadline)
    {
        if (deadline == set) return;
        set = deadline;
        timer?.Dispose();
        timer = null;
        if (deadline is not { } moment) return;

        var left = moment - host.Clock.GetUtcNow();
        if (left < TimeSpan.Zero) left = TimeSpan.Zero;
        timer = host.Timers.RegisterGrainTimer(
            context, (_, _) => Rings(), state: this, new GrainTimerCreationOptions(left, Timeout.InfiniteTimeSpan));
        try
        {
            await host.Reminders.RegisterOrUpdateReminder(context.GrainId, Name, left, Period);
        }
        catch (Exception failure)
        {
            // The deadline stands in the row, and every host looks for those that are due.
            Log.ReminderFailed(host.Log, failure, context.GrainId);
        }
    }

    public async Task Remove()
    {
        if (await host.Reminders.GetReminder(context.GrainId, Name) is { } reminder)
            await host.Reminders.UnregisterReminder(context.GrainId, reminder);
    }
}
