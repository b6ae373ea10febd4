namespace JikoXpress.Simulation.Schedule;

/// <summary>The clock of a place: its timers are entries of the schedule.</summary>
internal sealed class VirtualClock(Place place) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => place.Timeline.Now;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(place, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}

internal sealed class VirtualTimer(Place place, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan period;
    private long setting;

    public bool IsSet(long asked) => asked == setting;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        this.period = period;
        setting++;
        if (dueTime != Timeout.InfiniteTimeSpan) place.Timeline.Wake(this, setting, place.Timeline.Now + dueTime);
        return true;
    }

    public void Fire(long asked)
    {
        if (period > TimeSpan.Zero) place.Timeline.Wake(this, setting, place.Timeline.Now + period);
        else setting++;
        place.Post(_ => Call(asked), state: null);
    }

    public void Dispose() => setting++;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Between its moment and its turn a timer may have been stopped or set anew.</summary>
    private void Call(long asked)
    {
        var isCurrent = period > TimeSpan.Zero ? asked == setting : asked + 1 == setting;
        if (isCurrent) callback(state);
    }
}
