using JikoXpress.Domain;

namespace JikoXpress.Grains.Ports;

/// <summary>
/// Wakes the background loops of a process as soon as the process itself has committed work for them. Work that other
/// processes left undone is found by each loop's own polling.
/// </summary>
public sealed class WorkSignals
{
    /// <summary>Events are committed but not published yet.</summary>
    public Signal Events { get; } = new();

    /// <summary>Webhooks that are stored but not processed yet.</summary>
    public WorkQueue<InboxWork> Webhooks { get; } = new();

    /// <summary>Pushes to send.</summary>
    public WorkQueue<AttemptWork> Pushes { get; } = new();

    /// <summary>Refunds are committed but not sent yet.</summary>
    public Signal Refunds { get; } = new();

    /// <summary>Signals the work that a commit leaves to do.</summary>
    public void Raise(Sequence<Effect> committed)
    {
        foreach (var effect in committed)
        {
            switch (effect)
            {
                case Effect.Publish: Events.Set(); break;
                case Effect.StartAttempt start when AttemptWork.Of(start) is { Pushed: false, LookAt: { } until } push:
                    if (Pushes.HasRoom) Pushes.Add(push, until);
                    break;
                case Effect.StartRefund: Refunds.Set(); break;
            }
        }
    }
}
