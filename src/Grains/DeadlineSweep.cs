using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Grains;

/// <summary>
/// Looks at the sessions of all kitchens whose deadline has come, every five minutes: what timers and reminders have
/// missed. It only makes somebody look: the session itself knows that its time is over, so a late or repeated look
/// changes nothing.
/// </summary>
public sealed class DeadlineSweep(
    IDeadlines deadlines, IGrainFactory grains, TimeProvider clock, ILogger<DeadlineSweep> log)
    : Recurring(TimeSpan.FromMinutes(5), clock, log)
{
    private const int AtOnce = 100;

    /// <summary>Looks at everything that is due, and says how many sessions that were.</summary>
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

    /// <summary>One that cannot be ended now does not keep the others from it.</summary>
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
