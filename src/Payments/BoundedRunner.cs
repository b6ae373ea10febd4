using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>
/// Work of one kind that a host has begun and not ended: so much of it at once, that a slow piece keeps few others
/// waiting. One that fails keeps the others from nothing, and is left to the next who claims it.
/// </summary>
internal sealed class BoundedRunner(int most, ILogger log)
{
    private readonly SemaphoreSlim turn = new(1), places = new(most);

    /// <summary>
    /// Takes some, begins each as soon as there is a place for it, and says how many it took. One takes at a time.
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

    /// <summary>Waits until all that was begun has ended; whether there was any.</summary>
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
