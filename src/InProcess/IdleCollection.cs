using Microsoft.Extensions.Hosting;

namespace JikoXpress.InProcess;

/// <summary>
/// Lets go of grains that nobody asks for, so that memory holds what is going on and not what has been.
/// </summary>
public sealed class IdleCollection(InProcessGrains grains, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            grains.LetGoOfIdle(Idle);
            HostMetrics.Live(grains.Count);
        }
    }
}
