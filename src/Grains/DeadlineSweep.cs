using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Grains;

/// <summary>
/// Every five minutes, expires the sessions of all kitchens whose deadline has passed and that timers and reminders
/// have missed. The session grain checks its own deadline, so a late or repeated call does no harm.
/// </summary>
public sealed class DeadlineSweep(
    IDeadlines deadlines, IGrainFactory grains, TimeProvider clock, ILogger<DeadlineSweep> log)
    : Recurring(TimeSpan.FromMinutes(5), clock, log)
{
    private const int AtOnce = 100;

    /// <summary>Expires all sessions that are due; returns how many they were.</summary>
    public async Task<int> Sweep(CancellationToken cancellation)
    {
        var seen = new HashSet<Guid>();
        while (!cancellation.IsCancellationRequested)
        {
            var due = await deadlines.Due(Clock.GetUtcNow(), AtOnce);
            var unseen = due.Where(seen.Add).ToList();
            foreach (var session in unseen) await End(session);
            if (unseen.Count == 0) break;
        }

        CheckoutMetrics.Swept(seen.Count);
        return seen.Count;
    }

    /// <summary>A failure is logged and does not stop the sweep of the other sessions.</summary>
    private async Task End(Guid session)
    {
        try
        {
            await grains.Session(session).Expire();
        }
        catch (Exception failure)
        {
            Grains.Log.SweepFailed(log, failure, session);
        }
    }

    protected override Task Round(CancellationToken stopping) => Sweep(stopping);
}
