using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>Runs the rounds for as long as the host lives: at once while there is work, else twice a second.</summary>
public sealed class PaymentWorker(PaymentRounds rounds, TimeProvider clock, ILogger<PaymentWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (!stoppingToken.IsCancellationRequested && await rounds.Run() > 0)
                {
                    // There may be more of it.
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.RoundFailed(log, failure);
            }
        }
    }
}
