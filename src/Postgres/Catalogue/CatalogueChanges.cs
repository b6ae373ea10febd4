using System.Collections.Concurrent;

namespace JikoXpress.Postgres.Catalogue;

/// <summary>
/// The recent catalogue changes of this process. They are sent along with calls to other processes, which may not have
/// the database's notification yet, so that a dish that was added can be sold with the next request.
/// </summary>
public sealed class CatalogueChanges
{
    private const int MostTold = 16, MostHeard = 10_000;

    /// <summary>Far longer than a notification from the database takes.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<(DateTimeOffset At, string Text)> made = [];
    private readonly ConcurrentDictionary<string, bool> heard = new();
    private readonly CatalogueMemory memory;
    private readonly TimeProvider clock;

    internal CatalogueChanges(CatalogueMemory memory, TimeProvider clock) =>
        (this.memory, this.clock) = (memory, clock);

    /// <summary>The recent changes to send; null if there are none.</summary>
    public string? ToTell()
    {
        if (made.IsEmpty) return null;
        var since = clock.GetUtcNow() - Recent;
        while (made.TryPeek(out var oldest) && (oldest.At < since || made.Count > MostTold)) made.TryDequeue(out _);
        return made.IsEmpty ? null : string.Join(' ', made.Select(change => change.Text));
    }

    /// <summary>Applies the changes that another process sent, each only once.</summary>
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
