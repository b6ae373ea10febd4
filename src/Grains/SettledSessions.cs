using System.Collections.Concurrent;

namespace JikoXpress.Grains;

/// <summary>
/// The sessions in a silo's memory that wait for nothing any more. So many stay for whoever asks again soon, a kiosk or
/// a till; the collector copies them, and stops the silo meanwhile: with 2,000 for twice as long as with a few dozen.
/// </summary>
public sealed class SettledSessions
{
    private const int Most = 256;

    /// <summary>In the order in which they came to rest.</summary>
    private readonly ConcurrentQueue<CheckoutSessionGrain> sessions = new();

    internal void Add(CheckoutSessionGrain session)
    {
        sessions.Enqueue(session);
        if (sessions.Count > Most && sessions.TryDequeue(out var oldest)) oldest.LetGo();
    }
}
