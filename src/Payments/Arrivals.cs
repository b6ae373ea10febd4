using JikoXpress.Grains.Ports;

namespace JikoXpress.Payments;

/// <summary>
/// Incoming webhooks. Each is stored in the inbox before it is answered, and claimed in the same write, so that this
/// process handles it without a search. If the process dies, or has too much to do, another one finds it in the inbox.
/// </summary>
public sealed class Arrivals(IPaymentInbox inbox, WorkSignals signals)
{
    /// <summary>
    /// Long enough for a running process to handle the event; short for a guest who waits after the process died.
    /// </summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    /// <summary>Returns when the event is stored, so that it cannot be lost any more.</summary>
    public async Task Keep(string adapter, string eventId, byte[] body, DateTimeOffset at)
    {
        var isOurs = signals.Webhooks.HasRoom;
        var kept = await inbox.Keep(new NewEvent(adapter, eventId, body, at, isOurs ? at + Lease : at));
        if (isOurs && kept is not null) signals.Webhooks.Add(kept, at + Lease);
    }
}
