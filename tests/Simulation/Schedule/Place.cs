namespace JikoXpress.Simulation.Schedule;

/// <summary>
/// Where code runs: a host, a guest, the aggregator. Everything that it awaits comes back through here, so that a place
/// that dies never does anything again.
/// </summary>
internal sealed class Place(string name, Timeline timeline) : SynchronizationContext
{
    public string Name => name;

    public Timeline Timeline => timeline;

    public bool IsAlive { get; private set; } = true;

    public TimeProvider Clock => field ??= new VirtualClock(this);

    public void Die()
    {
        IsAlive = false;
        timeline.Remove(this);
    }

    /// <summary>Begins a piece of work here, at a moment that the schedule picks.</summary>
    public void Do(Func<Task> work) => Post(_ => work(), state: null);

    /// <summary>Makes something whose code belongs here.</summary>
    public T Within<T>(Func<T> make)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            return make();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public Task Delay(TimeSpan time) => time > TimeSpan.Zero ? Task.Delay(time, Clock) : Task.CompletedTask;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsAlive) timeline.Enqueue(this, d, state);
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new InvalidOperationException("Nothing here blocks on what can be awaited.");

    public override SynchronizationContext CreateCopy() => this;

    internal void Take(SendOrPostCallback call, object? state)
    {
        if (!IsAlive) return;
        Within<object?>(() =>
        {
            call(state);
            return null;
        });
    }
}
