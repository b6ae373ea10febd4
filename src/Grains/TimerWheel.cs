namespace JikoXpress.Grains;

/// <summary>
/// One timer for all waits until a moment: ten thousand waiting kiosks share a few hundred slots. A wait ends up to a
/// quarter of a second late, never early.
/// </summary>
public sealed class TimerWheel : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly Lock turning = new();
    private readonly SortedDictionary<long, TaskCompletionSource> slots = [];
    private readonly TimeProvider clock;
    private readonly ITimer timer;
    private bool isStopped;

    public TimerWheel(TimeProvider clock)
    {
        this.clock = clock;
        timer = clock.CreateTimer(_ => Turn(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The silo stops: no wait begins any more.</summary>
    public bool IsStopped => Volatile.Read(ref isStopped);

    /// <summary>Completes all waits, those that begin later too.</summary>
    public void Stop()
    {
        lock (turning)
        {
            Volatile.Write(ref isStopped, true);
            foreach (var waiting in slots.Values) waiting.SetResult();
            slots.Clear();
        }
    }

    /// <summary>Completes when the moment has come.</summary>
    public Task Until(DateTimeOffset moment)
    {
        var slot = (moment.UtcTicks + Tick.Ticks - 1) / Tick.Ticks;
        lock (turning)
        {
            if (isStopped || slot * Tick.Ticks <= clock.GetUtcNow().UtcTicks) return Task.CompletedTask;
            if (slots.TryGetValue(slot, out var waiting)) return waiting.Task;

            waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            slots.Add(slot, waiting);
            if (slots.First().Key == slot) WakeAt(slot);
            return waiting.Task;
        }
    }

    public void Dispose() => timer.Dispose();

    private void Turn()
    {
        lock (turning)
        {
            var now = clock.GetUtcNow().UtcTicks;
            while (slots.Count > 0 && slots.First() is var (slot, due))
            {
                if (slot * Tick.Ticks > now)
                {
                    WakeAt(slot);
                    return;
                }

                slots.Remove(slot);
                due.SetResult();
            }
        }
    }

    private void WakeAt(long slot)
    {
        var wait = TimeSpan.FromTicks((slot * Tick.Ticks) - clock.GetUtcNow().UtcTicks);
        timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
