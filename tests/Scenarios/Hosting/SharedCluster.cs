using Orleans.TestingHost;

namespace JikoXpress.Scenarios.Hosting;

/// <summary>The cluster on a database: the first front end starts it, and the last one takes it down.</summary>
internal sealed class SharedCluster(string postgres, InProcessTestCluster silos) : IAsyncDisposable
{
    private static readonly SemaphoreSlim Door = new(1);
    private static readonly Dictionary<string, SharedCluster> Running = [];

    private int users;

    public InProcessTestCluster Silos => silos;

    public static async Task<SharedCluster> Join(string postgres, Func<Task<InProcessTestCluster>> start)
    {
        await Door.WaitAsync();
        try
        {
            if (!Running.TryGetValue(postgres, out var cluster))
                Running.Add(postgres, cluster = new SharedCluster(postgres, await start()));
            cluster.users++;
            return cluster;
        }
        finally
        {
            Door.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Door.WaitAsync();
        try
        {
            if (--users > 0) return;
            Running.Remove(postgres);
            await silos.DisposeAsync();
        }
        finally
        {
            Door.Release();
        }
    }
}
