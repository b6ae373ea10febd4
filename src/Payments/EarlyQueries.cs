using System.Threading.Channels;

namespace JikoXpress.Payments;

/// <summary>
/// References from webhooks that could not be verified. Such a webhook may be real with a broken signature, so the
/// aggregator is queried a little earlier; it has no other effect. Forged webhooks do little harm: they only fill a
/// short queue, and each attempt is queried at most once in ten seconds.
/// </summary>
public sealed class EarlyQueries
{
    private const int Most = 100;

    private readonly Channel<string> waiting =
        Channel.CreateBounded<string>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Takes the same time whether the reference exists or not.</summary>
    public void Hint(string reference) => waiting.Writer.TryWrite(reference);

    /// <summary>The references added since the last call, each once.</summary>
    internal IReadOnlyCollection<string> Take(int limit)
    {
        var taken = new HashSet<string>();
        while (taken.Count < limit && waiting.Reader.TryRead(out var reference)) taken.Add(reference);
        return taken;
    }
}
