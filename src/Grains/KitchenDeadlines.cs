using JikoXpress.Grains.Abstractions;
using Orleans.Timers;

namespace JikoXpress.Grains;

/// <summary>
/// Expires a kitchen's sessions at their deadlines. While the inventory grain is active a timer does it, to half a
/// second; otherwise one reminder of the kitchen does it, every minute. Both only call the session grains, which check
/// their own deadlines. The deadlines are stored in the sessions' rows.
/// </summary>
internal sealed class KitchenDeadlines(
    IGrainContext context, InventoryServices services, ITimerRegistry timers, IReminderRegistry reminders)
{
    private const string Name = "deadlines";
    private const int AtOnce = 100;

    /// <summary>The shortest reminder period that Orleans allows.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Deadlines in the same slot share one timer tick.</summary>
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(500);

    /// <summary>The timer looks again after so long: none takes the time of a session with a long trial.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>The wait before a retry after a failure.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>After this long without a new deadline the kitchen's reminder is removed.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private readonly Guid kitchenId = context.GrainId.GetGuidKey();
    private readonly SortedSet<long> slots = [];
    private IGrainTimer? timer;
    private long armed = long.MaxValue;
    private bool isLoaded, isEnding, isReminded;
    private DateTimeOffset lastExpected;

    /// <summary>Called when the inventory grain activates: its first tick reads the deadlines from the rows.</summary>
    public void Begin()
    {
        lastExpected = services.Clock.GetUtcNow();
        timer = timers.RegisterGrainTimer(
            context, static (deadlines, _) => deadlines.EndDue(), this,
            new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { Interleave = true });
    }

    /// <summary>A session of the kitchen has a deadline.</summary>
    public void Expect(DateTimeOffset moment)
    {
        lastExpected = services.Clock.GetUtcNow();
        slots.Add((moment.UtcTicks + Slot.Ticks - 1) / Slot.Ticks);
        Arm();
        if (!isReminded) _ = Remind();
    }

    /// <summary>Called by the reminder, which may be late or repeated.</summary>
    public async Task Ring()
    {
        await EndDue();
        if (!isLoaded || services.Clock.GetUtcNow() - lastExpected < Quiet) return;
        if (slots.Count > 0 && await LookAgain()) return;
        isReminded = false;
        if (await reminders.GetReminder(context.GrainId, Name) is { } reminder)
            await reminders.UnregisterReminder(context.GrainId, reminder);
        // A session may have been opened during the await; its reminder was then removed with the old one.
        if (isReminded) await Remind();
    }

    private async Task EndDue()
    {
        if (isEnding) return;
        isEnding = true;
        armed = long.MaxValue;
        try
        {
            if (!isLoaded) await Load();
            await EndAllDue();
        }
        catch (Exception failure)
        {
            Log.EndingFailed(services.Log, failure, kitchenId);
            Expect(services.Clock.GetUtcNow() + Pause);
        }
        finally
        {
            isEnding = false;
            Arm();
        }
    }

    private async Task Load()
    {
        foreach (var moment in await services.Deadlines.Upcoming(kitchenId)) Expect(moment);
        isLoaded = true;
    }

    /// <summary>
    /// Whether a deadline is left. A session may have ended long before its own, as one that a customer of a web shop
    /// has paid at once.
    /// </summary>
    private async Task<bool> LookAgain()
    {
        long[] before = [.. slots];
        // What comes during the await is kept.
        slots.Clear();
        try
        {
            foreach (var moment in await services.Deadlines.Upcoming(kitchenId)) Expect(moment);
        }
        catch
        {
            slots.UnionWith(before);
            throw;
        }

        return slots.Count > 0;
    }

    private async Task EndAllDue()
    {
        var now = services.Clock.GetUtcNow();
        slots.RemoveWhere(slot => slot * Slot.Ticks <= now.UtcTicks);
        var seen = new HashSet<Guid>();
        while (true)
        {
            var due = await services.Deadlines.Due(kitchenId, now, AtOnce);
            var unseen = due.Where(seen.Add).ToList();
            await Task.WhenAll(unseen.Select(session => services.Grains.Session(session).Expire()));
            CheckoutMetrics.Swept(unseen.Count);
            if (unseen.Count == 0) break;
        }
    }

    /// <summary>Sets the timer to the first slot, if it is not set for then or earlier.</summary>
    private void Arm()
    {
        if (isEnding || slots.Count == 0 || slots.Min >= armed) return;
        armed = slots.Min;
        var left = TimeSpan.FromTicks((armed * Slot.Ticks) - services.Clock.GetUtcNow().UtcTicks);
        timer?.Change(
            left <= TimeSpan.Zero ? TimeSpan.Zero : left < LongestWait ? left : LongestWait,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Registers the reminder. No sale waits for this; after a failure the next deadline retries.</summary>
    private async Task Remind()
    {
        isReminded = true;
        try
        {
            await reminders.RegisterOrUpdateReminder(context.GrainId, Name, Period, Period);
        }
        catch (Exception failure)
        {
            isReminded = false;
            Log.ReminderFailed(services.Log, failure, kitchenId);
        }
    }
}
