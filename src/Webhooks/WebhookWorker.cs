using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Webhooks;

/// <summary>
/// Runs the rounds until the process stops: twice a second for new events, and whenever a place is free. What was
/// started is finished before the process stops.
/// </summary>
internal sealed class WebhookWorker(WebhookRounds rounds, TimeProvider clock, ILogger<WebhookWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(
                Loop(rounds.FanOut, new Signal(), stoppingToken), Loop(rounds.Begin, rounds.Waiting, stoppingToken));
        }
        finally
        {
            await rounds.Ended();
        }
    }

    private async Task Loop(Func<Task<int>> round, Signal signal, CancellationToken stoppingToken)
    {
        // A failure that goes on, as while the database is away, is told once and not twice a second.
        string? told = null;
        await using var timer = clock.CreateTimer(_ => signal.Set(), state: null, Interval, Interval);
        while (!stoppingToken.IsCancellationRequested)
        {
            await signal.WaitAsync(Timeout.InfiniteTimeSpan, stoppingToken);
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                await round();
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
