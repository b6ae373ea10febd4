using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace JikoXpress.InProcess;

/// <summary>
/// Hosts on one database do not call each other. So once a second each asks the rows whether the sessions in its memory
/// that are not settled are still what it knows, and forgets those that another host has changed: polls and parked
/// kiosks are answered from memory, and are never more than that second behind.
/// </summary>
public sealed class MemoryCheck(
    InProcessGrains grains, ISessionVersions versions, TimeProvider clock, ILogger<MemoryCheck> log)
    : Recurring(TimeSpan.FromSeconds(1), clock, log)
{
    private const int AtOnce = 1000;

    /// <summary>Forgets what others have changed, and says how many sessions that were.</summary>
    public async Task<int> Check(CancellationToken cancellation)
    {
        var count = 0;
        foreach (var some in grains.SessionsThatMayAge().Chunk(AtOnce))
        {
            if (cancellation.IsCancellationRequested) break;
            var outdated = await versions.Outdated(some);
            foreach (var session in outdated) grains.Forget(session);
            count += outdated.Count;
        }

        return count;
    }

    protected override Task Round(CancellationToken stopping) => Check(stopping);
}
