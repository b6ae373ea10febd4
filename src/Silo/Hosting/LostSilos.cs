namespace JikoXpress.Silo.Hosting;

/// <summary>
/// When a silo dies, its answers are lost, and the front end is not told which calls they belonged to: it would wait
/// for each until the response timeout. So this filter ends all calls that were under way when a silo was lost. It
/// does so a little after the other silos notice the death, when a retry finds its grain on another silo.
/// </summary>
internal sealed class LostSilos : IOutgoingGrainCallFilter, IClusterConnectionStatusObserver
{
    /// <summary>Silos notice the loss later than this process, and until then forward calls to the lost silo.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(0.5);

    /// <summary>Time for three probes, the update of the membership table, and the notice to the other silos.</summary>
    private static readonly TimeSpan UntilTheOthersKnow = TimeSpan.FromSeconds(2);

    private CancellationTokenSource underWay = new();

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var givenUp = Volatile.Read(ref underWay).Token;
        var call = context.Invoke();
        try
        {
            await call.WaitAsync(givenUp);
        }
        catch (OperationCanceledException) when (givenUp.IsCancellationRequested && !call.IsCompleted)
        {
            _ = call.ContinueWith(
                late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
            throw new TimeoutException("A silo was lost while it may have been busy with this call.");
        }
    }

    public void NotifyGatewayCountChanged(
        int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered)
    {
        if (currentNumberOfGateways < previousNumberOfGateways) _ = GiveUp();
    }

    public void NotifyClusterConnectionLost()
    {
        // NotifyGatewayCountChanged reports the loss of the last gateway, too.
    }

    private async Task GiveUp()
    {
        await Task.Delay(Overlap);
        var lost = Interlocked.Exchange(ref underWay, new CancellationTokenSource());
        await Task.Delay(UntilTheOthersKnow - Overlap);
        await lost.CancelAsync();
    }
}
