namespace JikoXpress.Grains.Ports;

/// <summary>An awaitable auto-reset event: it wakes one waiter; rings without a waiter count as one.</summary>
public sealed class Signal
{
    private readonly SemaphoreSlim permits = new(0);

    public void Set()
    {
        if (permits.CurrentCount == 0) permits.Release();
    }

    /// <summary>Completes at the next ring, after the time, or when it is cancelled.</summary>
    public async Task WaitAsync(TimeSpan within, CancellationToken cancellation)
    {
        try
        {
            await permits.WaitAsync(within, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The process stops; the waiting loop checks its own token.
        }
    }
}
