namespace JikoXpress.Silo.Hosting;

/// <summary>
/// A silo that dies takes the answers with it that it owed, and nobody tells the front end which those were: it would
/// wait for each until its time-out. So calls that were under way when a silo was lost are given up a little later than
/// the others need to notice its death, by when a repetition finds its grain elsewhere.
/// </summary>
internal sealed class LostSilos : IOutgoingGrainCallFilter, IClusterConnectionStatusObserver
{
    /// <summary>Silos notice the loss later than this process, and pass calls on to the lost one meanwhile.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(0.5);

    /// <summary>Three probes, the entry in the table, and the word to the other silos.</summary>
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
        // The last gateway is a gateway, too.
    }

    private async Task GiveUp()
    {
        await Task.Delay(Overlap);
        var lost = Interlocked.Exchange(ref underWay, new CancellationTokenSource());
        await Task.Delay(UntilTheOthersKnow - Overlap);
        await lost.CancelAsync();
    }
}
