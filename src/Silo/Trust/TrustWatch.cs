using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Silo.Trust;

/// <summary>Loads new certificates from the files, and logs a warning 30 days before one expires.</summary>
internal sealed class TrustWatch(ClusterTrust trust, TimeProvider clock, ILogger<TrustWatch> log) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Notice = TimeSpan.FromDays(30);
    private static readonly TimeSpan Reminder = TimeSpan.FromDays(1);

    private DateTimeOffset reminded = DateTimeOffset.MinValue;
    private string? fault;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            Look();
            Remind();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Files are written one after the other, so files that do not match yet are read again later.</summary>
    private void Look()
    {
        try
        {
            if (trust.Renew())
            {
                Log.CertificateRenewed(log, trust.Member.Until);
                reminded = DateTimeOffset.MinValue;
            }

            fault = null;
        }
        catch (InvalidOperationException unfit)
        {
            if (unfit.Message != fault) Log.CertificateRefused(log, unfit);
            fault = unfit.Message;
        }
    }

    private void Remind()
    {
        var now = clock.GetUtcNow();
        if (trust.Member.Until - Notice > now || now - reminded < Reminder) return;
        Log.CertificateEnds(log, trust.Member.Until);
        reminded = now;
    }
}
