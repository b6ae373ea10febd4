using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JikoXpress.InProcess;

/// <summary>
/// Looks at the sessions whose deadline has come, once a second. It only makes somebody look: the session itself knows
/// that its time is over, so a late or repeated look changes nothing.
/// </summary>
public sealed class DeadlineSweep(IDeadlines deadlines, IGrains grains, TimeProvider clock, ILogger<DeadlineSweep> log)
    : BackgroundService
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Looks at everything that is due, and says how many sessions that were.</summary>
    public async Task<int> Sweep(CancellationToken cancellation)
    {
        var seen = new HashSet<Guid>();
        while (!cancellation.IsCancellationRequested)
        {
            var due = await deadlines.Due(clock.GetUtcNow(), AtOnce);
            var unseen = due.Where(seen.Add).ToList();
            foreach (var session in unseen) await grains.Session(session).Lapse();
            if (unseen.Count == 0) break;
        }

        HostMetrics.Lapsed(seen.Count);
        return seen.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Sweep(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SweepFailed(log, failure);
            }
        }
    }
}
