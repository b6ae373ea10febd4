using System.Threading.Channels;

namespace JikoXpress.Payments;

/// <summary>
/// References that somebody unproven has spoken of. A genuine word may hide behind a signature that went wrong, so the
/// aggregator is asked a little earlier; nothing else comes of it. Whoever forges many fills a short queue, and each
/// attempt is asked about once in ten seconds at most.
/// </summary>
public sealed class EarlyQueries
{
    private const int Most = 100;

    private readonly Channel<string> waiting =
        Channel.CreateBounded<string>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Costs the same whether anybody knows the reference or not.</summary>
    public void Hint(string reference) => waiting.Writer.TryWrite(reference);

    /// <summary>The references named since the last time, each once.</summary>
    internal IReadOnlyCollection<string> Take(int limit)
    {
        var taken = new HashSet<string>();
        while (taken.Count < limit && waiting.Reader.TryRead(out var reference)) taken.Add(reference);
        return taken;
    }
}
