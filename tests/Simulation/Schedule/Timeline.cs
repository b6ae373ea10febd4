namespace JikoXpress.Simulation.Schedule;

/// <summary>
/// One thread and one virtual time. What can go on now goes on in the order that the seed picks; when nothing can, time
/// jumps to the next moment at which something can.
/// </summary>
internal sealed class Timeline(Dice dice, Trace trace, DateTimeOffset start)
{
    private readonly List<Turn> ready = [];
    private readonly PriorityQueue<(VirtualTimer Timer, long Setting), (long At, long Order)> timers = new();
    private readonly List<Loop> loops = [];
    private readonly int thread = Environment.CurrentManagedThreadId;
    private string? leak;
    private long order;

    public DateTimeOffset Now { get; private set; } = start;

    /// <summary>Every event that was scheduled so far.</summary>
    public long Events { get; private set; }

    public void Enqueue(Place place, SendOrPostCallback call, object? state)
    {
        if (Environment.CurrentManagedThreadId == thread) ready.Add(new Turn(place, call, state));
        else leak ??= $"Code of {place.Name} ran on another thread: {Environment.StackTrace}";
    }

    public void Wake(VirtualTimer timer, long setting, DateTimeOffset at) =>
        timers.Enqueue((timer, setting), (at.UtcTicks, order++));

    public void Add(Loop loop) => loops.Add(loop);

    public void Remove(Place place) => loops.RemoveAll(loop => loop.Place == place);

    /// <summary>Lets one thing happen; false when nothing will ever happen, or nothing before a moment.</summary>
    public bool Step(DateTimeOffset until)
    {
        if (leak is not null) throw new InvalidOperationException(leak);
        while (ready.Count == 0)
        {
            if (!Advance(until)) return false;
        }

        var picked = dice.Below(ready.Count);
        trace.Mix((ulong)picked);
        var turn = ready[picked];
        ready[picked] = ready[^1];
        ready.RemoveAt(ready.Count - 1);
        Events++;
        turn.Place.Take(turn.Call, turn.State);
        return true;
    }

    private bool Advance(DateTimeOffset until)
    {
        while (timers.TryPeek(out var first, out _) && !first.Timer.IsSet(first.Setting)) timers.Dequeue();
        var ticks = loops.MinBy(loop => loop.NextTick(Now) ?? DateTimeOffset.MaxValue);
        var tick = ticks?.NextTick(Now);
        DateTimeOffset? due = timers.TryPeek(out _, out var next) ? new DateTimeOffset(next.At, TimeSpan.Zero) : null;
        if ((due ?? DateTimeOffset.MaxValue) > until && (tick ?? DateTimeOffset.MaxValue) > until)
        {
            if (Now < until) Now = until;
            return false;
        }

        if (tick is { } moment && moment <= (due ?? DateTimeOffset.MaxValue))
        {
            Now = moment > Now ? moment : Now;
            ticks?.Tick(Now);
            return true;
        }

        var (timer, setting) = timers.Dequeue();
        if (due > Now) Now = due.Value;
        timer.Fire(setting);
        return true;
    }

    private readonly record struct Turn(Place Place, SendOrPostCallback Call, object? State);
}
