using System.Collections.Concurrent;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Payments;

/// <summary>
/// Counts webhooks that proved nothing, by account and day. They are counted in memory and written together, so that a
/// flood of them costs the database one row now and then; a process that dies loses what it counted last.
/// </summary>
public sealed class ForgedWebhookCounts(IForgedWebhooks kept)
{
    private readonly ConcurrentDictionary<(string Adapter, DateOnly Day), ForgedWebhooks> counted = [];

    /// <param name="adapter">The name of an account of this installation.</param>
    public void Add(string adapter, DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        counted.AddOrUpdate(
            (adapter, day), _ => new ForgedWebhooks(adapter, day, 1, at, at),
            (_, known) => known with { Count = known.Count + 1, LastAt = at });
    }

    /// <summary>Writes what was counted since the last call; returns the number of rows.</summary>
    public async Task<int> Write()
    {
        var taken = new List<ForgedWebhooks>();
        foreach (var key in counted.Keys)
        {
            if (counted.TryRemove(key, out var known)) taken.Add(known);
        }

        if (taken.Count > 0) await kept.Add(taken);
        return taken.Count;
    }
}
