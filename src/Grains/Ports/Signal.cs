namespace JikoXpress.Grains.Ports;

/// <summary>Wakes one waiter; rings while nobody waits are one ring.</summary>
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
            // The host stops: the loop that waits looks at its token.
        }
    }
}
