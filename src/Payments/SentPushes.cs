using JikoXpress.Grains.Ports;

namespace JikoXpress.Payments;

/// <summary>
/// The pushes that this process has sent last. A webhook about one of them needs no query for its attempt, which is a
/// statement less for most payments by phone. Each is given out once: whatever is told of it later is looked up, since
/// by then another process may know more.
/// </summary>
internal sealed class SentPushes
{
    /// <summary>Some minutes' pushes of a large host, 3 MB; older ones are looked up.</summary>
    public const int Most = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, AttemptWork> sent = [];
    private readonly Queue<string> inOrder = [];

    public void Add(AttemptWork attempt)
    {
        lock (gate)
        {
            if (!sent.TryAdd(attempt.Reference, attempt)) return;
            inOrder.Enqueue(attempt.Reference);
            if (inOrder.Count > Most) sent.Remove(inOrder.Dequeue());
        }
    }

    /// <summary>Adds the aggregator's own id, if it has told one and the push was not given out yet.</summary>
    public void Learn(string reference, string? providerReference)
    {
        if (providerReference is null) return;
        lock (gate)
        {
            if (sent.TryGetValue(reference, out var attempt))
                sent[reference] = attempt with { ProviderReference = attempt.ProviderReference ?? providerReference };
        }
    }

    /// <summary>Null where it was given out, or was not sent by this process, or too many were sent since.</summary>
    public AttemptWork? Take(string reference)
    {
        lock (gate) return sent.Remove(reference, out var attempt) ? attempt : null;
    }
}
