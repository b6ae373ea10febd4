using Microsoft.Extensions.Logging;

namespace JikoXpress.InProcess;

/// <summary>
/// Lets go of grains that nobody asks for, so that memory holds what is going on and not what has been.
/// </summary>
public sealed class IdleCollection(InProcessGrains grains, TimeProvider clock, ILogger<IdleCollection> log)
    : Recurring(TimeSpan.FromSeconds(10), clock, log)
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    protected override Task Round(CancellationToken stopping)
    {
        grains.LetGoOfIdle(Idle);
        HostMetrics.Live(grains.Count);
        return Task.CompletedTask;
    }
}
