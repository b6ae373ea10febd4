using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Grains;

/// <summary>
/// Runs <see cref="Round"/> at each interval until the process stops. A failed round is logged, and the next one
/// runs as usual; one that fails as the last one did is not logged again.
/// </summary>
public abstract class Recurring(TimeSpan interval, TimeProvider clock, ILogger log) : BackgroundService
{
    protected TimeProvider Clock => clock;

    protected abstract Task Round(CancellationToken stopping);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string? told = null;
        using var timer = new PeriodicTimer(interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Round(stoppingToken);
                told = null;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                if (failure.Message != told) Log.RoundFailed(log, failure);
                told = failure.Message;
            }
        }
    }
}
