using JikoXpress.Domain;

namespace JikoXpress.Grains.Ports;

/// <summary>
/// Wakes the loops of a host as soon as the host itself has brought them work. What others have left undone each loop
/// finds in its own time.
/// </summary>
public sealed class WorkSignals
{
    /// <summary>Events are committed, and not published yet.</summary>
    public Signal Events { get; } = new();

    /// <summary>Webhooks that are kept, and not heard yet.</summary>
    public WorkQueue<InboxWork> Webhooks { get; } = new();

    /// <summary>Phones that are to ring.</summary>
    public WorkQueue<AttemptWork> Pushes { get; } = new();

    /// <summary>Money is to be paid back.</summary>
    public Signal Refunds { get; } = new();

    /// <summary>Rings for all that a commit has left to do.</summary>
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
