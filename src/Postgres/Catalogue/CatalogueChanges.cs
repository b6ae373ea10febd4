using System.Collections.Concurrent;

namespace JikoXpress.Postgres.Catalogue;

/// <summary>
/// What this host has changed in the catalogue a moment ago. It goes with the calls to other hosts, which may not have
/// heard of it from the database yet: whoever adds a dish can sell it with the next request.
/// </summary>
public sealed class CatalogueChanges
{
    private const int MostTold = 16, MostHeard = 10_000;

    /// <summary>Far longer than the database takes to tell everybody.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<(DateTimeOffset At, string Text)> made = [];
    private readonly ConcurrentDictionary<string, bool> heard = new();
    private readonly CatalogueMemory memory;
    private readonly TimeProvider clock;

    internal CatalogueChanges(CatalogueMemory memory, TimeProvider clock) =>
        (this.memory, this.clock) = (memory, clock);

    /// <summary>What to tell; null where nothing has changed lately.</summary>
    public string? ToTell()
    {
        if (made.IsEmpty) return null;
        var since = clock.GetUtcNow() - Recent;
        while (made.TryPeek(out var oldest) && (oldest.At < since || made.Count > MostTold)) made.TryDequeue(out _);
        return made.IsEmpty ? null : string.Join(' ', made.Select(change => change.Text));
    }

    /// <summary>What another host told: each change is heard once.</summary>
    public void Hear(string told)
    {
        if (heard.Count > MostHeard) heard.Clear();
        foreach (var change in told.Split(' '))
        {
            if (heard.TryAdd(change, true) && Guid.TryParse(change.Split('/')[0], out var kitchenId))
                memory.Forget(kitchenId);
        }
    }

    internal void Made(Guid kitchenId)
    {
        var change = $"{kitchenId:N}/{Guid.NewGuid():N}";
        heard.TryAdd(change, true);
        made.Enqueue((clock.GetUtcNow(), change));
    }
}
