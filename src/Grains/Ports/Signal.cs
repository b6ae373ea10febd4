namespace JikoXpress.Grains.Ports;

/// <summary>Wakes one waiter; rings while nobody waits are one ring.</summary>
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
            // The host stops: the loop that waits looks at its token.
        }
    }
}
