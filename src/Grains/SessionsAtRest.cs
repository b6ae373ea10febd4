using System.Collections.Concurrent;

namespace JikoXpress.Grains;

/// <summary>
/// The sessions in a silo's memory that wait for nothing any more. So many stay for whoever asks again soon, a kiosk or
/// a till; the collector copies them, and stops the silo meanwhile: with 2,000 for twice as long as with a few dozen.
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
/// When a session leaves memory that waits for nothing: at once where nothing was opened, else when others have come to
/// rest after it.
/// </summary>
/// <param name="isBusy">It waits for something, or somebody waits for it.</param>
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

    /// <summary>Others have come to rest since. It looks in its own turn: nobody begins to wait meanwhile.</summary>
    public void LetGo() => context.Scheduler.QueueAction(() =>
    {
        isListed = false;
        if (!isBusy()) context.Deactivate(Reason);
    });
}
