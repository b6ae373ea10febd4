using JikoXpress.Grains.Ports;
using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests;

/// <summary>
/// Holds a host's only writer in flight: its commit waits for a row that the test has locked, and whatever is sent
/// meanwhile queues.
/// </summary>
internal sealed class Gate : IAsyncDisposable
{
    private readonly IAsyncDisposable held;
    private readonly Task<CommitAnswer> inFlight;

    private Gate(IAsyncDisposable held, Task<CommitAnswer> inFlight, long callsBefore)
    {
        this.held = held;
        this.inFlight = inFlight;
        CallsBefore = callsBefore;
    }

    /// <summary>The calls made up to and with the one that waits.</summary>
    public long CallsBefore { get; }

    public static async Task<Gate> Close(Store host, TestDatabase database, Till till)
    {
        var slip = till.Slip((till.Chai, 1));
        await host.Commit(slip);
        var held = await database.Lock(slip.Key);
        var inFlight = host.Commits.Commit(till.Cancelled(slip));
        await database.UntilSomebodyWaits();
        return new Gate(held, inFlight, host.Commits.Calls);
    }

    public async Task Open()
    {
        await held.DisposeAsync();
        Assert.Equal(new CommitAnswer.Committed(), await inFlight);
    }

    public ValueTask DisposeAsync() => held.DisposeAsync();
}
