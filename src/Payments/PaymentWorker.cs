using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>
/// Runs the rounds until the process stops: at once when this process has committed work, and twice a second for work
/// that became due or that other processes left undone. Work that is due minutes or days after it came is looked for
/// every five seconds, and money that people decide to return waits as long: each look costs this process and
/// PostgreSQL a query, also while nobody buys. Each kind of work has its own loop, and no loop waits for the work that
/// it started: when an aggregator is slow to answer a push, webhooks and other pushes do not wait. Work that was
/// started is finished before the process stops.
/// </summary>
public sealed class PaymentWorker(
    PaymentRounds rounds, SettledRefundRounds settled, UnclaimedMoneyRounds unclaimed, ReconciliationRounds days,
    SubscriptionRounds subscriptions, ForgedWebhookCounts forged, WorkSignals signals, TimeProvider clock,
    ILogger<PaymentWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(500), Seldom = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(
                Loop(rounds.HearArrivals, signals.Webhooks.Signal, Often, stoppingToken),
                Loop(rounds.HearLeftBehind, new Signal(), Often, stoppingToken),
                Loop(rounds.Push, signals.Pushes.Signal, Often, stoppingToken),
                Loop(rounds.Ask, new Signal(), Often, stoppingToken),
                Loop(rounds.PayBack, signals.Refunds, Often, stoppingToken),
                Loop(subscriptions.Begin, new Signal(), Often, stoppingToken),
                Loop(forged.Write, new Signal(), Often, stoppingToken),
                Loop(settled.Begin, new Signal(), Seldom, stoppingToken),
                Loop(unclaimed.Begin, new Signal(), Seldom, stoppingToken),
                Loop(days.Begin, new Signal(), Seldom, stoppingToken));
        }
        finally
        {
            await Task.WhenAll(
                rounds.Ended(), settled.Ended(), unclaimed.Ended(), days.Ended(), subscriptions.Ended());
        }
    }

    private async Task Loop(Func<Task<int>> round, Signal signal, TimeSpan interval, CancellationToken stoppingToken)
    {
        // A failure that goes on, as while the database is read-only, is told once and not with each look.
        string? told = null;
        await using var timer = clock.CreateTimer(_ => signal.Set(), state: null, interval, interval);
        while (!stoppingToken.IsCancellationRequested)
        {
            await signal.WaitAsync(Timeout.InfiniteTimeSpan, stoppingToken);
            try
            {
                while (!stoppingToken.IsCancellationRequested && await round() >= PaymentRounds.AtOnce)
                {
                    // There may be more of it.
                }

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
