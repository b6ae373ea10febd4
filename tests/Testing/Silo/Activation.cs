namespace JikoXpress.Testing.Silo;

/// <summary>
/// A grain in a silo's memory, with Orleans' rules for turns: one request at a time in the order of arrival, save those
/// that interleave. Everything here runs where the activation's code runs.
/// </summary>
internal sealed class Activation : IGrainContext, IWorkItemScheduler
{
    private readonly SynchronizationContext turns;
    private readonly LinkedList<GrainTurn> waiting = [];
    private readonly List<IDisposable> timers = [];
    private object? grain;
    private State state;
    private GrainTurn? blocking;
    private ITimer? idle;
    private DateTimeOffset lastUsed;
    private DeactivationReason reason;
    private int running;
    private bool isGoing;

    public Activation(SimulatedSilo silo, GrainKey key)
    {
        Silo = silo;
        Key = key;
        GrainId = key.ToGrainId();
        turns = silo.Place ?? new OneAtATime();
    }

    private enum State { New, Activating, Valid, Deactivating, Finishing, Gone }

    public SimulatedSilo Silo { get; }

    public GrainKey Key { get; }

    public GrainId GrainId { get; }

    public object Grain => grain ?? throw new InvalidOperationException($"{Key} is not activated yet.");

    public object GrainInstance => Grain;

    public IWorkItemScheduler Scheduler => this;

    public IServiceProvider ActivationServices => Silo.Services;

    public Task Deactivated => throw new NotSupportedException();

    public GrainReference GrainReference => throw new NotSupportedException();

    public ActivationId ActivationId => throw new NotSupportedException();

    public GrainAddress Address => throw new NotSupportedException();

    public IGrainLifecycle ObservableLifecycle => throw new NotSupportedException();

    /// <summary>Something comes for it; it is done when the rules let it.</summary>
    public void Take(GrainTurn turn) => Do(() =>
    {
        if (state is State.Gone)
        {
            LeaveToTheNext(turn);
            return;
        }

        lastUsed = Silo.Clock.GetUtcNow();
        waiting.AddLast(turn);
        Silo.Cluster.Waits(1);
        if (state is State.New) _ = Activate();
        Go();
    });

    /// <summary>A request that waits still is dropped; one that has begun is finished.</summary>
    public void Drop(GrainTurn turn) => Do(() =>
    {
        if (!waiting.Remove(turn)) return;
        Silo.Cluster.Waits(-1);
        turn.Drop();
    });

    public void Do(Action action) => turns.Post(_ => action(), state: null);

    public void QueueAction(Action action) => Do(action);

    public void QueueAction(Action<object> action, object state) => Do(() => action(state));

    public void QueueTask(Task task) => throw new NotSupportedException();

    /// <summary>It begins nothing more, ends when what runs has ended, and leaves what waits to the next one.</summary>
    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (state is State.Valid) (state, reason) = (State.Deactivating, deactivationReason);
        Do(Go);
    }

    public void Keep(IDisposable timer) => timers.Add(timer);

    public void Activate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public void Migrate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public void Rehydrate(IRehydrationContext context) => throw new NotSupportedException();

    public void ReceiveMessage(object message) => throw new NotSupportedException();

    public void SetComponent<TComponent>(TComponent? value) where TComponent : class =>
        throw new NotSupportedException();

    public TComponent? GetComponent<TComponent>() where TComponent : class => throw new NotSupportedException();

    public TTarget? GetTarget<TTarget>() where TTarget : class => grain as TTarget;

    object? Orleans.Serialization.Invocation.ITargetHolder.GetTarget() => grain;

    object? Orleans.Serialization.Invocation.ITargetHolder.GetComponent(Type componentType) =>
        throw new NotSupportedException();

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => Key.GetHashCode();

    private async Task Activate()
    {
        state = State.Activating;
        try
        {
            grain = Key.Class.New(this);
            await ((IGrainBase)grain).OnActivateAsync(CancellationToken.None);
        }
        catch (Exception failure)
        {
            Silo.Cluster.Network.Failed(Silo, Key, failure);
            End();
            return;
        }

        state = State.Valid;
        idle = Silo.Clock.CreateTimer(
            _ => Do(LookWhetherIdle), state: null, Key.Class.AgeLimit, Timeout.InfiniteTimeSpan);
        Go();
    }

    /// <summary>Begins whatever may begin.</summary>
    private void Go()
    {
        if (isGoing) return;
        isGoing = true;
        while (state is State.Valid && Next() is { } turn)
        {
            if (turn.IsUnwanted) turn.Drop();
            else _ = CarryOut(turn);
        }

        isGoing = false;
        if (state is State.Deactivating && running == 0) _ = Finish();
    }

    /// <summary>
    /// The first that waits for nobody: the activation is free, or both may run beside each other.
    /// </summary>
    private GrainTurn? Next()
    {
        for (var place = waiting.First; place is not null; place = place.Next)
        {
            if (blocking is not null && !place.Value.Interleaves) continue;
            waiting.Remove(place);
            Silo.Cluster.Waits(-1);
            return place.Value;
        }

        return null;
    }

    private async Task CarryOut(GrainTurn turn)
    {
        running++;
        if (!turn.Interleaves && !Key.Class.IsReentrant) blocking = turn;
        await turn.CarryOut(this);
        running--;
        if (blocking == turn) blocking = null;
        lastUsed = Silo.Clock.GetUtcNow();
        Go();
    }

    private async Task Finish()
    {
        state = State.Finishing;
        foreach (var timer in timers) timer.Dispose();
        try
        {
            await ((IGrainBase)Grain).OnDeactivateAsync(reason, CancellationToken.None);
        }
        catch (Exception failure)
        {
            Silo.Cluster.Network.Failed(Silo, Key, failure);
        }

        End();
    }

    private void End()
    {
        state = State.Gone;
        idle?.Dispose();
        Silo.Cluster.Forget(this);
        Silo.Cluster.Waits(-waiting.Count);
        foreach (var turn in waiting) LeaveToTheNext(turn);
        waiting.Clear();
    }

    private void LeaveToTheNext(GrainTurn turn)
    {
        if (turn.ForTheNext is not { } call) return;
        if (call.IsUnwanted) call.Drop();
        else Silo.Send(call);
    }

    private void LookWhetherIdle()
    {
        if (state is not State.Valid) return;
        var left = Key.Class.AgeLimit - (Silo.Clock.GetUtcNow() - lastUsed);
        if (running == 0 && left <= TimeSpan.Zero)
        {
            Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "Nobody calls it."));
            return;
        }

        idle?.Change(left > TimeSpan.Zero ? left : Key.Class.AgeLimit, Timeout.InfiniteTimeSpan);
    }
}
