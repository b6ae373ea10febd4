namespace JikoXpress.Chaos.Proxy;

/// <summary>What every connection of the proxy meets on its way.</summary>
internal sealed class Weather
{
    private volatile TaskCompletionSource? standstill;
    private volatile TaskCompletionSource? trap;
    private long delay;

    /// <summary>Nothing passes, either way, until the stall is over.</summary>
    public void Stall() => standstill = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume()
    {
        standstill?.TrySetResult();
        standstill = null;
    }

    /// <summary>Everything takes this much longer.</summary>
    public void Delay(TimeSpan each) => Interlocked.Exchange(ref delay, each.Ticks);

    public async Task Pass()
    {
        if (standstill is { } wait) await wait.Task;
        var ticks = Interlocked.Read(ref delay);
        if (ticks > 0) await Task.Delay(TimeSpan.FromTicks(ticks));
    }

    /// <summary>The next commit that is asked for is cut off from its answer; completes when it was.</summary>
    public Task SetTrap()
    {
        var set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        trap = set;
        return set.Task;
    }

    public bool TakeTrap()
    {
        if (Interlocked.Exchange(ref trap, null) is not { } set) return false;
        return set.TrySetResult();
    }

    public void RemoveTrap() => trap = null;
}
