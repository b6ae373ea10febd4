using JikoXpress.Grains.Ports;

namespace JikoXpress.Payments;

/// <summary>
/// Webhooks on their way into a host. Each is kept before it is answered, and claimed as it is kept, so that the host
/// hears it without looking for it. When the host dies with it, or has too much to do, it is found in the inbox.
/// </summary>
public sealed class Arrivals(IPaymentInbox inbox, WorkSignals signals)
{
    /// <summary>Long for a host that lives, short for a guest whose host has died.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    /// <summary>Returns when the event cannot be lost any more.</summary>
    public async Task Keep(string adapter, string eventId, byte[] body, DateTimeOffset at)
    {
        var isOurs = signals.Webhooks.HasRoom;
        var kept = await inbox.Keep(new NewEvent(adapter, eventId, body, at, isOurs ? at + Lease : at));
        if (isOurs && kept is not null) signals.Webhooks.Add(kept, at + Lease);
    }
}
