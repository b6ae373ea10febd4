using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JikoXpress.InProcess;

/// <summary>
/// Hosts on one database do not call each other. So once a second each asks the rows whether the sessions in its memory
/// that are not settled are still what it knows, and forgets those that another host has changed: polls and parked
/// kiosks are answered from memory, and are never more than that second behind.
/// </summary>
public sealed class MemoryCheck(
    InProcessGrains grains, ISessionVersions versions, TimeProvider clock, ILogger<MemoryCheck> log)
    : BackgroundService
{
    private const int AtOnce = 1000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Check(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.CheckFailed(log, failure);
            }
        }
    }
}
