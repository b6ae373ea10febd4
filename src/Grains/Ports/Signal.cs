namespace JikoXpress.Grains.Ports;

/// <summary>An awaitable auto-reset event: it wakes one waiter; rings without a waiter count as one.</summary>
public sealed class Signal
{
    private readonly SemaphoreSlim rings = new(0);

    public void Ring()
    {
        if (rings.CurrentCount == 0) rings.Release();
    }

    /// <summary>Completes at the next ring, after the time, or when it is cancelled.</summary>
    public async Task Rung(TimeSpan within, CancellationToken cancellation)
    {
        try
        {
            await rings.WaitAsync(within, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The process stops; the waiting loop checks its own token.
        }
    }
}
