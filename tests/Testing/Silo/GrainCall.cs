namespace JikoXpress.Testing.Silo;

/// <summary>Something that an activation does in a turn of its own.</summary>
internal abstract class GrainTurn
{
    /// <summary>It waits for nobody, and nobody waits for it.</summary>
    public abstract bool Interleaves { get; }

    /// <summary>Who wanted it has given up: it is not begun any more.</summary>
    public abstract bool IsUnwanted { get; }

    /// <summary>It is done at the grain's next activation, where this one ends before it was begun.</summary>
    public virtual GrainCall? ForTheNext => null;

    /// <summary>Does it to its end; what fails is told to whoever waits, and not here.</summary>
    public abstract Task CarryOut(Activation activation);

    /// <summary>It is never begun.</summary>
    public abstract void Drop();
}

/// <summary>A call on its way to a grain, in it, or on its way back.</summary>
internal abstract class GrainCall(SimulatedSilo from, GrainKey to, GrainMethod method, object?[] arguments) : GrainTurn
{
    private CancellationTokenRegistration registration;
    private ITimer? timeout;

    public SimulatedSilo From => from;

    public GrainKey To => to;

    public GrainMethod Method => method;

    /// <summary>Ends the waiting for a turn, and not what has begun.</summary>
    public CancellationToken Patience { get; } = method.TokenOf(arguments);

    /// <summary>Where it was sent to last.</summary>
    public Activation? Target { get; set; }

    public override bool Interleaves => method.IsAlwaysInterleaved;

    /// <summary>The caller has his answer, or waits for none any more.</summary>
    public abstract bool IsOver { get; }

    public override bool IsUnwanted => IsOver || Patience.IsCancellationRequested;

    public override GrainCall ForTheNext => this;

    public override string ToString() => $"{method.Name} of {to}";

    /// <summary>From now on the caller waits.</summary>
    public void Wait()
    {
        timeout = from.Clock.CreateTimer(
            _ => Fail(new TimeoutException($"{this} was not answered in {method.Timeout}.")), state: null,
            method.Timeout, Timeout.InfiniteTimeSpan);
        if (Patience.CanBeCanceled) registration = Patience.UnsafeRegister(_ => Target?.Drop(this), state: null);
    }

    public override void Drop() => AnswerWith(new OperationCanceledException(Patience));

    /// <summary>The caller hears that there is no answer.</summary>
    public abstract void Fail(Exception failure);

    protected void AnswerWith(Exception failure) => Send(() => Fail(failure));

    /// <summary>Sends an answer back.</summary>
    protected void Send(Action arrive) => Target?.Silo.Send(Parcel.Answer, this, from, arrive);

    protected void StopWaiting()
    {
        from.Cluster.HasEnded(this);
        registration.Dispose();
        timeout?.Dispose();
    }
}

internal sealed class GrainCall<T>(
    SimulatedSilo from, GrainKey to, GrainMethod method, object?[] arguments, Func<object, Task<T>> invoke)
    : GrainCall(from, to, method, arguments)
{
    /// <summary>Completed where the caller's code runs, so that what awaits it goes on there.</summary>
    private readonly TaskCompletionSource<T> answer = new();

    public Task<T> Answer => answer.Task;

    public override bool IsOver => answer.Task.IsCompleted;

    public override async Task CarryOut(Activation activation)
    {
        try
        {
            var result = await invoke(activation.Grain);
            Send(() => Succeed(result));
        }
        catch (Exception failure)
        {
            AnswerWith(failure);
        }
    }

    public override void Fail(Exception failure)
    {
        StopWaiting();
        answer.TrySetException(failure);
    }

    private void Succeed(T result)
    {
        StopWaiting();
        answer.TrySetResult(result);
    }
}
