using System.Collections.Concurrent;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Payments;

/// <summary>
/// Webhooks on their way through a host. Each is kept before it is answered, and claimed as it is kept, so that the
/// host hears it without looking for it. When the host dies with it, or has too much to do, it is found in the inbox.
/// </summary>
public sealed class Arrivals(IPaymentInbox inbox, Bells bells)
{
    private const int MostWaiting = 2_000;

    /// <summary>Long for a host that lives, short for a guest whose host has died.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<InboxWork> waiting = [];

    public bool IsEmpty => waiting.IsEmpty;

    /// <summary>Returns when the event cannot be lost any more.</summary>
    public async Task Keep(string adapter, string eventId, byte[] body, DateTimeOffset at)
    {
        var isOurs = waiting.Count < MostWaiting;
        var kept = await inbox.Keep(new NewEvent(adapter, eventId, body, at, isOurs ? at + Lease : at));
        if (isOurs && kept is not null) waiting.Enqueue(kept);
        bells.Webhooks.Ring();
    }

    /// <summary>What this host has claimed; what has waited for longer than that is anybody's.</summary>
    internal IReadOnlyList<InboxWork> Take(int limit, DateTimeOffset now)
    {
        var taken = new List<InboxWork>();
        while (taken.Count < limit && waiting.TryDequeue(out var next))
        {
            if (now < next.ReceivedAt + Lease) taken.Add(next);
        }

        return taken;
    }
}
