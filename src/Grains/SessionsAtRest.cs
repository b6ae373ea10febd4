using System.Collections.Concurrent;

namespace JikoXpress.Grains;

/// <summary>
/// The sessions in a silo's memory that wait for nothing any more. The newest 256 stay in memory, because a kiosk or a
/// till may ask again soon. There are not more, because the garbage collector copies them while it pauses the silo:
/// with 2,000 sessions it pauses twice as long as with a few dozen.
/// </summary>
public sealed class SessionsAtRest
{
    private const int Most = 256;

    /// <summary>In the order in which they came to rest.</summary>
    private readonly ConcurrentQueue<SessionRest> sessions = new();

    internal void Add(SessionRest session)
    {
        sessions.Enqueue(session);
        if (sessions.Count > Most && sessions.TryDequeue(out var oldest)) oldest.LetGo();
    }
}

/// <summary>
/// Decides when a session that waits for nothing is deactivated: at once when it was never opened, otherwise when
/// enough other sessions have come to rest after it.
/// </summary>
/// <param name="isBusy">The session waits for something, or a caller watches it.</param>
internal sealed class SessionRest(IGrainContext context, SessionsAtRest settled, Func<bool> isBusy)
{
    private static readonly DeactivationReason Reason =
        new(DeactivationReasonCode.ApplicationRequested, "It waits for nothing.");

    private bool isListed;

    public void Rest(bool isOpened)
    {
        if (isListed || isBusy()) return;
        if (!isOpened)
        {
            context.Deactivate(Reason);
            return;
        }

        isListed = true;
        settled.Add(this);
    }

    /// <summary>
    /// Called when enough others have come to rest. The check runs on the grain's scheduler, so that no caller can
    /// begin to watch between the check and the deactivation.
    /// </summary>
    public void LetGo() => context.Scheduler.QueueAction(() =>
    {
        isListed = false;
        if (!isBusy()) context.Deactivate(Reason);
    });
}
