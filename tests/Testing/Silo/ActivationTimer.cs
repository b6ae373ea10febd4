namespace JikoXpress.Testing.Silo;

/// <summary>
/// A timer of a grain: its ticks are turns of the activation, the next one is set when one is over, and none of them is
/// left to the next activation.
/// </summary>
internal sealed class ActivationTimer<TState> : GrainTurn, IGrainTimer
{
    private readonly Activation activation;
    private readonly Func<TState, CancellationToken, Task> tick;
    private readonly TState state;
    private readonly ITimer timer;
    private TimeSpan due, period;
    private bool isTicking, isChanged, isOver;

    public ActivationTimer(
        Activation activation, Func<TState, CancellationToken, Task> tick, TState state,
        GrainTimerCreationOptions options)
    {
        (this.activation, this.tick, this.state) = (activation, tick, state);
        (due, period, Interleaves) = (options.DueTime, options.Period, options.Interleave);
        timer = activation.Silo.Clock.CreateTimer(_ => Fire(), state: null, due, Timeout.InfiniteTimeSpan);
        activation.Keep(this);
    }

    public override bool Interleaves { get; }

    public override bool IsUnwanted => isOver;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        (due, this.period, isChanged) = (dueTime, period, true);
        if (!isTicking) timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        isOver = true;
        timer.Dispose();
    }

    public override async Task CarryOut(Activation activation)
    {
        isChanged = false;
        try
        {
            await tick(state, CancellationToken.None);
        }
        catch (Exception failure)
        {
            activation.Silo.Cluster.Network.Failed(activation.Silo, activation.Key, failure);
        }

        isTicking = false;
        if (!isOver) timer.Change(isChanged ? due : period, Timeout.InfiniteTimeSpan);
    }

    public override void Drop()
    {
        // Nobody waits for it.
    }

    private void Fire() => activation.Do(() =>
    {
        if (isOver || isTicking || !activation.Silo.Cluster.Network.Ticks(activation.Key)) return;
        isTicking = true;
        activation.Take(this);
    });
}
