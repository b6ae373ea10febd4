using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Payments;

/// <summary>
/// Reads the kitchens' accounts when the process starts, and again at news of a change. News can be lost, so they are
/// read every half minute, too.
/// </summary>
internal sealed class AccountWatch(
    KitchenAccounts accounts, AccountNews news, TimeProvider clock, ILogger<AccountWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Pushes and webhooks of old payments come as soon as the process is there.
        await accounts.ReadAgain();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var timer = clock.CreateTimer(_ => news.Signal.Set(), state: null, Interval, Interval);
        while (!stoppingToken.IsCancellationRequested)
        {
            await news.Signal.WaitAsync(Timeout.InfiniteTimeSpan, stoppingToken);
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                await accounts.ReadAgain();
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.AccountsNotRead(log, failure);
            }
        }
    }
}
