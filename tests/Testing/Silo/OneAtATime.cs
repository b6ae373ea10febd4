namespace JikoXpress.Testing.Silo;

/// <summary>
/// Where the code of one activation runs among real threads: one piece at a time, in the order in which they came.
/// Where nobody is inside, whoever brings a piece runs it: a call has come as far as it can when it is awaited.
/// </summary>
internal sealed class OneAtATime : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Call, object? State)> waiting = [];
    private bool isBusy;

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (waiting)
        {
            waiting.Enqueue((d, state));
            if (isBusy) return;
            isBusy = true;
        }

        RunAll();
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new InvalidOperationException("Nothing here blocks on what can be awaited.");

    public override SynchronizationContext CreateCopy() => this;

    private void RunAll()
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            while (Next() is { Call: { } call } next) call(next.State);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private (SendOrPostCallback? Call, object? State) Next()
    {
        lock (waiting)
        {
            if (waiting.TryDequeue(out var next)) return next;
            isBusy = false;
            return default;
        }
    }
}
