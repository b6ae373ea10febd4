using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>
/// Begins the rounds for as long as the host lives: at once when the host has brought work, else twice a second, for
/// what has become due and what other hosts have left. Each kind has a loop of its own, and none waits for the end of
/// what it has begun: an aggregator that is slow to take a push keeps neither a webhook nor the next push waiting. What
/// has been begun is ended before the host is.
/// </summary>
public sealed class PaymentWorker(
    PaymentRounds rounds, WorkSignals signals, TimeProvider clock, ILogger<PaymentWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(
                Loop(rounds.HearArrivals, signals.Webhooks.Signal, stoppingToken),
                Loop(rounds.HearLeftBehind, new Signal(), stoppingToken),
                Loop(rounds.Push, signals.Pushes.Signal, stoppingToken),
                Loop(rounds.Ask, new Signal(), stoppingToken),
                Loop(rounds.PayBack, signals.Refunds, stoppingToken));
        }
        finally
        {
            await rounds.Ended();
        }
    }

    private async Task Loop(Func<Task<int>> round, Signal signal, CancellationToken stoppingToken)
    {
        await using var timer = clock.CreateTimer(_ => signal.Set(), state: null, Interval, Interval);
        while (!stoppingToken.IsCancellationRequested)
        {
            await signal.WaitAsync(Timeout.InfiniteTimeSpan, stoppingToken);
            try
            {
                while (!stoppingToken.IsCancellationRequested && await round() >= PaymentRounds.AtOnce)
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
