using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>
/// Runs work of one kind with a limit on how much runs at once; slow items hold up the others only when they fill the
/// limit. A failed item is logged and does not affect the others; it is claimed again later.
/// </summary>
internal sealed class BoundedRunner(int most, ILogger log)
{
    private readonly SemaphoreSlim turn = new(1), places = new(most);

    /// <summary>
    /// Takes items, starts each as soon as the limit allows, and returns how many it took. Calls run one at a time.
    /// </summary>
    public async Task<int> Begin<TItem>(Func<ValueTask<IReadOnlyList<TItem>>> take, Func<TItem, Task> work)
    {
        await turn.WaitAsync();
        try
        {
            var items = await take();
            foreach (var item in items)
            {
                await places.WaitAsync();
                _ = Do(item, work);
            }

            return items.Count;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Waits until all started work has ended; true if there was any.</summary>
    public async Task<bool> Ended()
    {
        await turn.WaitAsync();
        try
        {
            var isIdle = places.CurrentCount == most;
            for (var place = 0; place < most; place++) await places.WaitAsync();
            places.Release(most);
            return !isIdle;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task Do<TItem>(TItem item, Func<TItem, Task> work)
    {
        try
        {
            await work(item);
        }
        catch (Exception failure)
        {
            Log.WorkFailed(log, failure);
        }
        finally
        {
            places.Release();
        }
    }
}
