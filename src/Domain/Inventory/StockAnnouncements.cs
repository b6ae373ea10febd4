namespace JikoXpress.Domain.Inventory;

/// <summary>
/// The state of a kitchen's inventory grain: which items it has announced as low or sold out. The stock levels are
/// separate rows, changed by the commit of the session or adjustment that moves the items.
/// </summary>
public sealed record StockAnnouncements(Sequence<Announcement> Announced)
{
    public static StockAnnouncements Initial { get; } = new(Sequence<Announcement>.Empty);

    /// <summary>
    /// Announces each item that became low, sold out, or available again since the last announcement, once.
    /// </summary>
    public Decision<StockAnnouncements> Announce(Guid kitchenId, IEnumerable<StockLevel> levels, int lowThreshold)
    {
        var announced = Announced.ToDictionary(
            announcement => announcement.MenuId, announcement => announcement.Scarcity);
        var effects = new List<Effect>();
        foreach (var level in levels)
        {
            var before = announced.GetValueOrDefault(level.MenuId, Scarcity.Plenty);
            var now = ScarcityOf(level.Available, lowThreshold);
            if (now == before) continue;

            announced[level.MenuId] = now;
            effects.Add(new Effect.Publish(kitchenId, EventFor(level, now, lowThreshold)));
        }

        if (effects.Count == 0) return new Decision<StockAnnouncements>.Unchanged();

        var scarce = announced
            .Where(pair => pair.Value != Scarcity.Plenty)
            .OrderBy(pair => pair.Key)
            .Select(pair => new Announcement(pair.Key, pair.Value));
        return new Decision<StockAnnouncements>.Commit(
            new StockAnnouncements(scarce.ToSequence()), effects.ToSequence());
    }

    /// <summary>Whether the item is not announced as what it is now.</summary>
    public bool IsNews(StockLevel level, int lowThreshold)
    {
        var known = Scarcity.Plenty;
        foreach (var announcement in Announced)
        {
            if (announcement.MenuId == level.MenuId) known = announcement.Scarcity;
        }

        return ScarcityOf(level.Available, lowThreshold) != known;
    }

    private static Scarcity ScarcityOf(int available, int lowThreshold) =>
        available <= 0 ? Scarcity.SoldOut : available <= lowThreshold ? Scarcity.Low : Scarcity.Plenty;

    private static KitchenEvent EventFor(StockLevel level, Scarcity scarcity, int lowThreshold) => scarcity switch
    {
        Scarcity.SoldOut => new KitchenEvent.StockSoldOut(level.MenuId),
        Scarcity.Low => new KitchenEvent.StockLow(level.MenuId, level.Available, lowThreshold),
        Scarcity.Plenty => new KitchenEvent.StockBack(level.MenuId, level.Available),
    };
}

public enum Scarcity { Plenty = 1, Low, SoldOut }

public sealed record Announcement(Guid MenuId, Scarcity Scarcity);
