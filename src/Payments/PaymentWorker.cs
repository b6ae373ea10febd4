using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>
/// Runs the rounds for as long as the host lives: at once while there is work, else twice a second. Each kind has a loop
/// of its own, so that an aggregator that is slow to take a push keeps no webhook waiting.
/// </summary>
public sealed class PaymentWorker(PaymentRounds rounds, TimeProvider clock, ILogger<PaymentWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Loop(rounds.Hear, stoppingToken), Loop(rounds.Speak, stoppingToken), Loop(rounds.PayBack, stoppingToken));

    private async Task Loop(Func<Task<int>> round, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (!stoppingToken.IsCancellationRequested && await round() > 0)
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
